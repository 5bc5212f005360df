#pragma once

#include "ui/look/severity.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

class QApplication;

namespace countermand {

enum class ThemeChoice { Auto, Light, Dark };

/// Colors of buying and selling, in this order. Words and arrows stay in all of them.
enum class SideColors { BlueOrange, GreenRed, RedGreen };

/// How the program looks, as far as colors go.
struct Look {
    ThemeChoice theme = ThemeChoice::Auto;
    SideColors sides = SideColors::BlueOrange;
    /// Colors that differ by 7 to 1 and more, no tints, borders of 2 px, words in the State column. Where the system
    /// is in high contrast its own palette goes before `theme`.
    bool highContrast = false;

    friend bool operator==(const Look &, const Look &) = default;
};

/// The colors, light or dark. A plain table: pure, no state.
struct Theme {
    bool dark = false;
    bool highContrast = false;
    QColor window, table, alternate, raised;
    QColor selection, hover, flash;
    QColor text, text2;
    /// Text on `selection`, `text` but in high contrast.
    QColor selectedText;
    QColor buy, sell;
    QColor dangerFill, dangerText;
    QColor outline, focus, link;
    /// Around the button that cancels.
    QColor dangerEdge;
    QColor practice, practiceText;

    /// Foreground and tint of a severity (Progress uses neutral).
    QColor ink(Severity severity) const;
    QColor tint(Severity severity) const;
    /// Badge color 0 to 7, for white text.
    QColor swatch(int index) const;
    static QString swatchName(int index);

    /// All roles and groups set, Disabled and PlaceholderText too.
    QPalette palette() const;
    /// Style sheet for what a palette can't say (buttons' outline, focus ring, menu and tooltip padding …).
    QString styleSheet() const;
};

const Theme &lightTheme();
const Theme &darkTheme();
/// High contrast in black and white.
Theme highContrastTheme(bool dark);
/// High contrast made of the roles of the system's palette and nothing else; where its selection can't be read well,
/// text and ground change places instead.
Theme highContrastTheme(const QPalette &systemPalette);
/// The system is in high contrast: one ground for everything, and text far from it.
bool isHighContrast(const QPalette &systemPalette);
/// How far two opaque colors are apart, 1 to 21. Source: WCAG 2, contrast ratio.
double contrastRatio(const QColor &a, const QColor &b);
/// `theme` with other colors of buying and selling; as it is in high contrast.
Theme withSides(Theme theme, SideColors sides);
/// The theme a palette belongs to: by the lightness of its window color (below 128 is dark), as applyLook() has set
/// it.
const Theme &themeOf(const QPalette &palette);

/// Puts Fusion, palette and style sheet on the whole program. Auto follows the system's own palette as given.
void applyLook(QApplication &application, const Look &look, const QPalette &systemPalette);
/// The system's palette as it is now, whatever applyLook() has put over it.
QPalette systemPaletteNow();

} // namespace countermand

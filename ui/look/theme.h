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
    /// The system's own palette alone, no tints, borders of 2 px, words in the State column. Goes before `theme`.
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
/// High contrast: made of the roles of the system's palette and nothing else.
Theme highContrastTheme(const QPalette &systemPalette);
/// `theme` with other colors of buying and selling; as it is in high contrast.
Theme withSides(Theme theme, SideColors sides);
/// The theme a palette belongs to: by the lightness of its window color (below 128 is dark), as applyLook() has set
/// it.
const Theme &themeOf(const QPalette &palette);

/// Puts Fusion, palette and style sheet on the whole program. Auto follows the system's own palette as given.
void applyLook(QApplication &application, const Look &look, const QPalette &systemPalette);
inline void applyTheme(QApplication &application, ThemeChoice choice, const QPalette &systemPalette)
{
    applyLook(application, {.theme = choice}, systemPalette);
}
/// The system's palette as it is now, whatever applyLook() has put over it.
QPalette systemPaletteNow();

/// `base`, or the system's fixed font at the same size where the digits of `base` are not equally wide.
QFont tabularFont(const QFont &base);

} // namespace countermand

#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

class QApplication;

namespace countermand {

enum class ThemeChoice { Auto, Light, Dark };

/// How much an announcement matters; each has a color pair, an icon and a time on screen (ux-design §5.4).
enum class Severity { Neutral, Success, Warning, Error, Unknown, Progress };

/// The colors of ux-design §11, light or dark. A plain table: pure, no state.
struct Theme {
    bool dark = false;
    QColor window, table, alternate, raised;
    QColor selection, hover, flash;
    QColor text, text2;
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
/// The theme a palette belongs to: by the lightness of its window color (below 128 is dark).
const Theme &themeOf(const QPalette &palette);

/// Puts Fusion, palette and style sheet on the whole program. Auto follows the system's own palette as given.
void applyTheme(QApplication &application, ThemeChoice choice, const QPalette &systemPalette);

/// `base`, or the system's fixed font at the same size where the digits of `base` are not equally wide.
QFont tabularFont(const QFont &base);

} // namespace countermand

#include "ui/look/theme.h"

#include "ui/look/newerqt.h"

#include <QApplication>
#include <QFile>
#include <QStyleFactory>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct SeverityColors {
    QRgb ink;
    QRgb tint;
};

// Order of Severity: neutral, success, warning, error, unknown, progress.
constexpr std::array<SeverityColors, 6> lightSeverities{{{0xff475563, 0xffeef2f5},
                                                         {0xff00665a, 0xffe3f4f1},
                                                         {0xff7f5200, 0xfffbf0d9},
                                                         {0xffb3261e, 0xfffbe6e4},
                                                         {0xff6a3aa2, 0xfff0e8fa},
                                                         {0xff475563, 0xffeef2f5}}};
constexpr std::array<SeverityColors, 6> darkSeverities{{{0xffaab6c2, 0xff26323e},
                                                        {0xff4fd6c4, 0xff123833},
                                                        {0xfff2c14e, 0xff3b2f12},
                                                        {0xffff8a80, 0xff47201d},
                                                        {0xffc9a6ff, 0xff33264a},
                                                        {0xffaab6c2, 0xff26323e}}};

struct Swatch {
    QRgb color;
    QLatin1StringView name;
};

constexpr std::array<Swatch, 8> swatches{{{0xff44546a, "slate"_L1},
                                          {0xff0b4f8a, "blue"_L1},
                                          {0xff00605a, "teal"_L1},
                                          {0xff5b5a00, "olive"_L1},
                                          {0xff7a4300, "brown"_L1},
                                          {0xff8e1b32, "crimson"_L1},
                                          {0xff5b3494, "violet"_L1},
                                          {0xff1b1f24, "black"_L1}}};

size_t swatchIndex(int index)
{
    return index >= 0 && index < int(swatches.size()) ? size_t(index) : 0;
}

Theme makeLight()
{
    Theme theme;
    theme.dark = false;
    theme.window = QColor(0xf3f5f7);
    theme.table = QColor(0xffffff);
    theme.alternate = QColor(0xf6f8fa);
    theme.raised = QColor(0xffffff);
    theme.selection = QColor(0xd3e5fb);
    theme.hover = QColor(0xeaf1f8);
    theme.flash = QColor(0xfff3c4);
    theme.text = QColor(0x16202a);
    theme.text2 = QColor(0x475563);
    theme.selectedText = theme.text;
    theme.buy = QColor(0x0067b8);
    theme.sell = QColor(0xa84300);
    theme.dangerFill = QColor(0xb3261e);
    theme.dangerText = QColor(0xffffff);
    theme.dangerEdge = theme.dangerFill;
    theme.outline = QColor(0x6e7c8a);
    theme.focus = QColor(0x0a58bd);
    theme.link = QColor(0x0a58bd);
    theme.practice = QColor(0xffd84d);
    theme.practiceText = QColor(0x16202a);
    return theme;
}

Theme makeDark()
{
    Theme theme;
    theme.dark = true;
    theme.window = QColor(0x11171e);
    theme.table = QColor(0x161d25);
    theme.alternate = QColor(0x1a222b);
    theme.raised = QColor(0x212b36);
    theme.selection = QColor(0x1e4266);
    theme.hover = QColor(0x222d39);
    theme.flash = QColor(0x4a3f12);
    theme.text = QColor(0xe9eef3);
    theme.text2 = QColor(0xaab6c2);
    theme.selectedText = theme.text;
    theme.buy = QColor(0x63b3ff);
    theme.sell = QColor(0xffa552);
    theme.dangerFill = QColor(0xff8a80);
    theme.dangerText = QColor(0x2a0906);
    theme.dangerEdge = theme.dangerFill;
    theme.outline = QColor(0x7f8d9b);
    theme.focus = QColor(0x7cb8ff);
    theme.link = QColor(0x7cb8ff);
    theme.practice = QColor(0xffd84d);
    theme.practiceText = QColor(0x16202a);
    return theme;
}

/// What is `part` of the way from `from` to `to`.
QColor between(const QColor &from, const QColor &to, double part)
{
    const auto mix = [part](int a, int b) { return int(std::lround(a + (b - a) * part)); };
    return QColor(mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue()));
}

/// In high contrast even what can't be used now is read.
constexpr double leastOfDisabled = 4.5;
constexpr double leastOfSelection = 7;
constexpr double leastOfHighContrast = 12;

double luminance(const QColor &color)
{
    const auto channel = [](float value) {
        return value <= 0.04045F ? double(value) / 12.92 : std::pow((double(value) + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < 128;
}

/// What applyLook() has put on the program, light and dark. Painting asks for it by palette, thousands of times.
struct Themes {
    Theme light = makeLight();
    Theme dark = makeDark();
};

Themes &applied()
{
    static Themes themes;
    return themes;
}

} // namespace

double contrastRatio(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

bool isHighContrast(const QPalette &systemPalette)
{
    const auto role = [&systemPalette](QPalette::ColorRole of) { return systemPalette.color(QPalette::Active, of); };
    return role(QPalette::Window) == role(QPalette::Base) &&
           contrastRatio(role(QPalette::WindowText), role(QPalette::Window)) >= leastOfHighContrast;
}

QColor Theme::ink(Severity severity) const
{
    if (highContrast)
        return text;
    return QColor::fromRgb((dark ? darkSeverities : lightSeverities)[size_t(severity)].ink);
}

QColor Theme::tint(Severity severity) const
{
    if (highContrast)
        return window;
    return QColor::fromRgb((dark ? darkSeverities : lightSeverities)[size_t(severity)].tint);
}

QColor Theme::swatch(int index) const
{
    return QColor::fromRgb(swatches[swatchIndex(index)].color);
}

QString Theme::swatchName(int index)
{
    return swatches[swatchIndex(index)].name;
}

QPalette Theme::palette() const
{
    QPalette palette;
    QColor faded = between(text2, window, 0.35);
    if (highContrast && contrastRatio(faded, window) < leastOfDisabled)
        faded = text2;

    const auto everywhere = [&palette](QPalette::ColorRole role, const QColor &color) {
        palette.setColor(QPalette::All, role, color);
    };
    everywhere(QPalette::Window, window);
    everywhere(QPalette::WindowText, text);
    everywhere(QPalette::Base, table);
    everywhere(QPalette::AlternateBase, alternate);
    everywhere(QPalette::Text, text);
    everywhere(QPalette::Button, raised);
    everywhere(QPalette::ButtonText, text);
    everywhere(QPalette::BrightText, dangerText);
    everywhere(QPalette::ToolTipBase, raised);
    everywhere(QPalette::ToolTipText, text);
    everywhere(QPalette::PlaceholderText, text2);
    everywhere(QPalette::Highlight, selection);
    everywhere(QPalette::HighlightedText, selectedText);
    setAccent(palette, selection);
    everywhere(QPalette::Link, link);
    everywhere(QPalette::LinkVisited, link);
    everywhere(QPalette::Light, between(raised, QColor(Qt::white), dark ? 0.12 : 1.0));
    everywhere(QPalette::Midlight, between(raised, outline, 0.15));
    everywhere(QPalette::Mid, between(window, outline, 0.45));
    everywhere(QPalette::Dark, outline);
    everywhere(QPalette::Shadow, between(window, QColor(Qt::black), 0.6));

    palette.setColor(QPalette::Disabled, QPalette::WindowText, faded);
    palette.setColor(QPalette::Disabled, QPalette::Text, faded);
    palette.setColor(QPalette::Disabled, QPalette::ButtonText, faded);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, faded);
    palette.setColor(QPalette::Disabled, QPalette::PlaceholderText, faded);
    palette.setColor(QPalette::Disabled, QPalette::Link, faded);
    palette.setColor(QPalette::Disabled, QPalette::Base, window);
    palette.setColor(QPalette::Disabled, QPalette::Button, window);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, between(selection, window, 0.5));
    return palette;
}

namespace {

/// resources/style.qss.
QString sheetWithNames()
{
    QFile file(u":/style.qss"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

QString Theme::styleSheet() const
{
    const QColor pressed = between(hover, outline, 0.25);
    const QColor dangerHover = between(dangerFill, dark ? QColor(Qt::white) : QColor(Qt::black), 0.12);
    const QColor dangerPressed = between(dangerFill, dark ? QColor(Qt::white) : QColor(Qt::black), 0.24);
    const QColor faded = palette().color(QPalette::Disabled, QPalette::ButtonText);
    const QColor fadedOutline = between(outline, window, 0.5);

    QString sheet = sheetWithNames();
    // The ring takes its pixel from the padding here too.
    if (!highContrast)
        sheet.truncate(sheet.indexOf("/* From here on"_L1));
    else
        sheet.replace("2px solid @focus"_L1, "3px solid @focus"_L1);

    const std::pair<QLatin1StringView, QColor> names[] = {
        {"@raised"_L1, raised},
        {"@text"_L1, text},
        {"@outline"_L1, outline},
        {"@hover"_L1, hover},
        {"@pressed"_L1, pressed},
        {"@focus"_L1, focus},
        {"@faded"_L1, faded},
        {"@rim"_L1, fadedOutline},
        {"@window"_L1, window},
        {"@table"_L1, table},
        {"@selection"_L1, selection},
        {"@onSelection"_L1, selectedText},
        {"@error"_L1, ink(Severity::Error)},
        {"@dangerFill"_L1, dangerFill},
        {"@dangerText"_L1, dangerText},
        {"@dangerEdge"_L1, dangerEdge},
        {"@dangerHover"_L1, dangerHover},
        {"@dangerPressed"_L1, dangerPressed},
    };
    for (const auto &[name, color] : names)
        sheet.replace(name, color.name());
    if (highContrast)
        sheet.replace("1px solid"_L1, "2px solid"_L1);
    return sheet.replace("@tick"_L1, dark ? "11171e"_L1 : "ffffff"_L1)
        .replace("@arrow"_L1, dark ? "ffffff"_L1 : "11171e"_L1);
}

const Theme &lightTheme()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

Theme highContrastTheme(bool dark)
{
    Theme theme;
    theme.highContrast = true;
    theme.dark = dark;
    theme.window = theme.table = theme.alternate = theme.raised = dark ? QColor(Qt::black) : QColor(Qt::white);
    theme.text = theme.text2 = theme.buy = theme.sell = dark ? QColor(Qt::white) : QColor(Qt::black);
    theme.selection = QColor(dark ? 0x0050b0 : 0x8cc4ff);
    theme.selectedText = theme.text;
    theme.hover = QColor(dark ? 0x303030 : 0xe0e0e0);
    theme.flash = QColor(dark ? 0x4a3f12 : 0xfff3c4);
    theme.outline = theme.dangerEdge = theme.text;
    theme.dangerFill = QColor(0x8b0000);
    theme.dangerText = QColor(0xffffff);
    theme.focus = QColor(dark ? 0xffff00 : 0x0000d0);
    theme.link = QColor(dark ? 0x9fd2ff : 0x0000d0);
    theme.practice = theme.window;
    theme.practiceText = theme.text;
    return theme;
}

Theme highContrastTheme(const QPalette &systemPalette)
{
    const auto role = [&systemPalette](QPalette::ColorRole of) { return systemPalette.color(QPalette::Active, of); };
    Theme theme;
    theme.highContrast = true;
    theme.dark = isDark(systemPalette);
    theme.window = theme.raised = role(QPalette::Window);
    theme.table = theme.alternate = theme.hover = theme.flash = role(QPalette::Base);
    theme.text = theme.text2 = theme.buy = theme.sell = role(QPalette::WindowText);
    theme.selection = role(QPalette::Highlight);
    theme.selectedText = role(QPalette::HighlightedText);
    if (contrastRatio(theme.selection, theme.selectedText) < leastOfSelection) {
        theme.selection = theme.text;
        theme.selectedText = theme.table;
    }
    theme.dangerFill = theme.window;
    theme.dangerText = theme.text;
    theme.outline = theme.dangerEdge = theme.text;
    // A ring in a color too near to the ground, or to the border that it takes the place of, would not be seen.
    const QColor link = role(QPalette::Link);
    theme.link = contrastRatio(link, theme.window) >= leastOfSelection ? link : theme.text;
    theme.focus = theme.link != theme.text ? theme.link : between(theme.text, theme.window, 0.35);
    theme.practice = theme.window;
    theme.practiceText = theme.text;
    return theme;
}

Theme withSides(Theme theme, SideColors sides)
{
    if (theme.highContrast)
        return theme;
    const QColor green(theme.dark ? 0x4cd38a : 0x0a6b39);
    const QColor red(theme.dark ? 0xff8a80 : 0xb81f2a);
    switch (sides) {
    case SideColors::BlueOrange:
        break;
    case SideColors::GreenRed:
        theme.buy = green;
        theme.sell = red;
        break;
    case SideColors::RedGreen:
        theme.buy = red;
        theme.sell = green;
        break;
    }
    return theme;
}

const Theme &themeOf(const QPalette &palette)
{
    return isDark(palette) ? applied().dark : applied().light;
}

QPalette systemPaletteNow()
{
    const QPalette own = QApplication::palette();
    QApplication::setPalette(QPalette());
    const QPalette system = QApplication::palette();
    QApplication::setPalette(own);
    return system;
}

void applyLook(QApplication &application, const Look &look, const QPalette &systemPalette)
{
    if (!look.highContrast)
        applied() = {withSides(lightTheme(), look.sides), withSides(darkTheme(), look.sides)};
    else if (isHighContrast(systemPalette))
        applied() = {highContrastTheme(systemPalette), highContrastTheme(systemPalette)};
    else
        applied() = {highContrastTheme(false), highContrastTheme(true)};
    const Theme *theme = nullptr;
    switch (look.theme) {
    case ThemeChoice::Auto:
        theme = &themeOf(systemPalette);
        break;
    case ThemeChoice::Light:
        theme = &applied().light;
        break;
    case ThemeChoice::Dark:
        theme = &applied().dark;
        break;
    }
    if (!theme)
        return;
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(theme->palette());
    QToolTip::setPalette(theme->palette());
    application.setStyleSheet(theme->styleSheet());
}

} // namespace countermand

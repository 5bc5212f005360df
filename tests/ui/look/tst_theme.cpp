#include "tests/support/waiting.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QFontMetricsF>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2 contrast ratio.
double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

constexpr Severity severities[] = {Severity::Neutral, Severity::Success, Severity::Warning,
                                   Severity::Error,   Severity::Unknown, Severity::Progress};

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void contrasts_data();
    void contrasts();
    void swatches();
    void palettes_data() { contrasts_data(); }
    void palettes();
    void themeByLightness();
    void applied();
    void sideColors_data() { contrasts_data(); }
    void sideColors();
    void highContrastTakesTheSystemsColors();
    void highContrastFollowsTheTheme();
    void highContrastIsHigh_data();
    void highContrastIsHigh();
    void everyControlHasABorder();
    void pagesHaveTheWindowsGround();
    void systemPaletteComesBack();
    void styleSheetIsComplete_data() { contrasts_data(); }
    void styleSheetIsComplete();
    void icons();
    void iconsAtEveryScale_data();
    void iconsAtEveryScale();
    void applicationIcons();
};

void TestTheme::contrasts_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestTheme::contrasts()
{
    QFETCH(const bool, dark);
    const Theme &theme = dark ? darkTheme() : lightTheme();
    const QList<QColor> still{theme.window, theme.table, theme.alternate, theme.raised};
    QList<QColor> surfaces = still;
    surfaces << theme.selection << theme.hover;
    const QList<QColor> all = surfaces + QList<QColor>{theme.flash};

    const auto atLeast = [](const char *what, const QColor &ink, const QList<QColor> &grounds, double ratio) {
        for (const QColor &ground : grounds) {
            const double seen = contrast(ink, ground);
            if (seen < ratio - 0.005) {
                QTest::qFail(qPrintable(u"%1 %2 on %3: %4"_s.arg(QString::fromLatin1(what), ink.name(), ground.name(),
                                                                 QString::number(seen))),
                             __FILE__, __LINE__);
            }
        }
    };
    atLeast("text", theme.text, all, dark ? 8.8 : 12.8);
    atLeast("text 2", theme.text2, surfaces, dark ? 5.0 : 5.9);
    atLeast("buy", theme.buy, all, 4.5);
    atLeast("sell", theme.sell, all, 4.5);
    atLeast("outline", theme.outline, still, 3.0);
    atLeast("focus", theme.focus, still, 4.5);
    atLeast("link", theme.link, still, 4.5);
    atLeast("danger", theme.dangerText, {theme.dangerFill}, 6.5);
    atLeast("practice", theme.practiceText, {theme.practice}, 11.8);
    for (const Severity severity : severities) {
        atLeast("severity", theme.ink(severity), {theme.tint(severity)}, 4.5);
        atLeast("severity", theme.ink(severity), still, 4.5);
        atLeast("text on tint", theme.text, {theme.tint(severity)}, 4.5);
        atLeast("text 2 on tint", theme.text2, {theme.tint(severity)}, 4.5);
    }
}

void TestTheme::sideColors()
{
    QFETCH(const bool, dark);
    const Theme &standard = dark ? darkTheme() : lightTheme();
    QCOMPARE(withSides(standard, SideColors::BlueOrange).buy, standard.buy);
    const Theme green = withSides(standard, SideColors::GreenRed);
    const Theme red = withSides(standard, SideColors::RedGreen);
    QCOMPARE(green.buy, red.sell);
    QCOMPARE(green.sell, red.buy);
    QVERIFY(green.buy.green() > green.buy.red());
    QVERIFY(green.sell.red() > green.sell.green());
    for (const QColor &ground :
         {green.window, green.table, green.alternate, green.raised, green.selection, green.hover, green.flash}) {
        QVERIFY2(contrast(green.buy, ground) >= 4.4, qPrintable(ground.name()));
        QVERIFY2(contrast(green.sell, ground) >= 4.4, qPrintable(ground.name()));
    }

    applyLook(*qApp, {.theme = dark ? ThemeChoice::Dark : ThemeChoice::Light, .sides = SideColors::GreenRed},
              qApp->palette());
    QCOMPARE(themeOf(qApp->palette()).buy, green.buy);
    applyLook(*qApp, {.theme = ThemeChoice::Light}, qApp->palette());
    QCOMPARE(themeOf(qApp->palette()).buy, lightTheme().buy);
}

void TestTheme::highContrastTakesTheSystemsColors()
{
    QPalette system(Qt::black, Qt::black);
    system.setColor(QPalette::Window, Qt::black);
    system.setColor(QPalette::WindowText, Qt::yellow);
    system.setColor(QPalette::Base, Qt::black);
    system.setColor(QPalette::Highlight, Qt::cyan);
    system.setColor(QPalette::HighlightedText, Qt::black);
    system.setColor(QPalette::Link, Qt::white);
    applyLook(*qApp, {.theme = ThemeChoice::Light, .highContrast = true}, system);
    const Theme theme = themeOf(qApp->palette());
    QVERIFY(theme.highContrast);
    for (const QColor &ink : {theme.text, theme.text2, theme.buy, theme.sell, theme.outline, theme.dangerEdge})
        QCOMPARE(ink, QColor(Qt::yellow));
    for (const Severity severity : severities) {
        QCOMPARE(theme.ink(severity), QColor(Qt::yellow));
        QCOMPARE(theme.tint(severity), QColor(Qt::black));
    }
    QCOMPARE(theme.selection, QColor(Qt::cyan));
    QCOMPARE(theme.selectedText, QColor(Qt::black));
    QCOMPARE(qApp->palette().color(QPalette::HighlightedText), QColor(Qt::black));
    QCOMPARE(withSides(theme, SideColors::GreenRed).buy, QColor(Qt::yellow));

    // 6.9 to 1 is not enough: then text and ground change places.
    system.setColor(QPalette::HighlightedText, Qt::blue);
    applyLook(*qApp, {.theme = ThemeChoice::Light, .highContrast = true}, system);
    QCOMPARE(themeOf(qApp->palette()).selection, QColor(Qt::yellow));
    QCOMPARE(themeOf(qApp->palette()).selectedText, QColor(Qt::black));
    applyLook(*qApp, {.theme = ThemeChoice::Light}, system);
    QVERIFY(!themeOf(qApp->palette()).highContrast);
}

void TestTheme::highContrastFollowsTheTheme()
{
    for (const bool dark : {false, true}) {
        applyLook(*qApp, {.theme = dark ? ThemeChoice::Dark : ThemeChoice::Light, .highContrast = true},
                  lightTheme().palette());
        const Theme theme = themeOf(qApp->palette());
        QVERIFY(theme.highContrast);
        QCOMPARE(theme.dark, dark);
    }
    QVERIFY(!isHighContrast(lightTheme().palette()));
    QVERIFY(!isHighContrast(darkTheme().palette()));
    // Fusion's own palette: black on a gray that its fields don't share.
    QVERIFY(!isHighContrast(QPalette(QColor(0xefefef))));
    applyLook(*qApp, {.theme = ThemeChoice::Light}, lightTheme().palette());
}

void TestTheme::highContrastIsHigh_data()
{
    QTest::addColumn<Theme>("theme");
    QTest::newRow("light") << highContrastTheme(false);
    QTest::newRow("dark") << highContrastTheme(true);
    const auto system = [](const QColor &ground, const QColor &text, const QColor &selection, const QColor &onIt) {
        QPalette palette(ground, ground);
        palette.setColor(QPalette::Window, ground);
        palette.setColor(QPalette::Base, ground);
        palette.setColor(QPalette::WindowText, text);
        palette.setColor(QPalette::Highlight, selection);
        palette.setColor(QPalette::HighlightedText, onIt);
        return highContrastTheme(palette);
    };
    QTest::newRow("system, black") << system(Qt::black, Qt::white, QColor(0x1aebff), Qt::black);
    QTest::newRow("system, white") << system(Qt::white, Qt::black, QColor(0x37006e), Qt::white);
    QTest::newRow("system, weak selection") << system(Qt::white, Qt::black, QColor(0x308cc6), Qt::white);
}

void TestTheme::highContrastIsHigh()
{
    QFETCH(const Theme, theme);
    const QPalette palette = theme.palette();
    int pairs = 0;
    double least = 21;
    const auto atLeast = [&](const char *what, const QColor &ink, const QList<QColor> &grounds, double ratio) {
        for (const QColor &ground : grounds) {
            ++pairs;
            const double seen = contrast(ink, ground);
            qInfo("%-12s %s on %s: %5.2f (%.1f)", what, qPrintable(ink.name()), qPrintable(ground.name()), seen,
                  ratio);
            least = std::min(least, seen);
            QVERIFY2(seen >= ratio, what);
        }
    };
    const QList<QColor> still{theme.window, theme.table, theme.alternate, theme.raised};
    const QList<QColor> surfaces = still + QList<QColor>{theme.hover, theme.flash};
    atLeast("text", theme.text, surfaces, 7);
    atLeast("text 2", theme.text2, surfaces, 7);
    atLeast("selected", theme.selectedText, {theme.selection}, 7);
    atLeast("buy", theme.buy, surfaces, 7);
    atLeast("sell", theme.sell, surfaces, 7);
    for (const Severity severity : severities)
        atLeast("severity", theme.ink(severity), still + QList<QColor>{theme.tint(severity)}, 7);
    atLeast("danger", theme.dangerText, {theme.dangerFill}, 7);
    atLeast("outline", theme.outline, still, 7);
    atLeast("link", theme.link, still, 7);
    atLeast("focus", theme.focus, still, 4.5);
    atLeast("practice", theme.practiceText, {theme.practice}, 7);
    using enum QPalette::ColorRole;
    for (const auto &[ink, ground] : {std::pair(WindowText, Window), {Text, Base}, {ButtonText, Button}})
        atLeast("disabled", palette.color(QPalette::Disabled, ink), {palette.color(QPalette::Disabled, ground)}, 4.5);
    qInfo("%d pairs, the least %.2f", pairs, least);

    // Every control has a border of 2 px in the color of its text, the button that cancels too.
    const QString sheet = theme.styleSheet();
    QVERIFY(sheet.contains(u"2px solid "_s + theme.text.name()));
    QVERIFY(!sheet.contains(u"1px solid"_s));
    QCOMPARE(theme.dangerEdge, theme.text);
    QVERIFY(theme.dangerFill != theme.dangerEdge);
    QVERIFY(theme.focus != theme.outline);
}

void TestTheme::everyControlHasABorder()
{
    const QPalette before = qApp->palette();
    for (const bool dark : {false, true}) {
        applyLook(*qApp, {.theme = dark ? ThemeChoice::Dark : ThemeChoice::Light, .highContrast = true},
                  lightTheme().palette());
        const QString ink = highContrastTheme(dark).text.name();
        QPushButton button(u"Keep order"_s);
        QPushButton danger(u"Cancel order"_s);
        danger.setProperty("danger", true);
        QLineEdit edit;
        QComboBox combo;
        combo.addItem(u"Blue and orange"_s);
        for (QWidget *control : QList<QWidget *>{&button, &danger, &edit, &combo}) {
            control->resize(control->sizeHint());
            const QImage image = control->grab().toImage();
            for (const int y : {0, 1, image.height() - 1}) {
                const QString seen = image.pixelColor(image.width() / 3, y).name();
                QVERIFY2(seen == ink, qPrintable(u"%1 at %2: %3 for %4"_s
                                                     .arg(QLatin1StringView(control->metaObject()->className()))
                                                     .arg(y)
                                                     .arg(seen, ink)));
            }
        }
    }
    applyLook(*qApp, {.theme = ThemeChoice::Light}, before);
}

void TestTheme::pagesHaveTheWindowsGround()
{
    for (const bool dark : {false, true}) {
        applyLook(*qApp, {.theme = dark ? ThemeChoice::Dark : ThemeChoice::Light}, lightTheme().palette());
        QTabWidget pages;
        pages.addTab(new QWidget, u"General"_s);
        pages.resize(300, 200);
        pages.show();
        QVERIFY(waitForExposed(&pages));
        const QImage image = pages.grab().toImage();
        QCOMPARE(image.pixelColor(150, 120).name(), (dark ? darkTheme() : lightTheme()).window.name());
    }
    applyLook(*qApp, {.theme = ThemeChoice::Light}, lightTheme().palette());
}

void TestTheme::systemPaletteComesBack()
{
    applyLook(*qApp, {.theme = ThemeChoice::Dark}, qApp->palette());
    const QColor own = qApp->palette().color(QPalette::Window);
    QVERIFY(systemPaletteNow().color(QPalette::Window) != own);
    QCOMPARE(qApp->palette().color(QPalette::Window), own);
}

void TestTheme::swatches()
{
    QStringList names;
    for (int index = 0; index < 8; ++index) {
        QVERIFY(contrast(Qt::white, lightTheme().swatch(index)) >= 7.2);
        QCOMPARE(lightTheme().swatch(index), darkTheme().swatch(index));
        names += Theme::swatchName(index);
    }
    QCOMPARE(names, (QStringList{u"slate"_s, u"blue"_s, u"teal"_s, u"olive"_s, u"brown"_s, u"crimson"_s, u"violet"_s,
                                 u"black"_s}));
    // A broken settings file must not break the badge.
    QCOMPARE(lightTheme().swatch(-1), lightTheme().swatch(0));
    QCOMPARE(lightTheme().swatch(8), lightTheme().swatch(0));
}

void TestTheme::palettes()
{
    QFETCH(const bool, dark);
    const Theme &theme = dark ? darkTheme() : lightTheme();
    const QPalette palette = theme.palette();
    for (int role = 0; role < QPalette::NColorRoles; ++role) {
        if (role == QPalette::NoRole)
            continue;
        for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled})
            QVERIFY2(palette.isBrushSet(group, QPalette::ColorRole(role)), qPrintable(QString::number(role)));
    }
    QCOMPARE(palette.color(QPalette::Active, QPalette::Window), theme.window);
    QCOMPARE(palette.color(QPalette::Inactive, QPalette::Highlight), theme.selection);
    QCOMPARE(palette.color(QPalette::Active, QPalette::PlaceholderText), theme.text2);
    // Disabled is visibly weaker, but still legible.
    const QColor off = palette.color(QPalette::Disabled, QPalette::ButtonText);
    QVERIFY(contrast(off, theme.window) < contrast(theme.text2, theme.window));
    QVERIFY(contrast(off, theme.window) >= 2.5);
}

void TestTheme::themeByLightness()
{
    QVERIFY(!themeOf(lightTheme().palette()).dark);
    QVERIFY(themeOf(darkTheme().palette()).dark);
    QPalette palette;
    palette.setColor(QPalette::Window, QColor::fromHsl(0, 0, 127));
    QVERIFY(themeOf(palette).dark);
    palette.setColor(QPalette::Window, QColor::fromHsl(0, 0, 128));
    QVERIFY(!themeOf(palette).dark);
}

void TestTheme::applied()
{
    auto *application = qobject_cast<QApplication *>(QCoreApplication::instance());
    QVERIFY(application);
    QPushButton button(u"Keep order"_s);
    QLineEdit edit;
    for (const auto &[choice, system, dark] : {std::tuple{ThemeChoice::Dark, lightTheme().palette(), true},
                                               std::tuple{ThemeChoice::Light, darkTheme().palette(), false},
                                               std::tuple{ThemeChoice::Auto, darkTheme().palette(), true},
                                               std::tuple{ThemeChoice::Auto, lightTheme().palette(), false}}) {
        applyLook(*application, {.theme = choice}, system);
        button.ensurePolished();
        edit.ensurePolished();
        QCOMPARE(themeOf(button.palette()).dark, dark);
        QVERIFY(button.sizeHint().height() >= 28);
        QVERIFY(edit.sizeHint().height() >= 28);
        // A style sheet color on the input would have halved the placeholder's strength.
        QCOMPARE(edit.palette().color(QPalette::Active, QPalette::PlaceholderText).alpha(), 255);
    }
}

void TestTheme::styleSheetIsComplete()
{
    QFETCH(const bool, dark);
    const QString sheet = (dark ? darkTheme() : lightTheme()).styleSheet();
    QVERIFY(sheet.contains(u"QPushButton[danger=\"true\"]"_s));
    QVERIFY(!sheet.contains(u'@'));
    QCOMPARE(sheet.count(u'{'), sheet.count(u'}'));
    QVERIFY(sheet.contains(dark ? u"tick-11171e"_s : u"tick-ffffff"_s));
}

void TestTheme::icons()
{
    for (int icon = int(Icon::Ok); icon <= int(Icon::Live); ++icon) {
        const QImage image = iconPixmap(Icon(icon), QColor(0x0067b8), 16, 1).toImage();
        QVERIFY2(!image.isNull(), qPrintable(QString::number(icon)));
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor color = image.pixelColor(x, y);
                if (color.alpha() < 128)
                    continue;
                ++inked;
                // Premultiplied colors lose a little.
                QVERIFY(color.red() <= 2 && qAbs(color.green() - 0x67) <= 2 && qAbs(color.blue() - 0xb8) <= 2);
            }
        }
        QVERIFY2(inked >= 12, qPrintable(QString::number(icon)));
        const QIcon tinted = tintedIcon(Icon(icon), Qt::red, Qt::gray);
        QVERIFY(!tinted.pixmap(QSize(16, 16)).isNull());
        QVERIFY(tinted.pixmap(QSize(16, 16), QIcon::Disabled).toImage() !=
                tinted.pixmap(QSize(16, 16), QIcon::Normal).toImage());
    }
    // One shape per severity, so that color only repeats it.
    QList<int> shapes;
    for (const Severity severity : severities)
        shapes += int(severityIcon(severity));
    std::sort(shapes.begin(), shapes.end());
    QVERIFY(std::adjacent_find(shapes.cbegin(), shapes.cend()) == shapes.cend());
}

void TestTheme::iconsAtEveryScale_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<qreal>("scale");
    QTest::addColumn<int>("pixels");
    QTest::newRow("16 at 1") << 16 << 1.0 << 16;
    QTest::newRow("16 at 1.25") << 16 << 1.25 << 20;
    QTest::newRow("16 at 1.5") << 16 << 1.5 << 24;
    QTest::newRow("16 at 2") << 16 << 2.0 << 32;
    QTest::newRow("24 at 3") << 24 << 3.0 << 72;
    QTest::newRow("14 at 1") << 14 << 1.0 << 14;
}

void TestTheme::iconsAtEveryScale()
{
    QFETCH(const int, size);
    QFETCH(const qreal, scale);
    QFETCH(const int, pixels);
    const QPixmap pixmap = iconPixmap(Icon::Warn, Qt::black, size, scale);
    QCOMPARE(pixmap.width(), pixels);
    QCOMPARE(pixmap.devicePixelRatio(), scale);
}

void TestTheme::applicationIcons()
{
    QList<QSize> sizes = applicationIcon().availableSizes();
    QCOMPARE(sizes.size(), 8);
    QVERIFY(sizes.contains(QSize(16, 16)));
    QVERIFY(sizes.contains(QSize(512, 512)));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"

#include "tests/support/waiting.h"
#include "ui/account/badge.h"
#include "ui/account/practiceband.h"
#include "ui/look/accessible.h"
#include "ui/notices/bannerarea.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWindow>

#include <algorithm>
#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestBannerArea : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void names_data();
    void names();
    void oneIsShownTheOthersOpenUpwards();
    void theClickThatClosesPressesNothing();
    void wordsWithoutRoomAreInThePopup();
    void actions();
    void badge_data();
    void badge();
    void longNamesGiveWay();
    void band();
    void publishedNames();
};

void TestBannerArea::initTestCase()
{
    installAccessibleToasts();
}

void TestBannerArea::names_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("word");
    const QStringList words{u"offline"_s,   u"insecure"_s, u"key"_s,    u"refused"_s, u"notice"_s,
                            u"recovered"_s, u"partial"_s,  u"kind"_s,   u"rate"_s,    u"scan"_s,
                            u"count"_s,     u"stale"_s,    u"skipped"_s};
    for (qsizetype index = 0; index < words.size(); ++index)
        QTest::newRow(qPrintable(words[index])) << int(index) << words[index];
}

void TestBannerArea::names()
{
    QFETCH(const int, kind);
    QFETCH(const QString, word);
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *area = new BannerArea(&window);
    column->addWidget(area);
    window.show();
    area->show({{BannerKind(kind), u"This list is 94 s old."_s, Severity::Warning, {u"Refresh"_s}}});
    auto *banner = area->findChild<QWidget *>(u"banner_"_s + word);
    QVERIFY(banner && banner->isVisible());
    QCOMPARE(banner->accessibleName(), u"This list is 94 s old."_s);
    auto *action = area->findChild<QPushButton *>(u"bannerAction_"_s + word);
    QVERIFY(action && action->isVisible());
    QCOMPARE(action->accessibleName(), u"Refresh"_s);
    QAccessibleInterface *alert = QAccessible::queryAccessibleInterface(banner);
    QVERIFY(alert);
    QCOMPARE(alert->role(), QAccessible::AlertMessage);
}

void TestBannerArea::oneIsShownTheOthersOpenUpwards()
{
    QWidget window;
    window.setGeometry(100, 300, 880, 300);
    auto *column = new QVBoxLayout(&window);
    auto *area = new BannerArea(&window);
    column->addWidget(area);
    window.show();
    QVERIFY(waitForExposed(&window));
    const BannerContent offline{BannerKind::Offline, u"offline"_s, Severity::Error};
    // Told in any order, and the last one as the most severe.
    QList<BannerContent> banners{{BannerKind::Stale, u"stale"_s, Severity::Error},
                                 {BannerKind::Recovered, u"recovered"_s, Severity::Unknown},
                                 {BannerKind::Partial, u"partial"_s}};
    area->show(banners + QList<BannerContent>{offline});
    const auto banner = [&](const QString &word) { return area->findChild<QWidget *>(u"banner_"_s + word); };
    const auto shown = [&](const QString &word) { return banner(word)->isVisible(); };
    auto *more = area->findChild<QPushButton *>(u"infoMoreButton"_s);
    QVERIFY(shown(u"offline"_s));
    QVERIFY(!shown(u"recovered"_s));
    QCOMPARE(more->text(), u"+3"_s);
    QCOMPARE(more->accessibleName(), u"3 more notices"_s);
    QCoreApplication::processEvents();
    QCOMPARE(area->height(), 36);

    QTest::mouseClick(more, Qt::LeftButton);
    QTRY_VERIFY(shown(u"stale"_s));
    const auto top = [&](const QString &word) { return banner(word)->mapToGlobal(QPoint(0, 0)).y(); };
    QVERIFY(top(u"recovered"_s) < top(u"partial"_s));
    QVERIFY(top(u"partial"_s) < top(u"stale"_s));
    QVERIFY(top(u"stale"_s) + banner(u"stale"_s)->height() <= area->mapToGlobal(QPoint(0, 0)).y());
    QVERIFY(shown(u"offline"_s));
    // Whichever leaves, the popup stays for the others.
    const auto *stays = banner(u"recovered"_s);
    area->show(banners);
    QCOMPARE(banner(u"recovered"_s), stays);
    QVERIFY(shown(u"recovered"_s));
    QVERIFY(shown(u"stale"_s));
    QCOMPARE(more->text(), u"+2"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!banner(u"offline"_s));
    QCOMPARE(banner(u"recovered"_s)->parentWidget(), area);
    area->show({banners.at(1)});
    QVERIFY(!more->isVisible());
    QVERIFY(!QApplication::activePopupWidget());
    area->show(QList<BannerContent>());
    QVERIFY(!area->isVisible());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!banner(u"recovered"_s));
}

void TestBannerArea::theClickThatClosesPressesNothing()
{
    QWidget window;
    window.setGeometry(100, 300, 880, 300);
    auto *column = new QVBoxLayout(&window);
    auto *area = new BannerArea(&window);
    auto *button = new QPushButton(u"Cancel order"_s, &window);
    column->addWidget(area);
    column->addWidget(button);
    window.show();
    QVERIFY(waitForExposed(&window));
    area->show({{BannerKind::Offline, u"offline"_s}, {BannerKind::Stale, u"stale"_s}});
    QTest::mouseClick(area->findChild<QPushButton *>(u"infoMoreButton"_s), Qt::LeftButton);
    QTRY_VERIFY(QApplication::activePopupWidget());
    // One is no higher than it is on the line, and nothing of the line is covered.
    const QRect popup = QApplication::activePopupWidget()->geometry();
    QCOMPARE(popup.bottom() + 1, area->mapToGlobal(QPoint(0, 0)).y());
    QVERIFY2(popup.height() <= 36 + 2 * 2, qPrintable(QString::number(popup.height())));
    QSignalSpy pressed(button, &QPushButton::pressed);
    QTest::mouseClick(window.windowHandle(), Qt::LeftButton, {}, button->geometry().center());
    QTRY_VERIFY(!QApplication::activePopupWidget());
    QCOMPARE(pressed.size(), 0);
    QTest::mouseClick(window.windowHandle(), Qt::LeftButton, {}, button->geometry().center());
    QCOMPARE(pressed.size(), 1);
}

void TestBannerArea::wordsWithoutRoomAreInThePopup()
{
    QWidget window;
    window.setGeometry(100, 300, 500, 300);
    auto *column = new QVBoxLayout(&window);
    auto *area = new BannerArea(&window);
    column->addWidget(area);
    window.show();
    QVERIFY(waitForExposed(&window));
    const QString text =
        u"CoinW refuses this key (6001 %1) since 11:58:07. Trying again every minute."_s.arg(QString(300, u'x'));
    area->show({{BannerKind::Key, text, Severity::Error, {u"Open account"_s}}});
    QCoreApplication::processEvents();
    auto *banner = area->findChild<QWidget *>(u"banner_key"_s);
    auto *more = area->findChild<QPushButton *>(u"infoMoreButton"_s);
    QCOMPARE(area->height(), 36);
    QCOMPARE(banner->height(), 36);
    QCOMPARE(banner->accessibleName(), text);
    QCOMPARE(banner->toolTip(), text);
    QVERIFY(more->isVisible());
    QCOMPARE(more->text(), u"…"_s);
    QTest::mouseClick(more, Qt::LeftButton);
    QTRY_VERIFY(QApplication::activePopupWidget());
    const auto labels = QApplication::activePopupWidget()->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(),
                        [&](const QLabel *label) { return label->isVisible() && label->text() == text; }));
    area->show({{BannerKind::Key, u"Short."_s, Severity::Error}});
    QCoreApplication::processEvents();
    area->show({{BannerKind::Key, u"Short."_s, Severity::Error}});
    QVERIFY(!more->isVisible());
    QCOMPARE(banner->toolTip(), QString());
}

void TestBannerArea::actions()
{
    BannerArea area;
    int refreshed = 0;
    auto context = std::make_unique<QObject>();
    const auto banner = [&](const std::function<void()> &handler) {
        return QList<BannerContent>{
            {BannerKind::Stale, u"Old."_s, Severity::Warning, {u"Refresh"_s, context.get(), handler}}};
    };
    area.show(banner([&refreshed] { ++refreshed; }));
    // Told again every second: one press is one call all the same.
    area.show(banner([&refreshed] { ++refreshed; }));
    area.show();
    QPointer<QPushButton> button = area.findChild<QPushButton *>(u"bannerAction_stale"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(refreshed, 1);
    // Gone inside its own click: must not crash.
    area.show(banner([&area] { area.show(QList<BannerContent>()); }));
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!area.isVisible());
    // Whoever was to handle it is gone.
    area.show(banner([&refreshed] { ++refreshed; }));
    context.reset();
    for (QPushButton *left : area.findChildren<QPushButton *>())
        QTest::mouseClick(left, Qt::LeftButton);
    QCOMPARE(refreshed, 1);
}

void TestBannerArea::badge_data()
{
    QTest::addColumn<int>("environment");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("accessible");
    QTest::newRow("live") << int(Environment::Live) << u"Main account"_s << u"● LIVE Main account"_s
                          << u"Account: LIVE Main account"_s;
    QTest::newRow("test") << int(Environment::TestServer) << u"Try"_s << u"▲ TEST SERVER 127.0.0.1:8443 Try"_s
                          << u"Account: TEST SERVER 127.0.0.1:8443 Try"_s;
    QTest::newRow("practice") << int(Environment::Practice) << u"Practice"_s << u"◆ PRACTICE"_s
                              << u"Account: PRACTICE Practice"_s;
}

void TestBannerArea::badge()
{
    QFETCH(const int, environment);
    QFETCH(const QString, name);
    QFETCH(const QString, text);
    QFETCH(const QString, accessible);
    AccountBadge badge;
    badge.setAccount({u"1"_s, name, Environment(environment), u"127.0.0.1:8443"_s, 1});
    QCOMPARE(badge.objectName(), u"accountBadge"_s);
    QCOMPARE(badge.text(), text);
    QCOMPARE(badge.accessibleName(), accessible);
    QFont bold = badge.font();
    bold.setBold(true);
    QVERIFY(badge.sizeHint().width() > badge.fontMetrics().horizontalAdvance(text));
    QVERIFY(badge.minimumSizeHint().width() <= badge.sizeHint().width());
    QVERIFY(badge.toolTip().contains(text));
    QVERIFY(!badge.grab().isNull());
}

void TestBannerArea::longNamesGiveWay()
{
    AccountBadge badge;
    badge.setAccount({u"1"_s, u"My second account, no. 2"_s, Environment::Live, {}, 1});
    const QSize least = badge.minimumSizeHint();
    QVERIFY(least.width() < badge.sizeHint().width() * 3 / 4);
    // It ends in the middle, and stands whole where there is room: the pixels tell.
    badge.resize(least);
    const QImage cut = badge.grab().toImage();
    badge.resize(badge.sizeHint());
    const QImage whole = badge.grab().toImage();
    const QColor border = whole.pixelColor(0, whole.height() / 2);
    QCOMPARE(cut.pixelColor(cut.width() - 1, cut.height() / 2), border);
    QCOMPARE(whole.pixelColor(whole.width() - 1, whole.height() / 2), border);
    // Another account with the same beginning looks different.
    badge.setAccount({u"1"_s, u"My second account, no. 3"_s, Environment::Live, {}, 1});
    badge.resize(least);
    QVERIFY(badge.grab().toImage() != cut);
}

void TestBannerArea::band()
{
    PracticeBand band;
    QCOMPARE(band.objectName(), u"practiceBand"_s);
    QCOMPARE(band.accessibleName(), u"Practice mode"_s);
    QCOMPARE(band.text(), u"PRACTICE — no real orders. Nothing is sent to CoinW."_s);
    QCOMPARE(band.sizeHint().height(), 26);
}

void TestBannerArea::publishedNames()
{
    QWidget before;
    before.setObjectName(u"before"_s);
    describe(&before, u"Offline"_s);
    QCOMPARE(before.accessibleDescription(), u"Offline"_s);
    auto *application = qobject_cast<QApplication *>(QCoreApplication::instance());
    publishObjectNames(*application);
    publishObjectNames(*application);
    QCOMPARE(before.accessibleDescription(), u"Offline #before"_s);
    describe(&before, u"Locked"_s);
    QCOMPARE(before.accessibleDescription(), u"Locked #before"_s);
    describe(&before, {});
    QCOMPARE(before.accessibleDescription(), u" #before"_s);

    QWidget late;
    late.setObjectName(u"late"_s);
    late.setAccessibleDescription(u"plain"_s);
    QWidget nameless;
    late.show();
    nameless.show();
    QCOMPARE(late.accessibleDescription(), u"plain #late"_s);
    QCOMPARE(nameless.accessibleDescription(), QString());
    late.hide();
    late.show();
    QCOMPARE(late.accessibleDescription(), u"plain #late"_s);
}

QTEST_MAIN(TestBannerArea)
#include "tst_bannerarea.moc"

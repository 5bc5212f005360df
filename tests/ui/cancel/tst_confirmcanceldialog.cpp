#include "tests/support/waiting.h"
#include "tests/ui/dialogsamples.h"
#include "ui/cancel/armdelay.h"
#include "ui/cancel/confirmcanceldialog.h"
#include "ui/cancel/factlabel.h"
#include "ui/look/dialogparts.h"
#include "ui/look/tallarea.h"
#include "ui/look/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLayout>
#include <QPointer>
#include <QProxyStyle>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Fusion with another desktop's order of dialog buttons.
class ButtonOrderStyle : public QProxyStyle
{
public:
    explicit ButtonOrderStyle(int order) : QProxyStyle(u"Fusion"_s), m_order(order) {}

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returned) const override
    {
        if (hint == SH_DialogButtonLayout)
            return m_order;
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }

private:
    int m_order;
};

/// A dialog over a window, with its signals counted.
struct Asked {
    explicit Asked(const Order &order = samples::plain(), const Account &account = samples::live(),
                   std::chrono::seconds listAge = 2s)
    {
        window.resize(880, 520);
        window.show();
        dialog = new ConfirmCancelDialog(account, order, RowAge{listAge}, samples::now(), &window);
        confirmed = std::make_unique<QSignalSpy>(dialog, &ConfirmCancelDialog::confirmed);
        kept = std::make_unique<QSignalSpy>(dialog, &ConfirmCancelDialog::kept);
    }

    bool open()
    {
        dialog->open();
        return waitForActive(dialog);
    }
    bool openArmed()
    {
        return open() && waitFor([this] { return cancel()->isEnabled(); });
    }

    template <typename T>
    T *child(const QString &name) const
    {
        return dialog->findChild<T *>(name);
    }
    QPushButton *keep() const { return child<QPushButton>(u"confirmKeepButton"_s); }
    QPushButton *cancel() const { return child<QPushButton>(u"confirmCancelButton"_s); }
    QPushButton *close() const { return child<QPushButton>(u"confirmCloseButton"_s); }
    QString notice(const QString &key) const
    {
        const auto *box = child<QWidget>(u"confirmNotice_"_s + key);
        return box->isHidden() ? QString() : box->accessibleName();
    }
    QString fact(const QString &key) const { return child<QLabel>(u"confirmValue_"_s + key)->accessibleName(); }

    QWidget window;
    QPointer<ConfirmCancelDialog> dialog;
    std::unique_ptr<QSignalSpy> confirmed;
    std::unique_ptr<QSignalSpy> kept;
};

QString tail(const QString &description)
{
    return description.section(u'\n', -1);
}

} // namespace

class TestConfirmCancelDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void showsWhoseOrderAndAllFacts();
    void isTallEnoughInTheProgramsLook();
    void practiceWords();
    void saysWhatItDoesToThePosition();
    void anOrphanProtectsNothing();
    void onlyAnotherEffectDisarms();
    void nothingOfItIsScrolledAway();
    void growsWithItsNotices();
    void keepIsDefaultAndFocusedInEveryButtonOrder_data();
    void keepIsDefaultAndFocusedInEveryButtonOrder();
    void cancelArmsOnlyAfterAWhile();
    void keepsAtOnce_data();
    void keepsAtOnce();
    void chordsBeforeArmingAreIgnored_data();
    void chordsBeforeArmingAreIgnored();
    void confirms_data();
    void confirms();
    void heldKeysDoNothing_data();
    void heldKeysDoNothing();
    void reactivationDisarms();
    void noticesInOrderOfSeverity();
    void staleNoticeComesWithAge();
    void changeUpdatesInPlace();
    void changeTakesTheFocusFromCancel();
    void sameFactsChangeNothing();
    void goneLeavesOnlyClose();
    void abandonedSaysNothing();
    void deletesItself();
    void clearsThePointer_data();
    void clearsThePointer();
    void placesNearTheRow_data();
    void placesNearTheRow();
    void opensAwayFromThePointer();
    void longWordsAreNotCut();
};

void TestConfirmCancelDialog::initTestCase()
{
    qputenv("TZ", "CET-1");
}

void TestConfirmCancelDialog::showsWhoseOrderAndAllFacts()
{
    Asked asked(samples::partlyFilled());
    QVERIFY(asked.open());
    QCOMPARE(asked.dialog->objectName(), u"confirmDialog"_s);
    QCOMPARE(asked.dialog->windowTitle(), u"Cancel order — LIVE · Main account"_s);
    QCOMPARE(asked.dialog->accessibleName(), asked.dialog->windowTitle());
    QCOMPARE(asked.dialog->windowModality(), Qt::WindowModal);
    QCOMPARE(asked.child<QWidget>(u"confirmBadge"_s)->accessibleName(), u"Account: LIVE Main account"_s);
    QCOMPARE(asked.child<QLabel>(u"confirmHeading"_s)->text(), u"Cancel this order?"_s);
    QCOMPARE(asked.fact(u"instrument"_s), u"Instrument: BTC-USDT"_s);
    QCOMPARE(asked.fact(u"side"_s), u"Side: ▲ Open long"_s);
    QCOMPARE(asked.fact(u"type"_s), u"Type: Limit"_s);
    QCOMPARE(asked.fact(u"price"_s), u"Price: 64,210.0 USDT"_s);
    QCOMPARE(asked.fact(u"remaining"_s), u"Remaining: 3 of 5 cont."_s);
    QCOMPARE(asked.fact(u"filled"_s), u"Filled: 2 cont. (40 %)"_s);
    QCOMPARE(asked.fact(u"tpsl"_s), u"TP / SL: 66,000.0 / none"_s);
    QCOMPARE(asked.fact(u"placed"_s), u"Placed: 4 min ago · 2026-03-04 14:03:22 +01:00"_s);
    QCOMPARE(asked.fact(u"id"_s), u"Order ID: 33308741701971947"_s);
    QCOMPARE(asked.child<QLabel>(u"confirmValue_id"_s)->text(), u"3330874170197<b>1947</b>"_s);
    QVERIFY(asked.child<QLabel>(u"confirmValue_id"_s)->textInteractionFlags() & Qt::TextSelectableByMouse);

    QCOMPARE(asked.cancel()->accessibleName(), u"Cancel order"_s);
    QCOMPARE(asked.keep()->accessibleName(), u"Keep order"_s);
    QCOMPARE(asked.cancel()->property("danger").toBool(), true);
    QVERIFY(asked.cancel()->width() >= 112 && asked.cancel()->height() >= 32);
    QVERIFY(!asked.close()->isVisible());
    QCOMPARE(asked.dialog->width(), 520);

    const QString said = QAccessible::queryAccessibleInterface(asked.dialog)->text(QAccessible::Description);
    QCOMPARE(said.section(u'\n', 0, 1), u"Cancel order — LIVE · Main account\nCancel this order?"_s);
    for (const char *key : {"instrument", "side", "type", "price", "remaining", "filled", "tpsl", "placed", "id"})
        QVERIFY2(said.contains(asked.fact(QString::fromLatin1(key))), key);
    QVERIFY(said.contains(u"2 of 5 contracts have already filled."_s));
    QVERIFY(said.contains(u"Attached: TP 66,000.0, SL none."_s));
}

namespace {

Position solPosition()
{
    Position position;
    position.instrument = u"SOL"_s;
    position.size = Decimal(20);
    position.entryPrice = Decimal::fromText(u"118.40");
    return position;
}

CancelEffect lastStopOf(const Position &position)
{
    return {.isTold = true,
            .position = {.tie = {.kind = PositionTie::Kind::One,
                                 .position = std::make_shared<const Position>(position),
                                 .size = position.size}},
            .stops = {{{position, Decimal()}}, false}};
}

} // namespace

void TestConfirmCancelDialog::saysWhatItDoesToThePosition()
{
    Asked asked;
    QVERIFY(asked.child<QLabel>(u"confirmValue_position"_s)->isHidden());
    asked.dialog->setEffect(lastStopOf(solPosition()));
    QVERIFY(asked.openArmed());
    QCOMPARE(asked.fact(u"position"_s), u"Position: ▲ long 20 at 118.40"_s);
    QCOMPARE(asked.notice(u"laststop"_s), u"SOL long 20 (entry 118.40) then has no stop loss."_s);
    QVERIFY(asked.dialog->accessibleDescription().contains(u"then has no stop loss."_s));
    QVERIFY(asked.dialog->accessibleDescription().contains(u"Position: ▲ long 20 at 118.40"_s));
    asked.dialog->setEffect({});
    QCOMPARE(asked.notice(u"laststop"_s), QString());
    QVERIFY(asked.child<QLabel>(u"confirmValue_position"_s)->isHidden());
}

void TestConfirmCancelDialog::anOrphanProtectsNothing()
{
    Order closing = samples::plain();
    closing.positionEffect = PositionEffect::Close;
    Asked asked(closing);
    QVERIFY(!asked.notice(u"protective"_s).isEmpty());
    CancelEffect effect{.isTold = true};
    asked.dialog->setEffect(effect);
    QCOMPARE(asked.fact(u"position"_s), u"Position: ?"_s);
    QVERIFY(!asked.notice(u"protective"_s).isEmpty());
    effect.position = {.tie = {.kind = PositionTie::Kind::None}, .loss = {PositionLoss::Kind::NoPosition, false}};
    asked.dialog->setEffect(effect);
    QCOMPARE(asked.fact(u"position"_s), u"Position: —"_s);
    QCOMPARE(asked.notice(u"orphan"_s), u"No position belongs to this order."_s);
    QCOMPARE(asked.notice(u"protective"_s), QString());
}

void TestConfirmCancelDialog::onlyAnotherEffectDisarms()
{
    Asked asked;
    asked.dialog->setEffect(lastStopOf(solPosition()));
    QVERIFY(asked.openArmed());
    Position position = solPosition();
    position.unrealizedProfit = Decimal(5);
    asked.dialog->setEffect(lastStopOf(position));
    QVERIFY(asked.cancel()->isEnabled());
    position.size = Decimal(8);
    asked.dialog->setEffect(lastStopOf(position));
    QVERIFY(!asked.cancel()->isEnabled());
    QVERIFY(waitFor([&asked] { return asked.cancel()->isEnabled(); }));
}

void TestConfirmCancelDialog::growsWithItsNotices()
{
    Order closing = samples::plain();
    closing.type = OrderType::TrailingStop;
    closing.positionEffect = PositionEffect::Close;
    Asked asked(closing);
    asked.dialog->setEffect({.isTold = true});
    QVERIFY(asked.open());
    asked.dialog->setEffect(lastStopOf(solPosition()));
    const auto *area = asked.dialog->findChild<QScrollArea *>();
    const auto fits = [area] {
        return area->widget()->height() <= area->height() && !area->verticalScrollBar()->isVisible();
    };
    QVERIFY(waitFor(fits));
    Position large = solPosition();
    large.size = Decimal(2000000000);
    asked.dialog->setEffect(lastStopOf(large));
    QVERIFY(waitFor(fits));
}

void TestConfirmCancelDialog::isTallEnoughInTheProgramsLook()
{
    applyLook(*qApp, {.theme = ThemeChoice::Light}, qApp->palette());
    Asked asked;
    asked.dialog->setEffect(lastStopOf(solPosition()));
    QVERIFY(asked.open());
    const auto *area = asked.dialog->findChild<QScrollArea *>();
    QVERIFY(area->heightForWidth(area->width()) <= area->height());
    QVERIFY(!area->verticalScrollBar()->isVisible());
}

void TestConfirmCancelDialog::practiceWords()
{
    Asked asked(samples::plain(), samples::practice());
    QCOMPARE(asked.dialog->windowTitle(), u"Cancel practice order — PRACTICE · Practice"_s);
    QCOMPARE(asked.child<QLabel>(u"confirmHeading"_s)->text(), u"Cancel this practice order?"_s);
    QCOMPARE(asked.cancel()->accessibleName(), u"Cancel practice order"_s);
    Asked server(samples::plain(), samples::testServer());
    QCOMPARE(server.dialog->windowTitle(), u"Cancel order — TEST SERVER 127.0.0.1:8443 · Main account"_s);
}

void TestConfirmCancelDialog::keepIsDefaultAndFocusedInEveryButtonOrder_data()
{
    QTest::addColumn<int>("order");
    QTest::newRow("Windows") << 0;
    QTest::newRow("Mac") << 1;
    QTest::newRow("KDE") << 2;
    QTest::newRow("GNOME") << 3;
    QTest::newRow("Android") << 5;
}

void TestConfirmCancelDialog::keepIsDefaultAndFocusedInEveryButtonOrder()
{
    QFETCH(int, order);
    QApplication::setStyle(new ButtonOrderStyle(order));
    {
        Asked asked;
        QVERIFY(asked.openArmed());
        QVERIFY(asked.keep()->hasFocus());
        QVERIFY(asked.keep()->isDefault());
        QVERIFY(!asked.cancel()->isDefault());
        QTest::keyClick(asked.dialog, Qt::Key_Return);
        QCOMPARE(asked.kept->size(), 1);
        QCOMPARE(asked.confirmed->size(), 0);
    }
    QApplication::setStyle(u"Fusion"_s);
}

void TestConfirmCancelDialog::cancelArmsOnlyAfterAWhile()
{
    Asked asked;
    QVERIFY(ArmDelay::delay() >= 500ms);
    QVERIFY(ArmDelay::delay() >= std::chrono::milliseconds(QApplication::doubleClickInterval() + 100));
    QVERIFY(!asked.cancel()->isEnabled());
    asked.dialog->open();
    QVERIFY(!asked.cancel()->isEnabled());
    QCOMPARE(asked.cancel()->accessibleDescription(), u"Enabled in a moment"_s);
    QTest::mouseClick(asked.cancel(), Qt::LeftButton);
    QCOMPARE(asked.confirmed->size(), 0);
    QTRY_VERIFY(asked.cancel()->isEnabled());
    QCOMPARE(asked.cancel()->accessibleDescription(), QString());
    QVERIFY(asked.keep()->hasFocus());
    QTest::mouseClick(asked.cancel(), Qt::LeftButton);
    QCOMPARE(asked.confirmed->size(), 1);
    QCOMPARE(asked.kept->size(), 0);
}

void TestConfirmCancelDialog::keepsAtOnce_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : {"Enter", "Return", "Esc", "Space", "Alt+K", "close box", "click"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void TestConfirmCancelDialog::keepsAtOnce()
{
    QFETCH(QString, way);
    Asked asked;
    QVERIFY(asked.open());
    if (way == u"Enter")
        QTest::keyClick(asked.keep(), Qt::Key_Enter, Qt::KeypadModifier);
    else if (way == u"Return")
        QTest::keyClick(asked.keep(), Qt::Key_Return);
    else if (way == u"Esc")
        QTest::keyClick(asked.keep(), Qt::Key_Escape);
    else if (way == u"Space")
        QTest::keyClick(asked.keep(), Qt::Key_Space);
    else if (way == u"Alt+K")
        QTest::keyClick(asked.keep(), Qt::Key_K, Qt::AltModifier);
    else if (way == u"close box")
        asked.dialog->close();
    else
        QTest::mouseClick(asked.keep(), Qt::LeftButton);
    QTRY_COMPARE(asked.kept->size(), 1);
    QTRY_VERIFY(asked.dialog.isNull());
    QCOMPARE(asked.kept->size(), 1);
    QCOMPARE(asked.confirmed->size(), 0);
}

void TestConfirmCancelDialog::chordsBeforeArmingAreIgnored_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::newRow("Ctrl+Return") << int(Qt::Key_Return) << int(Qt::ControlModifier);
    QTest::newRow("Ctrl+Enter") << int(Qt::Key_Enter) << int(Qt::ControlModifier | Qt::KeypadModifier);
    QTest::newRow("Alt+C") << int(Qt::Key_C) << int(Qt::AltModifier);
    QTest::newRow("Del") << int(Qt::Key_Delete) << int(Qt::NoModifier);
}

void TestConfirmCancelDialog::chordsBeforeArmingAreIgnored()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    Asked asked;
    QVERIFY(asked.open());
    QTest::keyClick(asked.keep(), Qt::Key(key), Qt::KeyboardModifiers(modifiers));
    QVERIFY(asked.dialog->isVisible());
    QCOMPARE(asked.confirmed->size() + asked.kept->size(), 0);
    QTRY_VERIFY(asked.cancel()->isEnabled());
    QCOMPARE(asked.confirmed->size() + asked.kept->size(), 0);
}

void TestConfirmCancelDialog::confirms_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : {"Ctrl+Return", "Ctrl+Enter", "Alt+C", "Tab, Enter", "Tab, Space", "Shift+Tab, Enter"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void TestConfirmCancelDialog::confirms()
{
    QFETCH(QString, way);
    Asked asked;
    QVERIFY(asked.openArmed());
    if (way == u"Ctrl+Return") {
        QTest::keyClick(asked.keep(), Qt::Key_Return, Qt::ControlModifier);
    } else if (way == u"Ctrl+Enter") {
        QTest::keyClick(asked.keep(), Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
    } else if (way == u"Alt+C") {
        QTest::keyClick(asked.keep(), Qt::Key_C, Qt::AltModifier);
    } else {
        QTest::keyClick(asked.keep(), Qt::Key_Tab, way.startsWith(u"Shift") ? Qt::ShiftModifier : Qt::NoModifier);
        QVERIFY(asked.cancel()->hasFocus());
        QTest::keyClick(asked.cancel(), way.endsWith(u"Space") ? Qt::Key_Space : Qt::Key_Return);
    }
    QTRY_COMPARE(asked.confirmed->size(), 1);
    QTRY_VERIFY(asked.dialog.isNull());
    QCOMPARE(asked.confirmed->size(), 1);
    QCOMPARE(asked.kept->size(), 0);
}

void TestConfirmCancelDialog::heldKeysDoNothing_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<bool>("onCancel");
    for (const bool onCancel : {false, true}) {
        const char *where = onCancel ? " on Cancel" : " on Keep";
        QTest::addRow("%s%s", "Return", where) << int(Qt::Key_Return) << 0 << onCancel;
        QTest::addRow("%s%s", "Enter", where) << int(Qt::Key_Enter) << int(Qt::KeypadModifier) << onCancel;
        QTest::addRow("%s%s", "Space", where) << int(Qt::Key_Space) << 0 << onCancel;
        QTest::addRow("%s%s", "Del", where) << int(Qt::Key_Delete) << 0 << onCancel;
        QTest::addRow("%s%s", "Ctrl+Return", where) << int(Qt::Key_Return) << int(Qt::ControlModifier) << onCancel;
        QTest::addRow("%s%s", "Alt+C", where) << int(Qt::Key_C) << int(Qt::AltModifier) << onCancel;
    }
}

void TestConfirmCancelDialog::heldKeysDoNothing()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(bool, onCancel);
    Asked asked;
    QVERIFY(asked.openArmed());
    QWidget *focused = onCancel ? asked.cancel() : asked.keep();
    focused->setFocus();
    for (int i = 0; i < 20; ++i)
        QTest::simulateEvent(focused, true, key, Qt::KeyboardModifiers(modifiers), {}, true);
    // Longer than the animation of a button that is pressed by its mnemonic.
    QTest::qWait(150);
    QVERIFY(asked.dialog && asked.dialog->isVisible());
    QCOMPARE(asked.confirmed->size() + asked.kept->size(), 0);
}

void TestConfirmCancelDialog::reactivationDisarms()
{
    Asked asked;
    QVERIFY(asked.openArmed());
    asked.cancel()->setFocus();
    QWidget other;
    other.resize(200, 100);
    other.show();
    other.activateWindow();
    QVERIFY(waitForActive(&other));
    QVERIFY(!asked.cancel()->isEnabled());
    asked.dialog->activateWindow();
    QVERIFY(waitForActive(asked.dialog));
    QVERIFY(!asked.cancel()->isEnabled());
    QCOMPARE(asked.dialog->focusWidget(), asked.keep());
    QTRY_VERIFY(asked.cancel()->isEnabled());
}

void TestConfirmCancelDialog::noticesInOrderOfSeverity()
{
    Order order = samples::trailing();
    order.filledQuantity = Decimal(5);
    order.remainingQuantity = Decimal(15);
    order.takeProfitPrice = Decimal(90);
    Asked asked(order, samples::live(), 45s);
    QVERIFY(asked.open());
    Order changed = order;
    changed.filledQuantity = Decimal(6);
    changed.remainingQuantity = Decimal(14);
    asked.dialog->updateOrder(changed, samples::now());
    int last = -1;
    for (const char *key : {"changed", "protective", "partial", "stale", "tpsl"}) {
        const auto *box = asked.child<QWidget>(u"confirmNotice_"_s + QString::fromLatin1(key));
        QVERIFY2(box->isVisible(), key);
        asked.dialog->layout()->activate();
        QTRY_VERIFY2(box->mapTo(asked.dialog, QPoint()).y() > last, key);
        last = box->mapTo(asked.dialog, QPoint()).y();
    }
    QVERIFY(asked.notice(u"partial"_s).startsWith(u"6 of 20 contracts"_s));

    Asked plain;
    QVERIFY(plain.open());
    for (const char *key : {"changed", "both", "protective", "partial", "stale", "tpsl"})
        QCOMPARE(plain.notice(QString::fromLatin1(key)), QString());

    Order row = samples::trailing();
    row.type = OrderType::TakeProfitStopLoss;
    row.takeProfitPrice = Decimal(90);
    row.stopLossPrice = Decimal(80);
    Asked both(row);
    QVERIFY(both.open());
    QCOMPARE(both.notice(u"both"_s),
             u"This order carries a take profit at 90 and a stop loss at 80. Canceling it removes both."_s);
    QCOMPARE(both.notice(u"tpsl"_s), QString());
    QVERIFY(both.dialog->accessibleDescription().contains(both.notice(u"both"_s)));
}

void TestConfirmCancelDialog::staleNoticeComesWithAge()
{
    Asked asked;
    QVERIFY(asked.openArmed());
    asked.dialog->setRowAge({30s}, samples::now());
    QCOMPARE(asked.notice(u"stale"_s), QString());
    QVERIFY(asked.cancel()->isEnabled());
    asked.dialog->setRowAge({31s}, samples::now().addSecs(90));
    QCOMPARE(asked.notice(u"stale"_s), u"The list was last updated 31 s ago. These values may be out of date."_s);
    QCOMPARE(asked.fact(u"placed"_s), u"Placed: 5 min ago · 2026-03-04 14:03:22 +01:00"_s);
    // The dialog grew, so the button is elsewhere.
    QVERIFY(!asked.cancel()->isEnabled());
    QTRY_VERIFY(asked.cancel()->isEnabled());
    asked.dialog->setRowAge({32s}, samples::now());
    QVERIFY(asked.cancel()->isEnabled());
    QVERIFY(tail(asked.dialog->accessibleDescription()).contains(u"32 s ago"_s));
    asked.dialog->setRowAge({1s}, samples::now());
    QCOMPARE(asked.notice(u"stale"_s), QString());
}

void TestConfirmCancelDialog::changeUpdatesInPlace()
{
    Asked asked;
    QVERIFY(asked.openArmed());
    Order order = samples::plain();
    order.filledQuantity = Decimal(3);
    order.remainingQuantity = Decimal(7);
    asked.dialog->updateOrder(order, samples::now());
    QVERIFY(!asked.cancel()->isEnabled());
    QCOMPARE(asked.fact(u"remaining"_s), u"Remaining: 7 of 10 cont."_s);
    QVERIFY(asked.child<FactLabel>(u"confirmValue_remaining"_s)->isFlashing());
    QVERIFY(!asked.child<FactLabel>(u"confirmValue_price"_s)->isFlashing());
    const QString changed = u"Changed while this window was open: Remaining 10 of 10 cont. → 7 of 10 cont.; "
                            "Filled 0 cont. (0 %) → 3 cont. (30 %)."_s;
    QCOMPARE(asked.notice(u"changed"_s), changed);
    QVERIFY(asked.notice(u"partial"_s).startsWith(u"3 of 10 contracts"_s));
    QVERIFY(asked.dialog->accessibleDescription().contains(changed));
    QCOMPARE(asked.dialog->order(), order);
    QTRY_VERIFY(!asked.child<FactLabel>(u"confirmValue_remaining"_s)->isFlashing());
    QTRY_VERIFY(asked.cancel()->isEnabled());

    // A second change is told from what the user saw first.
    order.price = Decimal::fromText(u"63400.0");
    asked.dialog->updateOrder(order, samples::now());
    QVERIFY(asked.notice(u"changed"_s).contains(u"Price 63,500.0 USDT → 63,400.0 USDT; Remaining 10 of 10"_s));
    QTest::keyClick(asked.keep(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(asked.confirmed->size(), 0);
}

void TestConfirmCancelDialog::changeTakesTheFocusFromCancel()
{
    Asked asked;
    QVERIFY(asked.openArmed());
    asked.cancel()->setFocus();
    Order order = samples::plain();
    order.price = Decimal(1);
    asked.dialog->updateOrder(order, samples::now());
    QVERIFY(asked.keep()->hasFocus());
    QTest::keyClick(asked.keep(), Qt::Key_Return);
    QCOMPARE(asked.confirmed->size(), 0);
    QCOMPARE(asked.kept->size(), 1);
}

void TestConfirmCancelDialog::sameFactsChangeNothing()
{
    Asked asked;
    QVERIFY(asked.openArmed());
    Order order = samples::plain();
    order.updatedAt = samples::now();
    asked.dialog->updateOrder(order, samples::now().addSecs(60));
    QVERIFY(asked.cancel()->isEnabled());
    QCOMPARE(asked.notice(u"changed"_s), QString());
    Order other = samples::partlyFilled();
    asked.dialog->updateOrder(other, samples::now());
    QCOMPARE(asked.dialog->orderId(), samples::plain().id);
    QCOMPARE(asked.fact(u"remaining"_s), u"Remaining: 10 of 10 cont."_s);
}

void TestConfirmCancelDialog::goneLeavesOnlyClose()
{
    Asked asked(samples::partlyFilled());
    QVERIFY(asked.openArmed());
    asked.dialog->orderGone({});
    QCOMPARE(asked.child<QLabel>(u"confirmHeading"_s)->text(), u"This order is no longer open"_s);
    QCOMPARE(asked.child<QWidget>(u"confirmReason"_s)->accessibleName(), u"Reason not known yet."_s);
    asked.dialog->setFilled(Decimal(5), samples::now());
    asked.dialog->orderGone(u"Filled: 5 of 5."_s);
    QCOMPARE(asked.fact(u"filled"_s), u"Filled: 5 cont. (100 %)"_s);
    QCOMPARE(asked.fact(u"remaining"_s), u"Remaining: 0 of 5 cont."_s);
    QCOMPARE(asked.child<QWidget>(u"confirmReason"_s)->accessibleName(), u"Filled: 5 of 5."_s);
    QVERIFY(tail(asked.dialog->accessibleDescription()) == u"Filled: 5 of 5."_s);
    QVERIFY(!asked.keep()->isVisible());
    QVERIFY(!asked.cancel()->isVisible());
    QCOMPARE(asked.notice(u"partial"_s), QString());
    QVERIFY(asked.close()->isVisible());
    QVERIFY(asked.close()->hasFocus());
    QVERIFY(asked.close()->isDefault());
    QTest::keyClick(asked.close(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(asked.dialog && asked.dialog->isVisible());
    asked.dialog->updateOrder(samples::partlyFilled(), samples::now());
    QCOMPARE(asked.child<QLabel>(u"confirmHeading"_s)->text(), u"This order is no longer open"_s);
    QTest::keyClick(asked.close(), Qt::Key_Return);
    QTRY_VERIFY(asked.dialog.isNull());
    QCOMPARE(asked.confirmed->size() + asked.kept->size(), 0);
}

void TestConfirmCancelDialog::abandonedSaysNothing()
{
    Asked asked;
    QVERIFY(asked.openArmed());
    asked.dialog->abandon();
    QTRY_VERIFY(asked.dialog.isNull());
    QCOMPARE(asked.confirmed->size() + asked.kept->size(), 0);
}

void TestConfirmCancelDialog::deletesItself()
{
    Asked asked;
    QVERIFY(asked.open());
    asked.dialog->reject();
    QTRY_VERIFY(asked.dialog.isNull());
    QCOMPARE(asked.kept->size(), 1);
}

void TestConfirmCancelDialog::clearsThePointer_data()
{
    QTest::addColumn<QPoint>("pointer");
    QTest::addColumn<QRect>("dialog");
    QTest::addColumn<int>("shift");
    // A screen of 1000x800; the button lies 60 px above the dialog's lower edge.
    QTest::newRow("elsewhere") << QPoint(10, 10) << QRect(200, 200, 520, 400) << 0;
    QTest::newRow("on Keep beside it") << QPoint(450, 555) << QRect(200, 200, 520, 400) << 0;
    QTest::newRow("on the button: up") << QPoint(600, 555) << QRect(200, 200, 520, 400) << -64;
    QTest::newRow("no room above: down") << QPoint(600, 375) << QRect(200, 20, 520, 400) << 65;
    QTest::newRow("no room at all: up") << QPoint(600, 765) << QRect(200, 10, 520, 785) << -49;
}

void TestConfirmCancelDialog::clearsThePointer()
{
    QFETCH(QPoint, pointer);
    QFETCH(QRect, dialog);
    const QRect button(dialog.left() + 368, dialog.bottom() - 60, 132, 32);
    const QRect screen(0, 0, 1000, 800);
    const int shift = shiftOffPointer(button, pointer, dialog, screen);
    QTEST(shift, "shift");
    QVERIFY(!button.translated(0, shift).contains(pointer));
}

void TestConfirmCancelDialog::placesNearTheRow_data()
{
    QTest::addColumn<QRect>("row");
    QTest::addColumn<QPoint>("pointer");
    QTest::addColumn<std::optional<QPoint>>("place");
    using Place = std::optional<QPoint>;
    // A screen of 1000x800; the dialog takes 500x440 with its title.
    QTest::newRow("below") << QRect(100, 100, 700, 28) << QPoint(780, 110) << Place({300, 136});
    QTest::newRow("not over the edge") << QRect(-300, 100, 700, 28) << QPoint(380, 110) << Place({0, 136});
    QTest::newRow("above") << QRect(100, 700, 700, 28) << QPoint(780, 710) << Place({300, 252});
    QTest::newRow("before the pointer") << QRect(100, 400, 800, 28) << QPoint(850, 410) << Place({318, 193});
    QTest::newRow("before the button, by key") << QRect(100, 400, 800, 28) << QPoint(5, 5) << Place({248, 193});
    QTest::newRow("no room") << QRect(0, 400, 500, 28) << QPoint(450, 410) << Place();
    QTest::newRow("no row") << QRect() << QPoint(450, 410) << Place();
    QTest::newRow("on another screen") << QRect(100, 900, 700, 28) << QPoint(450, 910) << Place();
}

void TestConfirmCancelDialog::placesNearTheRow()
{
    QFETCH(QRect, row);
    QFETCH(QPoint, pointer);
    QFETCH(std::optional<QPoint>, place);
    const QRect screen(0, 0, 1000, 800);
    const auto placed = placeNear(row, {500, 400}, pointer, screen, Qt::LeftToRight);
    QCOMPARE(placed, place);
    if (placed)
        QVERIFY(!QRect(*placed, QSize(500, 440)).contains(pointer) || !row.contains(pointer));
    // From right to left all is the other way round.
    const auto mirror = [](int x) { return 999 - x; };
    const QRect mirroredRow(QPoint(mirror(row.right()), row.top()), row.size());
    const auto mirrored = placeNear(row.isEmpty() ? row : mirroredRow, {500, 400}, {mirror(pointer.x()), pointer.y()},
                                    screen, Qt::RightToLeft);
    QCOMPARE(mirrored.has_value(), place.has_value());
    if (place)
        QVERIFY2(std::abs(mirrored->x() - (1000 - place->x() - 500)) <= 1,
                 qPrintable(QString::number(mirrored->x())));
}

void TestConfirmCancelDialog::nothingOfItIsScrolledAway()
{
    for (const bool isOpenBefore : {false, true}) {
        Asked asked;
        if (isOpenBefore)
            QVERIFY(asked.open());
        CancelEffect effect;
        effect.isTold = true;
        asked.dialog->setEffect(effect);
        if (!isOpenBefore)
            QVERIFY(asked.open());
        const auto *area = asked.child<TallArea>({});
        QVERIFY2(area->heightForWidth(area->width()) <= area->height(),
                 qPrintable(u"%1 of %2"_s.arg(area->height()).arg(area->heightForWidth(area->width()))));
        QVERIFY(!area->verticalScrollBar()->isVisible());
    }
}

void TestConfirmCancelDialog::opensAwayFromThePointer()
{
    QPoint where;
    {
        Asked first;
        QCursor::setPos(0, 0);
        QVERIFY(first.open());
        where = first.cancel()->mapToGlobal(first.cancel()->rect().center());
    }
    Asked second;
    QCursor::setPos(where);
    QVERIFY(second.open());
    const QRect button(second.cancel()->mapToGlobal(QPoint(0, 0)), second.cancel()->size());
    QVERIFY(!button.contains(QCursor::pos()));
    QCursor::setPos(0, 0);
}

void TestConfirmCancelDialog::longWordsAreNotCut()
{
    Order order = samples::partlyFilled();
    order.type = OrderType::Other;
    order.typeWord = u"a quite unusual kind of order that the exchange has named after this program was written"_s;
    order.id = OrderId(u"9223372036854775807"_s);
    order.takeProfitPrice = Decimal::fromText(u"123456789.123456789");
    order.stopLossPrice = Decimal::fromText(u"0.000000000123456789");
    Asked asked(order);
    QVERIFY(asked.open());
    for (const QLabel *label : asked.dialog->findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const int needed =
            label->hasHeightForWidth() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        QVERIFY2(label->height() >= needed, qPrintable(label->text()));
        QVERIFY2(label->wordWrap() || label->width() >= label->sizeHint().width(), qPrintable(label->text()));
    }
}

QTEST_MAIN(TestConfirmCancelDialog)
#include "tst_confirmcanceldialog.moc"

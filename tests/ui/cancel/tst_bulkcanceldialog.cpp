#include "domain/qtversions.h"
#include "tests/support/waiting.h"
#include "tests/ui/sampleorders.h"
#include "ui/cancel/bulkcanceldialog.h"
#include "ui/look/noticebox.h"
#include "ui/look/tallarea.h"
#include "ui/look/theme.h"
#include "ui/words/bulkwords.h"
#include "ui/words/orderwords.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

#include <algorithm>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now(QDate(2026, 3, 4), QTime(14, 6, 22), inUtc);

Account practice()
{
    return {u"practice"_s, u"Practice"_s, Environment::Practice, {}, 0};
}

QList<Order> manyOrders(int count)
{
    QList<Order> orders;
    for (int i = 0; i < count; ++i)
        orders.append(sample::order(QString::number(1000 + i), u"BTC"_s, PositionSide::Long, PositionEffect::Open,
                                    OrderType::Limit, u"100"_s, u"5"_s, u"5"_s, i));
    return orders;
}

} // namespace

class TestBulkCancelDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyLook(*qApp, {.theme = ThemeChoice::Light}, qApp->palette()); }
    void cleanup() { m_window.reset(); }

    void summary();
    void saysWhatAllAreWorth();
    void attention();
    void threeOrdersNeedNoNumber();
    void enterAndEscKeep_data();
    void enterAndEscKeep();
    void theBarCoversNothing();
    void tenOrdersNeedTheNumber();
    void allNeedsTheNumberFromTwoOn();
    void enterOnTheNumber();
    void protectiveOrdersAreKeptUnlessChosen();
    void theHiddenAreCountedAsChosen();
    void tellsThatMoreAreCounted();
    void bothGo();
    void namesWhatCoinWRefusedBefore();
    void orphansProtectNothing();
    void theLastStopFollowsTheChoice();
    void vanishedOrdersAreSkipped();
    void nothingLeft();
    void changesDisarm();
    void abandoned();
    void scanningFirstKeepsTheOrders();

private:
    void open(const QList<Order> &orders, bool isAll = false, const QString &unchecked = {},
              const QSet<OrderId> &hidden = {}, const OpenCount &count = {},
              const std::function<StopsLeft(const QList<Order> &)> &stopsLeft = {},
              const QSet<OrderId> &refusedHere = {})
    {
        m_window = std::make_unique<QWidget>();
        m_window->resize(900, 600);
        m_window->show();
        BulkQuestion question;
        question.account = practice();
        question.orders = orders;
        question.isAll = isAll;
        question.uncheckedNotice = unchecked;
        question.hidden = hidden;
        question.count = count;
        question.stopsLeft = stopsLeft;
        question.refusedHere = refusedHere;
        question.age = {std::chrono::seconds(2)};
        m_dialog = new BulkCancelDialog(question, now, m_window.get());
        m_confirmed = std::make_unique<QSignalSpy>(m_dialog, &BulkCancelDialog::confirmed);
        m_kept = std::make_unique<QSignalSpy>(m_dialog, &BulkCancelDialog::kept);
        m_dialog->open();
        QVERIFY(waitForActive(m_dialog));
    }
    template <typename T>
    T *part(const QString &name) const
    {
        return m_dialog->findChild<T *>(name);
    }
    QPushButton *cancelButton() const { return part<QPushButton>(u"bulkCancelButton"_s); }
    QLineEdit *number() const { return part<QLineEdit>(u"bulkCountEdit"_s); }
    void follow(const QList<Order> &listed)
    {
        m_dialog->follow(
            [&listed](const OrderId &id) -> const Order * {
                for (const Order &order : listed) {
                    if (order.id == id)
                        return &order;
                }
                return nullptr;
            },
            now);
    }
    int confirmedCount() const
    {
        return m_confirmed->isEmpty() ? 0 : int(m_confirmed->at(0).at(0).value<QList<Order>>().size());
    }

    std::unique_ptr<QWidget> m_window;
    QPointer<BulkCancelDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_confirmed;
    std::unique_ptr<QSignalSpy> m_kept;
};

void TestBulkCancelDialog::summary()
{
    QCOMPARE(instrumentSummary(sample::startList()),
             (QStringList{u"ETH-USDT: 1 long, 1 short · 12 cont."_s, u"BTC-USDT: 2 long, 1 short · 25 cont."_s,
                          u"1000PEPE-USDT: 1 short · 2,500 cont."_s, u"SOL-USDT: 2 long · 26 cont."_s}));
    Order silent = sample::startList().first();
    silent.quantity.reset();
    silent.remainingQuantity.reset();
    silent.filledQuantity.reset();
    silent.positionSide.reset();
    // A sum of what is only partly known is no sum.
    QCOMPARE(instrumentSummary({sample::startList().first(), silent}),
             QStringList{u"ETH-USDT: 1 long, 1 of unknown side"_s});
}

void TestBulkCancelDialog::saysWhatAllAreWorth()
{
    QList<Order> orders = sample::startList().first(2);
    for (Order &order : orders) {
        order.price = Decimal::fromText(u"2000.5");
        order.remainingQuantity = Decimal(4);
        order.lotSize = Decimal::fromText(u"0.1");
        order.type = OrderType::Limit;
    }
    open(orders);
    const auto *summary = m_dialog->findChild<QLabel *>(u"bulkSummary"_s);
    QVERIFY2(summary->text().split(u'\n').contains(u"Value 1,600.40 USDT"_s), qPrintable(summary->text()));
}

void TestBulkCancelDialog::attention()
{
    QCOMPARE(attentionNotice(sample::startList()), u"1 partly filled · 2 with TP/SL attached"_s);
    QCOMPARE(attentionNotice(manyOrders(3)), QString());
}

void TestBulkCancelDialog::threeOrdersNeedNoNumber()
{
    open(manyOrders(3));
    QCOMPARE(m_dialog->windowTitle(), u"Cancel 3 practice orders — PRACTICE · Practice"_s);
    QCOMPARE(part<QLabel>(u"bulkHeading"_s)->text(), u"Cancel 3 practice orders?"_s);
    QCOMPARE(cancelButton()->accessibleName(), u"Cancel 3 practice orders"_s);
    QVERIFY(!number()->isVisible());
    QVERIFY(!part<QRadioButton>(u"bulkKeepProtective"_s)->isVisible());
    QCOMPARE(part<QTableWidget>(u"bulkList"_s)->rowCount(), 3);
    QVERIFY(part<QPushButton>(u"bulkKeepButton"_s)->hasFocus());
    QVERIFY(part<QPushButton>(u"bulkKeepButton"_s)->isDefault());

    // Too early, then in time.
    QVERIFY(!cancelButton()->isEnabled());
    QTest::keyClick(m_dialog, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_dialog->isVisible());
    QTRY_VERIFY(cancelButton()->isEnabled());
    QTest::keyClick(m_dialog, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(confirmedCount(), 3);
    QCOMPARE(m_kept->size(), 0);
}

void TestBulkCancelDialog::enterAndEscKeep_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("orders");
    QTest::newRow("Enter") << int(Qt::Key_Return) << 3;
    QTest::newRow("Esc") << int(Qt::Key_Escape) << 3;
    QTest::newRow("Enter in the empty number") << int(Qt::Key_Return) << 12;
    QTest::newRow("Esc in the number") << int(Qt::Key_Escape) << 12;
}

void TestBulkCancelDialog::enterAndEscKeep()
{
    QFETCH(int, key);
    QFETCH(int, orders);
    open(manyOrders(orders));
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key(key));
    QCOMPARE(m_kept->size(), 1);
    QCOMPARE(m_confirmed->size(), 0);
}

void TestBulkCancelDialog::theBarCoversNothing()
{
    open(manyOrders(23), true, u"Untriggered conditional orders were checked for 4 of 5 instruments only."_s);
    m_dialog->resize(m_dialog->minimumSizeHint().width(), 420);
    const auto *area = m_dialog->findChild<TallArea *>();
    QTRY_VERIFY(area->verticalScrollBar()->isVisible());
    QTRY_VERIFY2(area->widget()->width() <= area->viewport()->width(),
                 qPrintable(u"%1 in %2"_s.arg(area->widget()->width()).arg(area->viewport()->width())));
}

void TestBulkCancelDialog::tenOrdersNeedTheNumber()
{
    open(manyOrders(9));
    QVERIFY(!number()->isVisible());
    open(manyOrders(10));
    QVERIFY(number()->isVisible());
    QVERIFY(number()->hasFocus());
    QCOMPARE(number()->accessibleName(), u"Type 10 to confirm"_s);
    QTest::keyClicks(number(), u"10"_s);
    QTRY_VERIFY(cancelButton()->isEnabled()); // armed: from here on the number alone decides
    QTest::keyClick(number(), Qt::Key_Backspace);
    QTest::keyClick(number(), Qt::Key_1);
    QVERIFY(!cancelButton()->isEnabled());
    QVERIFY(number()->property("error").toBool());
    QTest::keyClick(number(), Qt::Key_Backspace);
    QTest::keyClick(number(), Qt::Key_0);
    QVERIFY(cancelButton()->isEnabled());
    QVERIFY(!number()->property("error").toBool());
    QTest::mouseClick(cancelButton(), Qt::LeftButton);
    QCOMPARE(confirmedCount(), 10);
}

void TestBulkCancelDialog::allNeedsTheNumberFromTwoOn()
{
    open(manyOrders(1), true);
    QVERIFY(!number()->isVisible());
    open(manyOrders(2), true);
    QVERIFY(number()->isVisible());
}

void TestBulkCancelDialog::enterOnTheNumber()
{
    open(manyOrders(12));
    QTest::keyClicks(number(), u"12"_s);
    QTest::keyClick(number(), Qt::Key_Return); // right, but too early
    QVERIFY(m_dialog->isVisible());
    QTRY_VERIFY(cancelButton()->isEnabled());
    QTest::keyClick(number(), Qt::Key_Backspace);
    QTest::keyClick(number(), Qt::Key_Return); // wrong
    QVERIFY(m_dialog->isVisible());
    QTest::keyClick(number(), Qt::Key_2);
    QTest::keyClick(number(), Qt::Key_Return);
    QCOMPARE(confirmedCount(), 12);
}

void TestBulkCancelDialog::protectiveOrdersAreKeptUnlessChosen()
{
    open(sample::startList(), true);
    auto *keep = part<QRadioButton>(u"bulkKeepProtective"_s);
    auto *cancelToo = part<QRadioButton>(u"bulkCancelProtective"_s);
    QVERIFY(keep->isVisible());
    QVERIFY(keep->isChecked());
    QCOMPARE(keep->text(), u"Keep the 1 protective order"_s);
    QCOMPARE(m_dialog->chosen().size(), 7);
    for (const Order &order : m_dialog->chosen())
        QVERIFY(!isProtective(order));
    QCOMPARE(number()->accessibleName(), u"Type 7 to confirm"_s);
    // All eight are shown; the one that stays says so in a word.
    auto *list = part<QTableWidget>(u"bulkList"_s);
    QCOMPARE(list->rowCount(), 8);
    QCOMPARE(list->item(6, list->columnCount() - 1)->text(), u"Kept"_s);

    QTest::keyClicks(number(), u"7"_s);
    cancelToo->click();
    QCOMPARE(number()->text(), QString()); // the number has changed
    QCOMPARE(number()->accessibleName(), u"Type 8 to confirm"_s);
    QCOMPARE(cancelButton()->text(), u"Cancel 8 practice orders"_s);
    QTest::keyClicks(number(), u"8"_s);
    QVERIFY(!cancelButton()->isEnabled()); // the arm delay has begun again
    QTRY_VERIFY(cancelButton()->isEnabled());
    QTest::keyClick(number(), Qt::Key_Return);
    QCOMPARE(confirmedCount(), 8);
}

void TestBulkCancelDialog::theHiddenAreCountedAsChosen()
{
    const QList<Order> orders = sample::startList();
    open(orders, true, {}, {orders.at(0).id, orders.at(1).id, orders.at(6).id});
    const auto *notice = part<NoticeBox>(u"bulkNotice_hidden"_s);
    // The seventh protects a position, and is kept.
    QVERIFY(isProtective(orders.at(6)));
    QCOMPARE(notice->text(), u"2 of them are hidden by the filter."_s);
    part<QRadioButton>(u"bulkCancelProtective"_s)->click();
    QCOMPARE(notice->text(), u"3 of them are hidden by the filter."_s);
    follow(orders.sliced(1));
    QCOMPARE(notice->text(), u"2 of them are hidden by the filter."_s);
}

void TestBulkCancelDialog::tellsThatMoreAreCounted()
{
    const OpenCount more{OpenCount::Knowledge::AtLeast, 8, 20};
    open(sample::startList(), true, {}, {}, more);
    const auto *notice = part<NoticeBox>(u"bulkNotice_count"_s);
    QCOMPARE(notice->text(), u"CoinW reports 20 open orders; 8 are listed, and 7 of them would be canceled."_s);
    part<QRadioButton>(u"bulkCancelProtective"_s)->click();
    QCOMPARE(notice->text(), u"CoinW reports 20 open orders; 8 are listed and would be canceled."_s);
    QVERIFY(m_dialog->accessibleDescription().contains(notice->text()));
    m_dialog->setCount({OpenCount::Knowledge::Exact, 8, {}});
    QVERIFY(notice->isHidden());

    // Of those that the user has chosen one by one it says nothing.
    open(sample::startList(), false, {}, {}, more);
    QVERIFY(part<NoticeBox>(u"bulkNotice_count"_s)->text().isEmpty());
}

void TestBulkCancelDialog::bothGo()
{
    QList<Order> orders = manyOrders(4);
    for (qsizetype i = 0; i < 2; ++i) {
        Order &order = orders[i];
        order.type = OrderType::TakeProfitStopLoss;
        order.takeProfitPrice = Decimal(120);
        order.stopLossPrice = Decimal(90);
    }
    open(orders);
    const auto text = [this] { return part<NoticeBox>(u"bulkNotice_both"_s)->text(); };
    // They are protective, and kept as long as nobody says otherwise.
    QCOMPARE(text(), QString());
    part<QRadioButton>(u"bulkCancelProtective"_s)->click();
    QCOMPARE(text(), u"2 of them carry a take profit and a stop loss each. Canceling them removes both."_s);
    QVERIFY(m_dialog->accessibleDescription().contains(text()));
    orders.removeFirst();
    follow(orders);
    QCOMPARE(text(), u"1 of them carries a take profit and a stop loss. Canceling it removes both."_s);
    // Their prices are their own, and not attached ones.
    QCOMPARE(part<NoticeBox>(u"bulkNotice_attention"_s)->text(), QString());
}

void TestBulkCancelDialog::namesWhatCoinWRefusedBefore()
{
    QList<Order> orders = manyOrders(5);
    orders[1].source = u"copy"_s;
    QSet<OrderId> refused{orders.at(1).id};
    open(orders, false, {}, {}, {}, {}, refused);
    const auto text = [this] { return part<NoticeBox>(u"bulkNotice_refused"_s)->text(); };
    QCOMPARE(text(), orderIdentity(orders.at(1)) + u": "_s + refusedHereText(orders.at(1)));
    QVERIFY(m_dialog->accessibleDescription().contains(text()));
    // What has gone meanwhile isn't asked about any more.
    follow({orders.at(0), orders.at(2), orders.at(3), orders.at(4)});
    QCOMPARE(text(), QString());

    for (const Order &order : std::as_const(orders))
        refused.insert(order.id);
    open(orders, false, {}, {}, {}, {}, refused);
    const QStringList lines = text().split(u'\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines.at(0).endsWith(u": CoinW refused to cancel this"_s));
    QCOMPARE(lines.at(3), u"and 2 more that CoinW refused to cancel"_s);
}

void TestBulkCancelDialog::orphansProtectNothing()
{
    open(sample::startList(), true);
    QVERIFY(part<QRadioButton>(u"bulkKeepProtective"_s)->isVisible());
    const QList<Order> before = m_dialog->chosen();
    const QList<Order> all = m_dialog->listed();
    QCOMPARE(all.size(), before.size() + 1);
    number()->setText(QString::number(before.size()));
    for (const Order &order : all) {
        if (isProtective(order))
            m_dialog->setOrphans({order.id});
    }
    QVERIFY(!part<QRadioButton>(u"bulkKeepProtective"_s)->isVisible());
    QCOMPARE(m_dialog->chosen().size(), all.size());
    QVERIFY(number()->text().isEmpty());
    QVERIFY(!cancelButton()->isEnabled());
    m_dialog->setOrphans({});
    QVERIFY(part<QRadioButton>(u"bulkKeepProtective"_s)->isVisible());
    QCOMPARE(m_dialog->chosen().size(), before.size());
}

void TestBulkCancelDialog::theLastStopFollowsTheChoice()
{
    Position position;
    position.instrument = u"SOL"_s;
    position.size = Decimal(20);
    const auto stopsLeft = [&position](const QList<Order> &leaving) {
        const bool stops = std::any_of(leaving.cbegin(), leaving.cend(), isProtective);
        return stops ? StopsLeft{{{position, Decimal(5)}}, false} : StopsLeft();
    };
    open(sample::startList(), true, {}, {}, {}, stopsLeft);
    const auto *notice = part<NoticeBox>(u"bulkNotice_laststop"_s);
    QCOMPARE(notice->text(), QString());
    part<QRadioButton>(u"bulkCancelProtective"_s)->setChecked(true);
    QCOMPARE(notice->text(), u"SOL long 20 (entry —) then has a stop for 5 of 20."_s);
    part<QRadioButton>(u"bulkKeepProtective"_s)->setChecked(true);
    QCOMPARE(notice->text(), QString());
}

void TestBulkCancelDialog::vanishedOrdersAreSkipped()
{
    QList<Order> orders = manyOrders(4);
    open(orders);
    QTRY_VERIFY(cancelButton()->isEnabled());
    orders.removeAt(1);
    orders.append(manyOrders(6).last()); // a new order is never added
    follow(orders);
    QCOMPARE(m_dialog->chosen().size(), 3);
    QVERIFY(!cancelButton()->isEnabled());
    QCOMPARE(part<QLabel>(u"bulkHeading"_s)->text(), u"Cancel 3 practice orders?"_s);
    auto *list = part<QTableWidget>(u"bulkList"_s);
    QCOMPARE(list->rowCount(), 4);
    QVERIFY(list->item(1, 0)->font().strikeOut());
    QCOMPARE(list->item(1, list->columnCount() - 1)->text(), u"Gone"_s);
    QVERIFY(m_dialog->accessibleDescription().contains(
        u"1 order vanished while this window was open and will be skipped."_s));
    // An order that comes back was not in the set any more when the user looked.
    follow(manyOrders(4));
    QCOMPARE(m_dialog->chosen().size(), 3);
    QTRY_VERIFY(cancelButton()->isEnabled());
    QTest::mouseClick(cancelButton(), Qt::LeftButton);
    QCOMPARE(confirmedCount(), 3);
}

void TestBulkCancelDialog::nothingLeft()
{
    open(manyOrders(2));
    follow({});
    QCOMPARE(part<QLabel>(u"bulkHeading"_s)->text(), u"These orders are no longer open"_s);
    QVERIFY(!cancelButton()->isVisible());
    auto *close = part<QPushButton>(u"bulkCloseButton"_s);
    QVERIFY(close->isVisible());
    QTest::keyClick(m_dialog, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_dialog->isVisible());
    close->click();
    QCOMPARE(m_confirmed->size(), 0);
    QCOMPARE(m_kept->size(), 0);
}

void TestBulkCancelDialog::changesDisarm()
{
    QList<Order> orders = manyOrders(3);
    open(orders);
    QTRY_VERIFY(cancelButton()->isEnabled());
    follow(orders);
    QVERIFY(cancelButton()->isEnabled()); // nothing has changed
    orders[2].remainingQuantity = Decimal(1);
    orders[2].filledQuantity = Decimal(4);
    follow(orders);
    QVERIFY(!cancelButton()->isEnabled());
    QCOMPARE(part<QTableWidget>(u"bulkList"_s)->item(2, 4)->text(), u"1 of 5 cont."_s);
    QCOMPARE(m_dialog->chosen().at(2).remainingQuantity, Decimal(1));
}

void TestBulkCancelDialog::abandoned()
{
    open(manyOrders(3));
    m_dialog->abandon();
    QCOMPARE(m_confirmed->size(), 0);
    QCOMPARE(m_kept->size(), 0);
    QTRY_VERIFY(!m_dialog);
}

void TestBulkCancelDialog::scanningFirstKeepsTheOrders()
{
    open(manyOrders(3), true);
    QVERIFY(!part<QPushButton>(u"bulkScanButton"_s)->isVisible());
    open(manyOrders(3), true, u"Untriggered conditional orders were checked for 1 of 4 instruments only."_s);
    auto *scan = part<QPushButton>(u"bulkScanButton"_s);
    QVERIFY(scan->isVisible());
    QCOMPARE(scan->text(), u"Scan all instruments"_s);
    QSignalSpy wanted(m_dialog, &BulkCancelDialog::scanWanted);
    QTest::mouseClick(scan, Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(m_kept->size(), 1);
    QCOMPARE(m_confirmed->size(), 0);
}

QTEST_MAIN(TestBulkCancelDialog)
#include "tst_bulkcanceldialog.moc"

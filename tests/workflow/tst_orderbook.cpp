#include "workflow/orderbook.h"

#include <QMap>
#include <QRandomGenerator>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Order order(const QString &id, OrderType type = OrderType::Limit, const QString &instrument = u"BTC"_s)
{
    Order made;
    made.id = OrderId(id);
    made.type = type;
    made.instrument = instrument;
    return made;
}

QStringList idsOf(const OrderBook &book)
{
    QStringList ids;
    const auto orders = book.orders();
    for (const Order &listed : orders)
        ids.append(listed.id.text());
    ids.sort();
    return ids;
}

std::optional<Order> copyOf(const Order *found)
{
    return found ? std::optional(*found) : std::nullopt;
}

const ListSource plan{ListKind::Plan, {}};
const ListSource execute{ListKind::Execute, {}};
const ListSource stops{ListKind::StopProfitLoss, {}};
const ListSource triggerEth{ListKind::Trigger, u"ETH"_s};

} // namespace

class OrderBookTest : public QObject
{
    Q_OBJECT

private:
    const TimePoint m_start = TimePoint(1000s);

private slots:
    void countsEachIdOnce()
    {
        OrderBook book;
        book.apply(plan, m_start, {order(u"1"_s), order(u"2"_s)});
        book.apply(execute, m_start + 1s, {order(u"2"_s), order(u"3"_s, OrderType::Market)});
        QCOMPARE(idsOf(book), QStringList({u"1"_s, u"2"_s, u"3"_s}));
        QCOMPARE(book.sourcesOf(OrderId(u"2"_s)).size(), 2);
    }

    void theLatestReadWins()
    {
        OrderBook book;
        Order older = order(u"2"_s);
        older.filledQuantity = Decimal(1);
        Order newer = order(u"2"_s);
        newer.filledQuantity = Decimal(2);
        book.apply(execute, m_start + 1s, {newer});
        book.apply(plan, m_start, {older});
        QCOMPARE(book.orders().constFirst().filledQuantity->toText(), u"2"_s);
    }

    void removesOnlyRowsOfItsOwnKind()
    {
        OrderBook book;
        book.apply(plan, m_start, {order(u"1"_s)});
        book.apply(stops, m_start, {order(u"9"_s, OrderType::StopLoss)});
        book.apply(plan, m_start + 1s, {});
        QCOMPARE(idsOf(book), QStringList({u"9"_s}));
    }

    void anOlderRepeatKeepsNothingAlive()
    {
        OrderBook book;
        book.apply(plan, m_start, {order(u"1"_s)});
        book.apply(execute, m_start + 1s, {order(u"1"_s)});
        book.apply(plan, m_start + 2s, {});
        QVERIFY(!book.contains(OrderId(u"1"_s)));
    }

    void aNewerRepeatIsBelieved()
    {
        OrderBook book;
        book.apply(plan, m_start, {order(u"1"_s)});
        book.apply(execute, m_start + 3s, {order(u"1"_s)});
        book.apply(plan, m_start + 2s, {});
        QVERIFY(book.contains(OrderId(u"1"_s)));
    }

    void aTriggeredOrderStaysUntilThePlanReadSpeaks()
    {
        OrderBook book;
        book.apply(triggerEth, m_start, {order(u"7"_s, OrderType::Trigger, u"ETH"_s)});
        book.apply(triggerEth, m_start + 2s, {});
        QVERIFY(book.contains(OrderId(u"7"_s)));
        // Begun before the conditional read missed it: proves nothing.
        book.apply(plan, m_start + 1s, {});
        QVERIFY(book.contains(OrderId(u"7"_s)));
        book.apply(plan, m_start + 3s, {});
        QVERIFY(!book.contains(OrderId(u"7"_s)));
    }

    void aTriggeredOrderBecomesAPlanOrder()
    {
        OrderBook book;
        book.apply(triggerEth, m_start, {order(u"7"_s, OrderType::Trigger, u"ETH"_s)});
        book.apply(triggerEth, m_start + 2s, {});
        book.apply(plan, m_start + 3s, {order(u"7"_s, OrderType::Limit, u"ETH"_s)});
        QCOMPARE(idsOf(book), QStringList({u"7"_s}));
        QCOMPARE(book.orders().constFirst().type, OrderType::Limit);
    }

    void instrumentsAreThoseWithAnOrder()
    {
        OrderBook book;
        book.apply(plan, m_start,
                   {order(u"1"_s), order(u"2"_s, OrderType::Limit, u"SOL"_s), order(u"3"_s, OrderType::Limit, {})});
        QCOMPARE(book.instruments(), QSet<QString>({u"BTC"_s, u"SOL"_s}));
    }

    void changesAreTheSameAsWholeLists()
    {
        QRandomGenerator random(33);
        const QList<ListSource> sources{plan, execute, stops, triggerEth};
        int changesTaken = 0;
        for (int round = 0; round < 60; ++round) {
            OrderBook whole;
            OrderBook change;
            QHash<ListSource, QMap<OrderId, Order>> lists;
            for (int read = 0; read < 40; ++read) {
                const ListSource source = sources[qsizetype(random.bounded(4))];
                const TimePoint begunAt = m_start + std::chrono::seconds(read);
                const auto before = lists.value(source);
                // Few ids, so that lists overlap, and not always alike.
                auto &now = lists[source];
                for (int i = int(random.bounded(5)); i > 0; --i) {
                    Order one = order(QString::number(random.bounded(8)));
                    one.remainingQuantity = Decimal(qint64(random.bounded(3)));
                    if (random.bounded(3) == 0)
                        now.remove(one.id);
                    else
                        now.insert(one.id, one);
                }
                QList<Order> changed;
                QList<OrderId> gone;
                for (const Order &one : std::as_const(now)) {
                    if (!before.contains(one.id) || !(before.value(one.id) == one))
                        changed.append(one);
                }
                for (const Order &one : before) {
                    if (!now.contains(one.id))
                        gone.append(one.id);
                }
                QHash<OrderId, std::optional<Order>> found;
                for (int id = 0; id < 8; ++id)
                    found.insert(OrderId(QString::number(id)), copyOf(change.find(OrderId(QString::number(id)))));
                whole.apply(source, begunAt, now.values());
                const auto touched = change.takesChange(source) ? change.applyChange(source, begunAt, changed, gone)
                                                                : change.apply(source, begunAt, now.values());
                changesTaken += change.takesChange(source) ? 1 : 0;
                QCOMPARE(idsOf(change), idsOf(whole));
                for (auto entry = found.cbegin(); entry != found.cend(); ++entry) {
                    QCOMPARE(copyOf(change.find(entry.key())), copyOf(whole.find(entry.key())));
                    QVERIFY(touched.contains(entry.key()) || copyOf(change.find(entry.key())) == entry.value());
                }
            }
        }
        QVERIFY(changesTaken > 1000);
    }

    void aScanLeavesNoEmptyListsBehind()
    {
        OrderBook book;
        QVERIFY(book.apply({ListKind::Trigger, u"SOL"_s}, m_start, {}).isEmpty());
        QCOMPARE(book.apply(triggerEth, m_start, {order(u"1"_s, OrderType::Trigger)}).size(), 1);
        QCOMPARE(book.countOf(triggerEth), 1);
        QCOMPARE(book.applyChange(triggerEth, m_start + 1s, {}, {OrderId(u"1"_s)}).size(), 1);
        // Perhaps it has triggered.
        QVERIFY(book.find(OrderId(u"1"_s)));
        QCOMPARE(book.apply(plan, m_start + 2s, {}).size(), 1);
        QVERIFY(!book.find(OrderId(u"1"_s)));
    }

    void listsThatMustMissAnOrder_data()
    {
        QTest::addColumn<OrderType>("type");
        QTest::addColumn<QList<ListSource>>("lists");
        QTest::newRow("limit") << OrderType::Limit << QList<ListSource>{plan};
        QTest::newRow("other") << OrderType::Other << QList<ListSource>{plan};
        QTest::newRow("market") << OrderType::Market << QList<ListSource>{execute, plan};
        QTest::newRow("trigger") << OrderType::Trigger << QList<ListSource>{triggerEth, plan};
        QTest::newRow("trailing") << OrderType::TrailingStop << QList<ListSource>{{ListKind::Trailing, {}}};
        QTest::newRow("take profit") << OrderType::TakeProfit << QList<ListSource>{stops};
        QTest::newRow("stop loss") << OrderType::StopLoss << QList<ListSource>{stops};
    }

    void listsThatMustMissAnOrder()
    {
        QFETCH(OrderType, type);
        QFETCH(QList<ListSource>, lists);
        QCOMPARE(listsOf(order(u"1"_s, type, u"ETH"_s)), lists);
    }
};

QTEST_GUILESS_MAIN(OrderBookTest)
#include "tst_orderbook.moc"

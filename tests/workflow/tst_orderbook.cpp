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

ListLook look(const ListSource &source, TimePoint begunAt, ListExtent extent = ListExtent::Whole)
{
    return {source, begunAt, begunAt + 50ms, extent};
}

Order repeated(const QString &id)
{
    Order made = order(id);
    made.typeWord = u"plan"_s;
    return made;
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
        book.apply(look(plan, m_start), {order(u"1"_s), order(u"2"_s)});
        book.apply(look(execute, m_start + 1s), {order(u"2"_s), order(u"3"_s, OrderType::Market)});
        QCOMPARE(idsOf(book), QStringList({u"1"_s, u"2"_s, u"3"_s}));
        QCOMPARE(book.sourcesOf(OrderId(u"2"_s)).size(), 2);
    }

    void aSightIsAsOldAsTheListItCameFrom()
    {
        OrderBook book;
        QVERIFY(!book.sightOf(OrderId(u"1"_s)));
        book.apply(look(plan, m_start), {order(u"1"_s), order(u"2"_s)});
        book.apply(look(triggerEth, m_start + 1s), {order(u"7"_s, OrderType::Trigger, u"ETH"_s)});
        book.apply(look(execute, m_start + 2s), {order(u"2"_s)});
        const auto seenAt = [&](const QString &id) { return book.sightOf(OrderId(id))->at; };
        QCOMPARE(seenAt(u"1"_s), m_start);
        QCOMPARE(seenAt(u"2"_s), m_start + 2s);
        QVERIFY(book.sightOf(OrderId(u"2"_s))->source == execute);
        QCOMPARE(seenAt(u"7"_s), m_start + 1s);
        QVERIFY(book.sightOf(OrderId(u"7"_s))->source == triggerEth);
        // The reads of one list make the rows of another no younger.
        book.apply(look(plan, m_start + 3s), {order(u"1"_s)});
        QCOMPARE(seenAt(u"1"_s), m_start + 3s);
        QCOMPARE(seenAt(u"7"_s), m_start + 1s);
        // Nor does a part of the list that lacks the row.
        book.apply(look(plan, m_start + 4s, ListExtent::Partial), {});
        book.apply(look(plan, m_start + 5s, ListExtent::Partial), {});
        QCOMPARE(seenAt(u"1"_s), m_start + 3s);
        // Perhaps triggered: it was seen by the look before the one that missed it.
        book.apply(look(triggerEth, m_start + 6s), {});
        QCOMPARE(seenAt(u"7"_s), m_start + 1s);
        book.slept(1h);
        QCOMPARE(seenAt(u"1"_s), m_start + 3s - 1h);
        QCOMPARE(seenAt(u"7"_s), m_start + 1s - 1h);
    }

    void theLatestReadWins()
    {
        OrderBook book;
        Order older = order(u"2"_s);
        older.filledQuantity = Decimal(1);
        Order newer = order(u"2"_s);
        newer.filledQuantity = Decimal(2);
        book.apply(look(execute, m_start + 1s), {newer});
        book.apply(look(plan, m_start), {older});
        QCOMPARE(book.orders().constFirst().filledQuantity->toText(), u"2"_s);
    }

    void removesOnlyRowsOfItsOwnKind()
    {
        OrderBook book;
        book.apply(look(plan, m_start), {order(u"1"_s)});
        book.apply(look(stops, m_start), {order(u"9"_s, OrderType::StopLoss)});
        book.apply(look(plan, m_start + 1s), {});
        QCOMPARE(idsOf(book), QStringList({u"9"_s}));
    }

    void anOlderRepeatKeepsNothingAlive()
    {
        OrderBook book;
        book.apply(look(plan, m_start), {repeated(u"1"_s)});
        book.apply(look(execute, m_start + 1s), {repeated(u"1"_s)});
        book.apply(look(plan, m_start + 2s), {});
        QVERIFY(!book.contains(OrderId(u"1"_s)));
    }

    void aNewerRepeatIsBelieved()
    {
        OrderBook book;
        book.apply(look(plan, m_start), {repeated(u"1"_s)});
        book.apply(look(execute, m_start + 3s), {repeated(u"1"_s)});
        book.apply(look(plan, m_start + 2s), {});
        QVERIFY(book.contains(OrderId(u"1"_s)));
    }

    /// Of the eleven faults: a list that stopped repeating another list's orders removed them.
    void aRowIsRemovedOnlyByItsOwnList()
    {
        OrderBook book;
        book.apply(look(plan, m_start), {repeated(u"1"_s)});
        book.apply(look(execute, m_start + 1s), {repeated(u"1"_s), order(u"2"_s, OrderType::Market)});
        book.apply(look(execute, m_start + 2s), {order(u"2"_s, OrderType::Market)});
        QCOMPARE(idsOf(book), QStringList({u"1"_s, u"2"_s}));
        // A market order that both list is another's no more than the other's.
        Order market = order(u"3"_s, OrderType::Market);
        market.typeWord = u"execute"_s;
        book.apply(look(execute, m_start + 3s), {market});
        book.apply(look(plan, m_start + 4s), {repeated(u"1"_s), market});
        book.apply(look(plan, m_start + 5s), {repeated(u"1"_s)});
        QCOMPARE(idsOf(book), QStringList({u"1"_s, u"3"_s}));
    }

    /// Of the eleven faults: lists that are not whole counted as whole.
    void aListThatIsNotWholeRemovesNothing()
    {
        OrderBook book;
        Order changed = order(u"1"_s);
        changed.remainingQuantity = Decimal(1);
        book.apply(look(plan, m_start), {order(u"1"_s), order(u"2"_s)});
        const auto touched = book.apply(look(plan, m_start + 1s, ListExtent::Partial), {changed, order(u"3"_s)});
        QCOMPARE(idsOf(book), QStringList({u"1"_s, u"2"_s, u"3"_s}));
        QCOMPARE(touched, QSet<OrderId>({OrderId(u"1"_s), OrderId(u"3"_s)}));
        QCOMPARE(book.find(OrderId(u"1"_s))->remainingQuantity->toText(), u"1"_s);
        // It is kept, but that answer did not have it.
        QVERIFY(!book.listedIn(plan, OrderId(u"2"_s)));
        QVERIFY(book.listedIn(plan, OrderId(u"3"_s)));
        QCOMPARE(book.lastListedAt(OrderId(u"2"_s)), std::nullopt);
        QCOMPARE(book.lastListedAt(OrderId(u"3"_s)), m_start + 1s);
        QCOMPARE(book.unseenCount(), 1);
        book.apply(look(plan, m_start + 2s), {changed});
        QCOMPARE(idsOf(book), QStringList({u"1"_s}));
        QCOMPARE(book.unseenCount(), 0);
    }

    void aPartOfThePlanListSaysNothingOfATriggeredOrder()
    {
        OrderBook book;
        book.apply(look(triggerEth, m_start), {order(u"7"_s, OrderType::Trigger, u"ETH"_s)});
        book.apply(look(triggerEth, m_start + 2s), {});
        book.apply(look(plan, m_start + 3s, ListExtent::Partial), {});
        QVERIFY(book.contains(OrderId(u"7"_s)));
        QCOMPARE(book.unseenCount(), 1);
        // Begun while the look that missed it was still under way: it may have triggered in between.
        book.apply(look(plan, m_start + 2s + 20ms), {});
        QVERIFY(book.contains(OrderId(u"7"_s)));
        book.apply(look(plan, m_start + 4s), {});
        QVERIFY(!book.contains(OrderId(u"7"_s)));
    }

    void aTriggeredOrderStaysUntilThePlanReadSpeaks()
    {
        OrderBook book;
        book.apply(look(triggerEth, m_start), {order(u"7"_s, OrderType::Trigger, u"ETH"_s)});
        book.apply(look(triggerEth, m_start + 2s), {});
        QVERIFY(book.contains(OrderId(u"7"_s)));
        // Begun before the conditional read missed it: proves nothing.
        book.apply(look(plan, m_start + 1s), {});
        QVERIFY(book.contains(OrderId(u"7"_s)));
        book.apply(look(plan, m_start + 3s), {});
        QVERIFY(!book.contains(OrderId(u"7"_s)));
    }

    void aTriggeredOrderBecomesAPlanOrder()
    {
        OrderBook book;
        book.apply(look(triggerEth, m_start), {order(u"7"_s, OrderType::Trigger, u"ETH"_s)});
        book.apply(look(triggerEth, m_start + 2s), {});
        book.apply(look(plan, m_start + 3s), {order(u"7"_s, OrderType::Limit, u"ETH"_s)});
        QCOMPARE(idsOf(book), QStringList({u"7"_s}));
        QCOMPARE(book.orders().constFirst().type, OrderType::Limit);
    }

    void instrumentsAreThoseWithAnOrder()
    {
        OrderBook book;
        book.apply(look(plan, m_start),
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
                    Order one = repeated(QString::number(random.bounded(8)));
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
                whole.apply(look(source, begunAt), now.values());
                const auto touched = change.takesChange(source)
                                         ? change.applyChange(look(source, begunAt), changed, gone)
                                         : change.apply(look(source, begunAt), now.values());
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
        QVERIFY(book.apply(look({ListKind::Trigger, u"SOL"_s}, m_start), {}).isEmpty());
        QCOMPARE(book.apply(look(triggerEth, m_start), {order(u"1"_s, OrderType::Trigger)}).size(), 1);
        QCOMPARE(book.countOf(triggerEth), 1);
        QCOMPARE(book.applyChange(look(triggerEth, m_start + 1s), {}, {OrderId(u"1"_s)}).size(), 1);
        // Perhaps it has triggered.
        QVERIFY(book.find(OrderId(u"1"_s)));
        QCOMPARE(book.apply(look(plan, m_start + 2s), {}).size(), 1);
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
        QTest::newRow("both") << OrderType::TakeProfitStopLoss << QList<ListSource>{stops};
    }

    void listsThatMustMissAnOrder()
    {
        QFETCH(OrderType, type);
        QFETCH(QList<ListSource>, lists);
        QCOMPARE(listsOf(order(u"1"_s, type, u"ETH"_s)), lists);
    }

    void aConditionalOrderWithoutALimitPriceCanBecomeAMarketOrder()
    {
        Order conditional = order(u"1"_s, OrderType::Trigger, u"ETH"_s);
        conditional.marketPrice = true;
        QCOMPARE(listsOf(conditional), (QList<ListSource>{triggerEth, plan, execute}));
    }
};

QTEST_GUILESS_MAIN(OrderBookTest)
#include "tst_orderbook.moc"

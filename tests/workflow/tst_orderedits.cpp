#include "positionrows.h"
#include "workflow/orderedits.h"

#include <QObject>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

const TimePoint start{1000s};

Order limitOrder(const QString &id, qint64 size, const QString &client = {})
{
    Order order = btcOrder(id, OrderType::Limit, PositionEffect::Open, size);
    order.clientOrderId = client;
    return order;
}

} // namespace

/// Which order another one has become by an edit from elsewhere.
class TestOrderEdits : public QObject
{
    Q_OBJECT

private:
    static QString partner(const std::optional<Order> &order) { return order ? order->id.text() : u"none"_s; }

private slots:
    void oneForOne()
    {
        OrderEdits edits;
        edits.left(limitOrder(u"1"_s, 5), start);
        QCOMPARE(partner(edits.after(OrderId(u"1"_s))), u"none"_s);
        edits.came(limitOrder(u"2"_s, 5), start + 10s);
        QCOMPARE(partner(edits.after(OrderId(u"1"_s))), u"2"_s);
        QCOMPARE(partner(edits.before(OrderId(u"2"_s))), u"1"_s);
        QCOMPARE(partner(edits.before(OrderId(u"1"_s))), u"none"_s);
    }

    void theNewOneMayBeSeenFirst()
    {
        OrderEdits edits;
        edits.came(limitOrder(u"2"_s, 5), start);
        edits.left(limitOrder(u"1"_s, 5), start + 4s);
        QCOMPARE(partner(edits.before(OrderId(u"2"_s))), u"1"_s);
    }

    void tooLongApart()
    {
        OrderEdits edits;
        edits.left(limitOrder(u"1"_s, 5), start);
        edits.came(limitOrder(u"2"_s, 5), start + 10001ms);
        QCOMPARE(partner(edits.after(OrderId(u"1"_s))), u"none"_s);
    }

    void severalAreNone()
    {
        OrderEdits edits;
        edits.left(limitOrder(u"1"_s, 5), start);
        edits.came(limitOrder(u"2"_s, 5), start);
        edits.came(limitOrder(u"3"_s, 5), start);
        QCOMPARE(partner(edits.after(OrderId(u"1"_s))), u"none"_s);
        QCOMPARE(partner(edits.before(OrderId(u"2"_s))), u"none"_s);

        OrderEdits other;
        other.left(limitOrder(u"1"_s, 5), start);
        other.left(limitOrder(u"4"_s, 5), start);
        other.came(limitOrder(u"2"_s, 5), start);
        QCOMPARE(partner(other.after(OrderId(u"1"_s))), u"none"_s);
        QCOMPARE(partner(other.before(OrderId(u"2"_s))), u"none"_s);
    }

    void anotherOrderIsNone_data()
    {
        QTest::addColumn<int>("field");
        for (int field = 0; field < 6; ++field)
            QTest::addRow("%d", field) << field;
    }
    void anotherOrderIsNone()
    {
        QFETCH(const int, field);
        Order came = limitOrder(u"2"_s, 5);
        switch (field) {
        case 0:
            came.instrument = u"ETH"_s;
            break;
        case 1:
            came.positionSide = PositionSide::Short;
            break;
        case 2:
            came.positionEffect = PositionEffect::Close;
            break;
        case 3:
            came.type = OrderType::Trigger;
            break;
        case 4:
            came.quantity = Decimal(6);
            break;
        default:
            came.quantity.reset();
        }
        OrderEdits edits;
        edits.left(limitOrder(u"1"_s, 5), start);
        edits.came(came, start);
        QCOMPARE(partner(edits.after(OrderId(u"1"_s))), u"none"_s);
    }

    void theClientsIdTells()
    {
        OrderEdits edits;
        edits.left(limitOrder(u"1"_s, 5, u"desk-1"_s), start);
        edits.came(limitOrder(u"2"_s, 9, u"desk-1"_s), start);
        edits.came(limitOrder(u"3"_s, 5, u"desk-2"_s), start);
        edits.came(limitOrder(u"4"_s, 5), start);
        QCOMPARE(partner(edits.after(OrderId(u"1"_s))), u"2"_s);
        QCOMPARE(partner(edits.before(OrderId(u"3"_s))), u"none"_s);
    }

    void aCancelOfOursExplainsTheRest()
    {
        QVERIFY(OrderEdits::mayHaveBeenEdited({}));
        QVERIFY(OrderEdits::mayHaveBeenEdited(CancelStage::GoneLookingUp));
        QVERIFY(!OrderEdits::mayHaveBeenEdited(CancelStage::Sending));
        QVERIFY(!OrderEdits::mayHaveBeenEdited(CancelStage::Accepted));
        QVERIFY(!OrderEdits::mayHaveBeenEdited(CancelStage::UnknownChecking));
    }
};

QTEST_GUILESS_MAIN(TestOrderEdits)
#include "tst_orderedits.moc"

#include "exchange/badrows.h"
#include "exchange/listimage.h"
#include "exchange/numbertext.h"
#include "exchange/orderreader.h"
#include "exchange/rows.h"
#include "exchange/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

using Image = std::shared_ptr<const ListImage>;

RawReply answer(const QByteArray &body)
{
    RawReply reply;
    reply.httpStatus = 200;
    reply.reportedSent = true;
    reply.body = body;
    return reply;
}

Result<OrderPage> readList(const QByteArray &body, const Image &base = {})
{
    return readOrders(ListKind::Plan, answer(body), Credentials(u"key"_s, u"secret"_s), base);
}

QByteArray row(const QByteArray &id, const QByteArray &price = "95400.10", const QByteArray &state = "unFinish")
{
    return "{\"id\":" + id +
           ",\"instrument\":\"BTC\",\"direction\":\"long\",\"status\":\"open\",\"posType\":\"plan\",\"orderStatus\":"
           "\"" +
           state + "\",\"orderPrice\":" + price +
           ",\"totalPiece\":5,\"currentPiece\":5,\"other\":[1,{\"a\":\"]}\"}],\"thirdOrderId\":\"a\\\"b\\\\c \\u00e9 "
           "é\"}";
}

QByteArray list(const QByteArrayList &rows)
{
    return R"({"code":0,"data":[)" + rows.join(',') + R"(],"msg":""})";
}

/// What an answer holds, and how much of its list that is.
struct Plain {
    QList<Order> orders;
    ListExtent extent = ListExtent::Partial;
};

/// The same answer read by QJsonDocument alone: nothing if it is no list.
std::optional<Plain> plainly(const QByteArray &body)
{
    QJsonDocument document = QJsonDocument::fromJson(quoteNumbers(body));
    if (document.isNull())
        document = QJsonDocument::fromJson(quoteNumbers(withoutBadRows(body)));
    const QJsonObject envelope = document.object();
    if (envelope["code"_L1] != u"0"_s || !(envelope["msg"_L1].isString() || envelope["message"_L1].isString()))
        return {};
    const QJsonValue data = envelope["data"_L1];
    const QJsonValue rows = data.isObject() ? data["rows"_L1] : data;
    if (!rows.isArray() && !rows.isNull())
        return {};
    Plain plain;
    QSet<QString> ids;
    bool anySkipped = false;
    const auto array = rows.toArray();
    for (const QJsonValue &value : array) {
        auto object = value.toObject();
        // Qt takes "5." for a number, which JSON does not know.
        if (std::any_of(object.begin(), object.end(), [](const QJsonValue &member) { return member.isDouble(); }))
            object = {};
        const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
        RowText text;
        text.read(json, 0);
        const ListedRow read = readListedRow(text, ListKind::Plan);
        anySkipped = anySkipped || read.order.id.isEmpty();
        if (read.order.id.isEmpty())
            continue;
        ids.insert(read.order.id.text());
        if (read.isOpen)
            plain.orders.append(read.order);
    }
    if (ids.isEmpty() && !array.isEmpty())
        return {};
    const int total = data["total"_L1].toString().toInt();
    if (anySkipped || (total > 0 && ids.size() < total))
        plain.extent = ListExtent::Partial;
    else
        plain.extent = total > 0 || array.isEmpty() ? ListExtent::Whole : ListExtent::Uncounted;
    return plain;
}

/// Orders as somebody holds them who takes over one change after the other.
class Holder
{
public:
    void take(const QByteArray &body)
    {
        const auto page = readList(body, m_image);
        QVERIFY(page);
        QCOMPARE(page->listing.isChange, m_image != nullptr);
        for (const OrderId &id : page->listing.gone)
            QCOMPARE(m_orders.remove(id), 1);
        for (const Order &order : page->listing.orders)
            m_orders.insert(order.id, order);
        m_image = page->listing.image;
        touched = int(page->listing.orders.size() + page->listing.gone.size());

        QMap<OrderId, Order> expected;
        const auto plain = plainly(body).value_or(Plain());
        for (const Order &order : plain.orders)
            expected.insert(order.id, order);
        QCOMPARE(m_orders.keys(), expected.keys());
        QCOMPARE(m_orders.values(), expected.values());
        QCOMPARE(page->listing.count, int(plain.orders.size()));
        QCOMPARE(page->listing.extent, plain.extent);
    }

    int touched = 0;

private:
    Image m_image;
    QMap<OrderId, Order> m_orders;
};

} // namespace

/// Lists of open orders: read whole, and as changes to an earlier read.
class TestOrderReader : public QObject
{
    Q_OBJECT

private slots:
    void recordsOfThePastAreNoList()
    {
        RawReply reply;
        reply.httpStatus = 200;
        reply.body =
            R"({"code":0,"msg":"","data":[{"id":"1","orderId":"2","instrument":"BTC","orderStatus":"finish"}]})";
        for (const ListKind kind : {ListKind::Plan, ListKind::Execute, ListKind::Trigger}) {
            const auto page = readOrders(kind, reply, Credentials({}, {}));
            QVERIFY(!page);
            QCOMPARE(int(page.error().kind), int(ApiError::Kind::Malformed));
        }
    }

    void oneBadRowCostsItself_data()
    {
        QTest::addColumn<QByteArray>("bad");
        QTest::newRow("bad UTF-8 in the id") << "{\"id\":\"\xff\xfe\"}"_ba;
        QTest::newRow("no JSON number") << R"({"id":"2","orderPrice":NaN})"_ba;
        QTest::newRow("number that only Qt takes") << R"({"id":"2","orderPrice":5.})"_ba;
        QTest::newRow("zeros in front") << R"({"id":01})"_ba;
        QTest::newRow("comma at the end") << R"({"id":"2",})"_ba;
        QTest::newRow("name without quotes") << R"({id:"2"})"_ba;
        QTest::newRow("brackets of two kinds") << R"({"id":"2","x":[}})"_ba;
        QTest::newRow("quote too few") << "{\"id\":\"2\",\"x\":\"abc}"_ba;
        QTest::newRow("bracket too few") << R"({"id":"2","x":[1})"_ba;
        QTest::newRow("word") << "undefined"_ba;
        QTest::newRow("null") << "null"_ba;
        QTest::newRow("record of the past") << R"({"id":"2","orderId":"9","orderStatus":"finish"})"_ba;
    }

    void oneBadRowCostsItself()
    {
        QFETCH(const QByteArray, bad);
        const QByteArray good = list({row("1"), row("2"), row("3")});
        const auto base = readList(good)->listing.image;
        for (const QByteArrayList &rows :
             {QByteArrayList{row("1"), bad, row("3")}, QByteArrayList{bad, row("1"), row("3")},
              QByteArrayList{row("1"), row("3"), bad}}) {
            const auto page = readList(list(rows));
            QVERIFY2(page, list(rows).constData());
            QStringList ids;
            for (const Order &order : page->listing.orders)
                ids.append(order.id.text());
            QCOMPARE(ids.join(u','), u"1,3"_s);
            QCOMPARE(page->listing.skippedRows, 1);
            // It removes nothing and proves nothing.
            QCOMPARE(page->listing.extent, ListExtent::Partial);
            const auto change = readList(list(rows), base);
            QVERIFY(change);
            QCOMPARE(change->listing.count, 2);
            QCOMPARE(change->listing.extent, ListExtent::Partial);
        }
    }

    void badBytesBesideTheIdCostNothing()
    {
        const auto page =
            readList(list({row("1"), "{\"id\":\"2\",\"thirdOrderId\":\"a\xff\",\"orderPrice\":95400.10}"}));
        QVERIFY(page);
        QCOMPARE(page->listing.skippedRows, 0);
        QCOMPARE(page->listing.orders.size(), 2);
        QCOMPARE(page->listing.orders.at(1).id.text(), u"2"_s);
        QCOMPARE(page->listing.orders.at(1).price->toText(), u"95400.10"_s);
    }

    void anAbsurdTotalIsMoreThanIsHere()
    {
        const auto page =
            readList(R"({"code":0,"msg":"","data":{"rows":[)" + row("1") + R"(],"total":99999999999999999999}})");
        QVERIFY(page && page->total);
        QCOMPARE(page->listing.extent, ListExtent::Partial);
    }

    void handsOverWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QByteArray>("body");
        const QByteArray row = R"({"id":"7","instrument":"BTC","orderPrice":95400.10})";
        QTest::newRow("mark at the begin")
            << QByteArray("\xef\xbb\xbf{\"code\":0,\"data\":[" + row + "],\"msg\":\"\"}");
        QTest::newRow("escaped name of the list")
            << QByteArray(R"({"code":0,"d\u0061ta":[)" + row + R"(],"msg":""})");
        QTest::newRow("escaped name of the rows")
            << QByteArray(R"({"code":0,"data":{"r\u006fws":[)" + row + R"(],"total":1},"msg":""})");
        QTest::newRow("the list twice") << QByteArray(R"({"code":0,"data":[],"msg":"","data":[)" + row + "]}");
        QTest::newRow("escaped name in the row")
            << QByteArray(R"({"code":0,"data":[{"i\u0064":"7","instrument":"BTC","orderPrice":95400.10}],"msg":""})");
    }

    void handsOverWhatItDoesNotKnow()
    {
        QFETCH(const QByteArray, body);
        const auto page = readList(body);
        QVERIFY(page);
        QCOMPARE(page->listing.orders.size(), 1);
        QCOMPARE(page->listing.orders.first().id.text(), u"7"_s);
        QCOMPARE(page->listing.orders.first().price->toText(), u"95400.10"_s);
        // And what changes is told, too.
        const auto same = readList(body, page->listing.image);
        QVERIFY(same && same->listing.orders.isEmpty() && same->listing.gone.isEmpty());
        QCOMPARE(same->listing.count, 1);
    }

    void aMarkInsideATextStays()
    {
        const auto page = readList("{\"code\":0,\"data\":[{\"id\":\"\xef\xbb\xbf"
                                   "7\",\"orderPrice\":\"\xef\xbb\xbf"
                                   "5\"}],\"msg\":\"\"}");
        QVERIFY(page && page->listing.orders.size() == 1);
        // It belongs to the id that goes back, and makes no number.
        QCOMPARE(page->listing.orders.first().id.text(), u"\ufeff7"_s);
        QVERIFY(!page->listing.orders.first().price);
    }

    void changes_data()
    {
        QTest::addColumn<QByteArrayList>("before");
        QTest::addColumn<QByteArrayList>("after");
        QTest::addColumn<int>("touched");
        const QByteArray a = row("1"), b = row("2"), c = row("3"), d = row("4"), e = row("5");
        const QByteArray newB = row("2", "95400.2");
        const QByteArrayList none;
        QTest::newRow("same") << QByteArrayList{a, b, c} << QByteArrayList{a, b, c} << 0;
        QTest::newRow("one changed") << QByteArrayList{a, b, c} << QByteArrayList{a, newB, c} << 1;
        QTest::newRow("only digits changed")
            << QByteArrayList{row("1", "1.5")} << QByteArrayList{row("1", "1.50")} << 1;
        QTest::newRow("one left") << QByteArrayList{a, b, c} << QByteArrayList{a, c} << 1;
        QTest::newRow("two left") << QByteArrayList{a, b, c, d} << QByteArrayList{a, d} << 2;
        QTest::newRow("first left") << QByteArrayList{a, b, c} << QByteArrayList{b, c} << 1;
        QTest::newRow("last left") << QByteArrayList{a, b, c} << QByteArrayList{a, b} << 1;
        QTest::newRow("new first") << QByteArrayList{b, c} << QByteArrayList{a, b, c} << 1;
        QTest::newRow("new last") << QByteArrayList{a, b} << QByteArrayList{a, b, c} << 1;
        QTest::newRow("two new within") << QByteArrayList{a, d} << QByteArrayList{a, b, c, d} << 2;
        QTest::newRow("left and new") << QByteArrayList{a, b, d} << QByteArrayList{a, c, d} << 2;
        QTest::newRow("another order of rows") << QByteArrayList{a, b, c, d, e} << QByteArrayList{e, d, c, b, a} << 0;
        QTest::newRow("moved to the front") << QByteArrayList{a, b, c, d} << QByteArrayList{d, a, b, c} << 1;
        QTest::newRow("all left") << QByteArrayList{a, b} << none << 2;
        QTest::newRow("first ones") << none << QByteArrayList{a, b} << 2;
        QTest::newRow("closed in place") << QByteArrayList{a, b} << QByteArrayList{a, row("2", "1", "finish")} << 1;
        QTest::newRow("open again") << QByteArrayList{a, row("2", "1", "finish")} << QByteArrayList{a, b} << 1;
        QTest::newRow("rows that are none") << QByteArrayList{a, "5", b} << QByteArrayList{"55", "null", a, b} << 0;
    }

    void changes()
    {
        QFETCH(QByteArrayList, before);
        QFETCH(QByteArrayList, after);
        Holder holder;
        holder.take(list(before));
        holder.take(list(after));
        if (QTest::currentTestFailed())
            return;
        QTEST(holder.touched, "touched");
        holder.take(list(after));
        QCOMPARE(holder.touched, 0);
        holder.take(R"({"code":0,"data":null,"msg":""})");
        holder.take(list(before));
    }

    void theSameBytesAreTheSameImage()
    {
        const auto first = readList(list({row("1"), "7", row("2")}));
        const auto second = readList(list({row("1"), "7", row("2")}), first->listing.image);
        QVERIFY(second);
        QCOMPARE(second->listing.image, first->listing.image);
        QVERIFY(second->listing.orders.isEmpty() && second->listing.gone.isEmpty());
        QCOMPARE(second->listing.count, 2);
        QCOMPARE(second->listing.skippedRows, 1);
    }

    void theSameBytesOfABadAnswerAreBad()
    {
        const QByteArray body = list({row("1")});
        const auto first = readList(body);
        RawReply reply = answer(body);
        reply.httpStatus = 502;
        QVERIFY(!readOrders(ListKind::Plan, reply, Credentials({}, {}), first->listing.image));
        reply.httpStatus = 0;
        reply.error = QNetworkReply::RemoteHostClosedError;
        QCOMPARE(readOrders(ListKind::Plan, reply, Credentials({}, {}), first->listing.image).error().cause,
                 ApiError::Cause::ConnectionLost);
    }

    void randomChanges()
    {
        QRandomGenerator random(27);
        for (int round = 0; round < 40; ++round) {
            Holder holder;
            QByteArrayList rows;
            int lastId = 0;
            for (int poll = 0; poll < 25; ++poll) {
                const int changes = int(random.bounded(8));
                for (int i = 0; i < changes; ++i) {
                    const auto place = rows.isEmpty() ? 0 : qsizetype(random.bounded(quint32(rows.size())));
                    const int what = int(random.bounded(4));
                    if (what == 0 || rows.isEmpty())
                        rows.insert(place, row(QByteArray::number(++lastId)));
                    else if (what == 1)
                        rows.removeAt(place);
                    else if (what == 2)
                        rows.move(place, qsizetype(random.bounded(quint32(rows.size()))));
                    else
                        rows[place].replace("95400.10", QByteArray::number(1 + random.bounded(8)) + "5400.10");
                }
                holder.take(list(rows));
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

    void shapes_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("orders");
        const QByteArray a = row("1");
        QTest::newRow("page") << R"({"code":0,"data":{"nextId":0,"rows":[)" + a + R"(],"total":1},"msg":""})" << 1;
        QTest::newRow("page that is not whole")
            << R"({"code":0,"data":{"rows":[)" + a + "," + row("2") + R"(],"total":"6"},"msg":""})" << 2;
        QTest::newRow("page with a total of 0")
            << R"({"code":0,"data":{"rows":[)" + a + R"(],"total":0},"msg":""})" << 1;
        QTest::newRow("rows without any id") << list({R"({"rows":{"orderId":"5"}})", "7"}) << -1;
        QTest::newRow("data last") << "{\"msg\":\"[x] {y} \\\"data\\\":[\",\"code\":\"0\",\"data\":[" + a + "]}" << 1;
        QTest::newRow("blanks") << " { \"code\" : 0 ,\n\t\"msg\" : \"\" , \"data\" : [ " + a + " ,\r\n" + a + " ] } "
                                << 2;
        QTest::newRow("empty") << list({}) << 0;
        QTest::newRow("empty page") << R"({"code":0,"msg":"","data":{"rows":[],"total":0}})"_ba << 0;
        QTest::newRow("no rows") << R"({"code":0,"msg":"","data":{"rows":null}})"_ba << 0;
        QTest::newRow("none") << R"({"code":0,"msg":"","data":null})"_ba << 0;
        QTest::newRow("no data") << R"({"code":0,"msg":"x"})"_ba << -1;
        QTest::newRow("rows of another level") << R"({"code":0,"msg":"","data":{"page":{"rows":[]}}})"_ba << -1;
        QTest::newRow("comma at the end") << list({a, ""}) << -1;
        QTest::newRow("comma first") << list({"", a}) << -1;
        QTest::newRow("comma only") << list({"", ""}) << -1;
        QTest::newRow("no comma") << list({a + a}) << -1;
        QTest::newRow("brackets of two kinds") << list({R"({"id":1,"x":[}})"}) << -1;
        QTest::newRow("row without an end") << R"({"code":0,"data":[{"id":1],"msg":""})"_ba << -1;
        QTest::newRow("name without quotes") << list({"{id:1}"}) << -1;
        QTest::newRow("number as a name") << list({"{1:1}"}) << -1;
        QTest::newRow("bad number") << list({R"({"id":01})"}) << -1;
        QTest::newRow("bad word") << list({R"({"id":nul})"}) << -1;
        QTest::newRow("strange escape") << list({R"({"id":"\q1"})"}) << 1;
        QTest::newRow("half a surrogate") << list({R"({"id":"\ud800"})"}) << 1;
        QTest::newRow("bad UTF-8") << list({"{\"id\":\"\xff\xfe\"}"}) << -1;
        QTest::newRow("escaped name") << list({R"({"\u0069d":"77"})"}) << 1;
        QTest::newRow("named twice") << list({R"({"id":1,"id":"2"})"}) << 1;
        QTest::newRow("taken back") << list({R"({"id":1,"id":null})"}) << -1;
        QTest::newRow("behind the answer") << list({a}) + "x" << -1;
        QTest::newRow("huge number") << list({R"({"id":1,"orderPrice":)" + QByteArray(100000, '9') + "}"}) << 1;
        QTest::newRow("huge exponent") << list({R"({"id":1,"orderPrice":1e)" + QByteArray(1000, '9') + "}"}) << 1;
        QTest::newRow("deep in a row") << list({R"({"id":1,"x":)" + QByteArray(200000, '[') + "}"}) << -1;
        QTest::newRow("deep around it") << QByteArray(200000, '[') << -1;
        QTest::newRow("deep, closed") << list({QByteArray(200000, '[') + QByteArray(200000, ']')}) << -1;
        QTest::newRow("code of a refusal") << R"({"code":9016,"data":[)" + a + "]}" << -1;
    }

    void shapes()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, orders);
        const auto page = readList(body);
        QCOMPARE(page ? int(page->listing.orders.size()) : -1, orders);
        const auto expected = plainly(body);
        QCOMPARE(expected ? int(expected->orders.size()) : -1, orders);
        if (page) {
            QCOMPARE(page->listing.orders, expected->orders);
            QCOMPARE(page->listing.extent, expected->extent);
        }
    }

    void everyCutIsNoList()
    {
        const QByteArray body = list({row("1"), row("2", "0.0000123"), row("\"3\"")});
        const auto base = readList(body)->listing.image;
        for (qsizetype size = 0; size < body.size(); ++size) {
            QVERIFY2(!readList(body.first(size)), qPrintable(QString::number(size)));
            QVERIFY2(!readList(body.first(size), base), qPrintable(QString::number(size)));
        }
    }

    void strangeBytesAreTakenAsQtTakesThem()
    {
        QRandomGenerator random(28);
        const QByteArray body = list({row("1"), row("2", "0.0000123"), R"({"id":"3","orderPrice":null})"});
        const auto base = readList(body)->listing.image;
        const QByteArray strange = "{}[]:,\"\\ \t\n0123456789.eE+-ntfu\x01\x80\xc3\xff";
        const qsizetype rowsAt = body.indexOf('[') + 1;
        int lists = 0;
        for (int round = 0; round < 20000; ++round) {
            QByteArray changed = body;
            const int changes = 1 + int(random.bounded(3));
            for (int i = 0; i < changes; ++i) {
                // From the first row on: an escaped name of "data" is one that Qt alone understands.
                const auto at = rowsAt + qsizetype(random.bounded(quint32(changed.size() - rowsAt)));
                const char byte = strange[qsizetype(random.bounded(quint32(strange.size())))];
                switch (random.bounded(3)) {
                case 0:
                    changed[at] = byte;
                    break;
                case 1:
                    changed.insert(at, byte);
                    break;
                default:
                    changed.remove(at, 1 + qsizetype(random.bounded(20)));
                    break;
                }
            }
            const auto page = readList(changed);
            const auto again = readList(changed, base);
            const auto expected = plainly(changed);
            QVERIFY2(page.has_value() == expected.has_value(), changed.constData());
            QVERIFY2(again.has_value() == expected.has_value(), changed.constData());
            if (!page)
                continue;
            ++lists;
            QVERIFY2(page->listing.orders == expected->orders, changed.constData());
            QVERIFY2(page->listing.extent == expected->extent, changed.constData());
            QCOMPARE(again->listing.count, page->listing.count);
            QCOMPARE(again->listing.extent, page->listing.extent);
        }
        QVERIFY(lists > 300);
    }
};

QTEST_GUILESS_MAIN(TestOrderReader)
#include "tst_orderreader.moc"

// One poll of open orders, from the bytes of the answer to the model: this program beside the plain Qt way.
#include "domain/credentials.h"
#include "domain/qtversions.h"
#include "exchange/listimage.h"
#include "exchange/orderreader.h"
#include "workflow/openorders.h"
#include "workflow/orderbook.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

#include <algorithm>
#include <ctime>
#include <vector>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int polls = 21;

QByteArray row(qint64 id, int price)
{
    const QByteArray number = QByteArray::number(id);
    return R"({"id":)" + number +
           R"(,"instrument":"BTC","direction":"long","status":"open","orderStatus":"unFinish",)" +
           R"("originalType":"plan","posType":"plan","orderPrice":)" + QByteArray::number(60000 + price) +
           R"(.10,"quantity":25,"quantityUnit":1,"totalPiece":25,"currentPiece":25,"baseSize":0.025,"leverage":10,)" +
           R"("positionModel":1,"margin":105.26,"positionMargin":105.26,"frozenFee":0.105,"makerFee":0.0001,)" +
           R"("takerFee":0.0006,"indexPrice":64188.2,"contractType":1,"processStatus":1,"liquidateBy":"manual",)" +
           R"("source":"web","primaryId":2990000001,"userId":7000001,"createdDate":1767225000000,)" +
           R"("updatedDate":1767225000000})";
}

QByteArray answer(const QByteArrayList &rows)
{
    return R"({"code":0,"data":[)" + rows.join(',') + R"(],"msg":""})";
}

double cpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

/// What the feed does with one read of the plan orders.
class Reader
{
public:
    Reader()
    {
        QObject::connect(&m_orders, &OpenOrders::changed, &m_orders, [this] { ++signalsSeen; });
    }

    void poll(const QByteArray &body)
    {
        RawReply reply;
        reply.httpStatus = 200;
        reply.reportedSent = true;
        reply.body = body;
        QElapsedTimer wall;
        wall.start();
        const double start = cpuMs();
        const auto page = readOrders(ListKind::Plan, reply, Credentials({}, {}), m_image);
        const double read = cpuMs();
        stall = std::max(stall, double(wall.nsecsElapsed()) / 1e6);
        wall.restart();
        m_image = page->listing.image;
        m_now += 2s;
        const ListLook look{{ListKind::Plan, {}}, m_now, m_now, ListExtent::Whole};
        const auto touched = page->listing.isChange
                                 ? m_book.applyChange(look, page->listing.orders, page->listing.gone)
                                 : m_book.apply(look, page->listing.orders);
        QList<const Order *> listed;
        QList<OrderId> gone;
        listed.reserve(touched.size());
        for (const OrderId &id : touched) {
            if (const Order *order = m_book.find(id))
                listed.append(order);
            else
                gone.append(id);
        }
        m_orders.change(std::move(listed), gone);
        stall = std::max(stall, double(wall.nsecsElapsed()) / 1e6);
        parse.push_back(read - start);
        apply.push_back(cpuMs() - read);
    }

    void forget()
    {
        parse.clear();
        apply.clear();
        stall = 0;
        signalsSeen = 0;
    }
    int rows() const { return m_orders.count(); }

    std::vector<double> parse;
    std::vector<double> apply;
    double stall = 0;
    int signalsSeen = 0;

private:
    std::shared_ptr<const ListImage> m_image;
    OrderBook m_book;
    OpenOrders m_orders;
    TimePoint m_now{};
};

/// The plain Qt way: the whole document, a struct per row, digits lost.
double plainMs(const QByteArray &body)
{
    const double start = cpuMs();
    const QJsonArray rows = QJsonDocument::fromJson(body).object().value("data"_L1).toArray();
    QList<Order> orders;
    for (const QJsonValue &value : rows) {
        const QJsonObject object = value.toObject();
        const auto number = [&object](QLatin1String name) {
            return Decimal::fromText(object.value(name).toVariant().toString());
        };
        Order order;
        order.id = OrderId(object.value("id"_L1).toVariant().toString());
        order.instrument = object.value("instrument"_L1).toString();
        order.positionSideWord = object.value("direction"_L1).toString();
        order.positionEffectWord = object.value("status"_L1).toString();
        order.typeWord = object.value("posType"_L1).toString();
        order.source = object.value("source"_L1).toString();
        order.price = number("orderPrice"_L1);
        order.quantity = number("totalPiece"_L1);
        order.remainingQuantity = number("currentPiece"_L1);
        order.leverage = number("leverage"_L1);
        order.margin = number("margin"_L1);
        order.placedAt = QDateTime::fromMSecsSinceEpoch(object.value("createdDate"_L1).toInteger(), inUtc);
        order.updatedAt = QDateTime::fromMSecsSinceEpoch(object.value("updatedDate"_L1).toInteger(), inUtc);
        orders.append(order);
    }
    return cpuMs() - start;
}

QString ms(double value)
{
    return QString::number(value, 'f', value < 10 ? 2 : 1);
}

void line(QTextStream &out, const QString &what, const Reader &reader, const QString &goal)
{
    const double parse = median(reader.parse);
    const double apply = median(reader.apply);
    out << u"  %1 parse %2  diff+rows %3  sum %4  longest stall %5  %6\n"_s.arg(what, -22)
               .arg(ms(parse), 7)
               .arg(ms(apply), 7)
               .arg(ms(parse + apply), 7)
               .arg(ms(reader.stall), 7)
               .arg(goal);
}

void measure(QTextStream &out, int count)
{
    QByteArrayList rows;
    for (int i = 0; i < count; ++i)
        rows.append(row(33308749002645666 + i * 7LL, i % 1000));
    const QByteArray body = answer(rows);
    out << u"%1 orders, %2 KiB; milliseconds of CPU, median of %3 polls (stall: wall clock, longest of all)\n"_s
               .arg(count)
               .arg(body.size() / 1024)
               .arg(polls);

    Reader reader;
    reader.poll(body);
    line(out, u"first read"_s, reader, {});

    const bool isStress = count == 10000;
    reader.forget();
    for (int poll = 0; poll < polls; ++poll) {
        for (int i = poll % 100; i < count; i += 100)
            rows[i] = row(33308749002645666 + i * 7LL, (i + poll + 1) % 1000);
        reader.poll(answer(rows));
    }
    line(out, u"1 % changed"_s, reader, isStress ? u"(goal: sum <= 5, stall <= 8)"_s : QString());

    reader.forget();
    qint64 fresh = 44408749002645666;
    for (int poll = 0; poll < polls; ++poll) {
        for (int i = 0; i < count / 200 + 1; ++i) {
            rows.removeAt((i * 197 + poll * 31) % rows.size());
            rows.append(row(fresh += 7, i % 1000));
        }
        reader.poll(answer(rows));
    }
    line(out, u"0.5 % left, 0.5 % new"_s, reader, isStress ? u"(goal: stall <= 8)"_s : QString());

    reader.forget();
    // Another copy of the same bytes, as the network would bring it.
    const QByteArray last = answer(rows);
    for (int poll = 0; poll < polls; ++poll)
        reader.poll(QByteArray(last.constData(), last.size()));
    line(out, u"identical"_s, reader, u"%1 signals (goal: 0)"_s.arg(reader.signalsSeen));

    std::vector<double> plain;
    for (int poll = 0; poll < (count > 10000 ? 3 : 7); ++poll)
        plain.push_back(plainMs(last));
    out << u"  %1 parse %2  (whole document each time, then a model reset)\n"_s.arg(u"plain QJsonDocument"_s, -22)
               .arg(ms(median(plain)), 7);
    out.flush();
}

} // namespace

int main()
{
    QTextStream out(stdout);
    for (const int count : {1000, 10000, 100000})
        measure(out, count);
    return 0;
}

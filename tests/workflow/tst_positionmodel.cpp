#include "positionrows.h"
#include "workflow/laststop.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <random>
#include <vector>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

constexpr int accounts = 20000;
const TimePoint start{100000s};

/// An order of the model: what it is in truth, whatever its row says.
struct ModelOrder {
    Order row;
    /// The position that it belongs to; empty: none.
    QString position;
    bool isStop = false;
    qint64 contracts = 0;
    /// Placed after the positions were asked for.
    bool isNew = false;
    /// Has ended; the list is older than that.
    bool hasEnded = false;
};

struct ModelPosition {
    Position row;
    qint64 size = 0;
    /// Made after the positions were asked for.
    bool isNew = false;
};

/// One account with everything that a reader can meet. Nothing here asks the code under test.
struct Model {
    std::vector<ModelPosition> positions;
    std::vector<ModelOrder> orders;
    bool whole = true;
    bool listsKnown = true;
    std::chrono::seconds age{0};

    const ModelPosition *find(const QString &id) const
    {
        const auto found = std::find_if(positions.cbegin(), positions.cend(),
                                        [&id](const ModelPosition &position) { return position.row.id == id; });
        return found == positions.cend() ? nullptr : &*found;
    }

    qint64 stopsOf(const QString &position, const QSet<OrderId> &without) const
    {
        qint64 sum = 0;
        for (const ModelOrder &order : orders) {
            if (order.isStop && !order.hasEnded && order.position == position && !without.contains(order.row.id))
                sum += order.contracts;
        }
        return sum;
    }
};

class Maker
{
public:
    explicit Maker(quint32 seed) : m_random(seed) {}

    bool chance(int percent) { return below(100) < percent; }
    int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(m_random); }

    Model make()
    {
        Model model;
        model.whole = !chance(15);
        model.listsKnown = !chance(15);
        model.age = std::chrono::seconds(below(20));
        const int count = below(4);
        for (int i = 0; i < count; ++i)
            model.positions.push_back(position(i));
        const int orders = 1 + below(6);
        for (int i = 0; i < orders; ++i)
            model.orders.push_back(order(model, i));
        return model;
    }

private:
    ModelPosition position(int number)
    {
        ModelPosition made;
        made.size = 1 + below(12);
        made.row = btcPosition(QString::number(70 + number), chance(70) ? PositionSide::Long : PositionSide::Short,
                               made.size);
        if (chance(50))
            made.row.marginMode = chance(50) ? MarginMode::Cross : MarginMode::Isolated;
        if (chance(15))
            made.row.stopLossPrice = Decimal(92000);
        if (chance(10))
            made.row.entryPrice.reset();
        made.isNew = chance(10);
        return made;
    }

    ModelOrder order(const Model &model, int number)
    {
        static constexpr std::array types{OrderType::StopLoss,   OrderType::TakeProfitStopLoss,
                                          OrderType::TakeProfit, OrderType::TrailingStop,
                                          OrderType::Trigger,    OrderType::Limit};
        ModelOrder made;
        const OrderType type = types.at(size_t(below(int(types.size()))));
        const ModelPosition *owner = model.positions.empty() || chance(25)
                                         ? nullptr
                                         : &model.positions.at(size_t(below(int(model.positions.size()))));
        made.contracts = 1 + below(14);
        made.row = btcOrder(QString::number(1000 + number), type, PositionEffect::Close, made.contracts);
        made.row.positionSide = owner ? owner->row.side : chance(50) ? PositionSide::Long : PositionSide::Short;
        const bool byId = type != OrderType::Trigger && type != OrderType::Limit;
        if (owner) {
            made.position = owner->row.id;
            if (!byId && chance(50))
                made.row.marginMode = owner->row.marginMode;
        } else if (!byId && std::any_of(model.positions.cbegin(), model.positions.cend(), [&](const auto &position) {
                       return position.row.side == *made.row.positionSide;
                   })) {
            // By side it belongs to one of these, whatever was rolled.
            const auto same =
                std::find_if(model.positions.cbegin(), model.positions.cend(),
                             [&](const auto &position) { return position.row.side == *made.row.positionSide; });
            made.position = same->row.id;
            owner = &*same;
        }
        if (byId)
            made.row.positionId = chance(10) ? QString() : made.position.isEmpty() ? u"99"_s : made.position;
        if (type == OrderType::StopLoss)
            made.row.price = Decimal(92000 + below(2) * 500);
        if (type == OrderType::TakeProfitStopLoss)
            made.row.stopLossPrice = Decimal(92000 + below(2) * 500);
        if (type == OrderType::Trigger)
            made.row.triggerPrice = Decimal(94000 + below(3) * 800);
        made.isStop = type == OrderType::StopLoss || type == OrderType::TakeProfitStopLoss ||
                      type == OrderType::TrailingStop || (type == OrderType::Trigger && losesAt(made.row, owner));
        if (chance(8)) {
            made.row.quantity.reset();
            made.row.remainingQuantity.reset();
        }
        made.isNew = chance(15) || (owner && owner->isNew);
        made.hasEnded = chance(10);
        return made;
    }

    static bool losesAt(const Order &order, const ModelPosition *owner)
    {
        // The model's entry, whatever the row says.
        return owner && (owner->row.side == PositionSide::Long ? *order.triggerPrice < Decimal(94800)
                                                               : *order.triggerPrice > Decimal(94800));
    }

    std::mt19937 m_random;
};

} // namespace

/// Random accounts, read as badly as accounts can be read: a loss of a position and a last stop are said only where
/// they are true.
class TestPositionModel : public QObject
{
    Q_OBJECT

private slots:
    void onlyWhatIsTrueIsSaid();
};

void TestPositionModel::onlyWhatIsTrueIsSaid()
{
    int orphans = 0;
    int lastStops = 0;
    int doubts = 0;
    int judged = 0;
    for (int round = 0; round < accounts; ++round) {
        Maker maker{quint32(round)};
        const Model model = maker.make();
        PositionList rows{.positions = {}, .whole = model.whole};
        for (const ModelPosition &position : model.positions) {
            const bool missing = position.isNew || (!model.whole && maker.chance(50));
            if (!missing)
                rows.positions.append(position.row);
        }
        QList<Order> listed;
        std::map<OrderId, OrderRow> open;
        for (const ModelOrder &order : model.orders) {
            if (!order.isNew)
                listed.append(order.row);
            open[order.row.id] = {order.row, {}};
        }
        PositionBook book;
        book.take(rows, start, start + 100ms, listed);
        const TimePoint now = start + model.age;

        for (const ModelOrder &order : model.orders) {
            // The list that shows an order which has ended is older than the positions.
            const TimePoint seenAt = order.hasEnded ? start - 1s : start + 1s;
            const PositionLoss loss = book.lossOf(order.row, seenAt, now);
            ++judged;
            if (loss.isOrphan()) {
                ++orphans;
                QVERIFY2(order.position.isEmpty() && !order.hasEnded, qPrintable(u"account %1"_s.arg(round)));
                QVERIFY2(model.whole && model.age <= 15s, qPrintable(u"account %1"_s.arg(round)));
            }
            if (loss.kind == PositionLoss::Kind::TooLarge && !loss.isLikely) {
                const ModelPosition *owner = model.find(order.position);
                QVERIFY2(owner && order.contracts > owner->size, qPrintable(u"account %1"_s.arg(round)));
            }
        }

        QList<Order> leaving;
        QSet<OrderId> leavingIds;
        for (const ModelOrder &order : model.orders) {
            if (maker.chance(50)) {
                leaving.append(order.row);
                leavingIds.insert(order.row.id);
            }
        }
        const StopsLeft left = stopsLeft(
            leaving, open, book, [&model](const QString &) { return model.listsKnown; }, now);
        doubts += left.isUnknown ? 1 : 0;
        for (const StopsLeft::Uncovered &uncovered : left.positions) {
            ++lastStops;
            const auto where = u"account %1, position %2"_s.arg(QString::number(round), uncovered.position.id);
            QVERIFY2(model.whole && model.listsKnown && model.age <= 15s, qPrintable(where));
            const ModelPosition *position = model.find(uncovered.position.id);
            QVERIFY2(position, qPrintable(where));
            // A list can't know of what has ended since: it may count too much, and never too little.
            const qint64 remain = model.stopsOf(uncovered.position.id, leavingIds);
            QVERIFY2(remain < position->size, qPrintable(where));
            QVERIFY2(Decimal(remain) <= uncovered.covered, qPrintable(where));
        }
    }
    qInfo("%d accounts, %d orders judged: %d times no position, %d last stops, %d times not known", accounts, judged,
          orphans, lastStops, doubts);
    QVERIFY(orphans > accounts / 20);
    QVERIFY(lastStops > accounts / 20);
    QVERIFY(doubts > accounts / 20);
}

QTEST_GUILESS_MAIN(TestPositionModel)
#include "tst_positionmodel.moc"

// What the orders table costs at 1k, 10k and 100k rows, beside its goal and the plain Qt way in the same run:
// QSortFilterProxyModel over all columns, the default delegate, and a model reset for every poll. Milliseconds of
// this process' CPU up to the painted viewport, the worst of several rounds where not said otherwise. An argument is
// the only number of rows to try.
#include "domain/qtversions.h"
#include "ui/look/theme.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"
#include "ui/words/orderwords.h"

#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QPaintEvent>
#include <QProcess>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QTextStream>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <map>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

using Column = OrderColumns::Column;

/// As the kernel's monotonic clock counts, for two processes.
double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu()
{
    return 1000.0 * double(std::clock()) / CLOCKS_PER_SEC;
}

QDateTime today()
{
    return {QDate(2026, 3, 4), QTime(12, 0), inUtc};
}

Order randomOrder(QRandomGenerator &random, int number)
{
    static const QStringList coins{u"BTC"_s, u"ETH"_s, u"SOL"_s, u"1000PEPE"_s, u"XRP"_s, u"DOGE"_s};
    Order order;
    order.id = OrderId(QString::number(33308740000000000LL + number));
    order.instrument = coins.at(int(random.bounded(coins.size())));
    order.base = order.instrument;
    order.quote = u"USDT"_s;
    order.positionSide = random.bounded(2) ? PositionSide::Long : PositionSide::Short;
    order.positionEffect = random.bounded(5) ? PositionEffect::Open : PositionEffect::Close;
    order.type = OrderType::Limit;
    order.price = Decimal::fromText(QString::number(random.bounded(100000)) + u".5"_s);
    order.quantity = Decimal(1 + qint64(random.bounded(2000)));
    order.remainingQuantity = order.quantity;
    order.filledQuantity = Decimal(0);
    order.placedAt = today().addMSecs(-qint64(random.bounded(30 * 24 * 3600)) * 1000);
    return order;
}

QList<Order> manyOrders(int count)
{
    QRandomGenerator random(1);
    QList<Order> orders;
    for (int number = 0; number < count; ++number)
        orders.append(randomOrder(random, number));
    return orders;
}

/// One poll: the whole list, as the plain way takes it, and what it brought, as the feed tells the model.
struct Poll {
    QList<Order> all = {};
    QList<Order> listed = {};
    QList<OrderId> gone = {};
};

/// `share` of a thousand orders get another price, or leave while as many come if `churn`.
Poll next(const QList<Order> &before, int share, bool churn, QRandomGenerator &random)
{
    const int count = int(before.size());
    std::map<QString, Order> all;
    for (const Order &order : before)
        all.emplace(order.id.text(), order);
    std::map<QString, Order> listed;
    Poll poll;
    for (int change = 0; change < count * share / 1000; ++change) {
        Order order = before.at(int(random.bounded(count)));
        if (churn) {
            if (all.erase(order.id.text()) > 0)
                poll.gone.append(order.id);
            order = randomOrder(random, count + int(random.bounded(10 * count)));
        }
        order.price = Decimal(qint64(random.bounded(100000)));
        listed[order.id.text()] = order;
    }
    for (const auto &[id, order] : listed) {
        all[id] = order;
        poll.listed.append(order);
        poll.gone.removeAll(order.id);
    }
    for (const auto &[id, order] : all)
        poll.all.append(order);
    return poll;
}

/// The plain Qt way: facts and words in one model, a reset for every poll.
class PlainModel : public QAbstractTableModel
{
public:
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_orders.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : Column::Action + 1;
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        const Order &order = m_orders.at(index.row());
        if (role == Qt::UserRole)
            return index.column() == Column::Price ? QVariant(shownPrice(order)->toText().toDouble())
                                                   : data(index, Qt::DisplayRole);
        if (role != Qt::DisplayRole)
            return {};
        switch (index.column()) {
        case Column::Instrument:
            return instrumentText(order);
        case Column::Side:
            return sideText(order);
        case Column::Type:
            return typeText(order);
        case Column::Price:
            return priceText(order);
        case Column::Remaining:
            return remainingText(order);
        case Column::Filled:
            return filledText(order);
        case Column::TakeProfit:
            return numberText(order.takeProfitPrice);
        case Column::StopLoss:
            return numberText(order.stopLossPrice);
        case Column::Placed:
            return placedText(order);
        case Column::Age:
            return ageText(order, today());
        case Column::Id:
            return idTailText(order.id);
        case Column::Action:
            return u"Cancel…"_s;
        default:
            return {};
        }
    }
    void setOrders(const QList<Order> &orders)
    {
        beginResetModel();
        m_orders = orders;
        endResetModel();
    }

private:
    QList<Order> m_orders;
};

class Paints : public QObject
{
public:
    explicit Paints(QWidget *watched) { watched->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint;
        return false;
    }
    int count = 0;
};

/// Painted means: everything that was asked for, layout too.
double painted(QTableView &view, const std::function<void()> &work)
{
    const double from = cpu();
    work();
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    view.viewport()->repaint();
    return cpu() - from;
}

struct Figures {
    double filter = 0, sort = 0, repaint = 0, onePercent = 0, churn = 0, identical = 0;
    int paints = 0;
    int signals_ = 0;

    double longest() const { return std::max({filter, sort, onePercent, churn, identical}); }
};

struct Side {
    std::function<void(const Poll &)> poll;
    std::function<void(const QString &)> filter;
    std::function<void(int, Qt::SortOrder)> sort;
};

Figures measure(QTableView &view, const Side &side, QList<Order> orders, int rounds)
{
    Figures figures;
    QRandomGenerator random(2);
    side.poll({orders, orders, {}});
    view.resize(1200, 1080);
    view.show();
    painted(view, [] {});

    QList<double> repaints;
    for (int round = 0; round < 15; ++round)
        repaints.append(painted(view, [] {}));
    std::sort(repaints.begin(), repaints.end());
    figures.repaint = repaints.at(repaints.size() / 2);

    for (const QString &text : {u"b"_s, u"bt"_s, u"btc"_s, u"btc l"_s, u"btc"_s, u""_s})
        figures.filter = std::max(figures.filter, painted(view, [&] { side.filter(text); }));
    for (int round = 0; round < rounds; ++round) {
        for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            for (const int column : {Column::Price, Column::Instrument, Column::Placed})
                figures.sort = std::max(figures.sort, painted(view, [&] { side.sort(column, order); }));
        }
    }
    side.sort(Column::Placed, Qt::AscendingOrder);
    for (int round = 0; round < rounds; ++round) {
        const Poll poll = next(orders, 10, false, random);
        figures.onePercent = std::max(figures.onePercent, painted(view, [&] { side.poll(poll); }));
        orders = poll.all;
    }
    for (int round = 0; round < rounds; ++round) {
        const Poll poll = next(orders, 5, true, random);
        figures.churn = std::max(figures.churn, painted(view, [&] { side.poll(poll); }));
        orders = poll.all;
    }

    // Flashes and layouts of what came before end first.
    const double end = now() + 700;
    while (now() < end)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    Paints paints(view.viewport());
    const auto count = [&figures] { ++figures.signals_; };
    const QAbstractItemModel *model = view.model();
    QObject::connect(model, &QAbstractItemModel::dataChanged, &paints, count);
    QObject::connect(model, &QAbstractItemModel::layoutChanged, &paints, count);
    QObject::connect(model, &QAbstractItemModel::rowsInserted, &paints, count);
    QObject::connect(model, &QAbstractItemModel::rowsRemoved, &paints, count);
    QObject::connect(model, &QAbstractItemModel::modelReset, &paints, count);
    const double from = cpu();
    side.poll({orders, {}, {}});
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    figures.identical = cpu() - from;
    figures.paints = paints.count;
    return figures;
}

Figures ours(const QList<Order> &orders, int rounds)
{
    OpenOrders model;
    OrdersView view(model);
    view.rows().setNow(today());
    return measure(view,
                   {[&](const Poll &poll) {
                        QList<const Order *> listed;
                        for (const Order &order : poll.listed)
                            listed.append(&order);
                        model.change(listed, poll.gone);
                    },
                    [&](const QString &text) { view.setFilter(OrderFilter::parse(text).filter); },
                    [&](int column, Qt::SortOrder order) { view.sortByColumn(column, order); }},
                   orders, rounds);
}

Figures plain(const QList<Order> &orders, int rounds)
{
    PlainModel model;
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setSortRole(Qt::UserRole);
    proxy.setFilterKeyColumn(-1);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    QTableView view;
    view.setModel(&proxy);
    view.setSortingEnabled(true);
    view.verticalHeader()->hide();
    return measure(view,
                   {[&](const Poll &poll) { model.setOrders(poll.all); },
                    [&](const QString &text) { proxy.setFilterFixedString(text.section(u' ', 0, 0)); },
                    [&](int column, Qt::SortOrder order) { view.sortByColumn(column, order); }},
                   orders, rounds);
}

void row(const QString &name, double own, double other, const QString &goal)
{
    QTextStream(stdout) << "  " << name.leftJustified(36) << QString::number(own, 'f', 2).rightJustified(9)
                        << QString::number(other, 'f', 2).rightJustified(11) << "   " << goal << '\n';
}

/// One process: exec to the first painted table with 1k orders, and its memory then.
int firstPaint(double started)
{
    OpenOrders model;
    OrdersView view(model);
    model.setSnapshot(manyOrders(1000));
    view.rows().setNow(today());
    view.resize(1200, 760);
    Paints paints(view.viewport());
    view.show();
    while (paints.count == 0)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const double took = now() - started;
    double pss = 0;
    QFile memory(u"/proc/self/smaps_rollup"_s);
    if (memory.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : memory.readAll().split('\n')) {
            if (line.startsWith("Pss:"))
                pss = line.mid(4).trimmed().split(' ').constFirst().toDouble() / 1024;
        }
    }
    QTextStream(stdout) << QString::number(took, 'f', 1) << ' ' << QString::number(pss, 'f', 1) << '\n';
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    applyLook(application, {.theme = ThemeChoice::Light}, application.palette());
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == u"--first-paint")
        return firstPaint(arguments.at(2).toDouble());

    QList<int> counts{1000, 10000, 100000};
    if (arguments.size() == 2)
        counts = {arguments.at(1).toInt()};
    for (const int count : std::as_const(counts)) {
        const int rounds = count > 10000 ? 1 : 5;
        const QList<Order> orders = manyOrders(count);
        const Figures own = ours(orders, rounds);
        const Figures other = plain(orders, rounds);
        const bool stress = count == 10000;
        QTextStream(stdout) << count << " rows, ms" << QString(u' ').repeated(38 - QString::number(count).size())
                            << "ours      plain   goal\n";
        row(u"filter key, painted"_s, own.filter, other.filter, stress ? u"<= 8"_s : QString());
        row(u"sort click, painted"_s, own.sort, other.sort, stress ? u"<= 8"_s : QString());
        row(u"page repaint, median"_s, own.repaint, other.repaint, {});
        row(u"model + paint, 1 % changed"_s, own.onePercent, other.onePercent,
            stress ? u"<= 5 with parse (bench_poll)"_s : QString());
        row(u"model + paint, 0.5 % left, 0.5 % new"_s, own.churn, other.churn, stress ? u"<= 8"_s : QString());
        row(u"identical poll"_s, own.identical, other.identical, {});
        row(u"identical poll: paints"_s, own.paints, other.paints, u"0"_s);
        row(u"identical poll: model signals"_s, own.signals_, other.signals_, u"0"_s);
        row(u"longest stall of the event loop"_s, own.longest(), other.longest(), stress ? u"<= 8"_s : QString());
    }

    QList<double> times;
    QString memory;
    for (int round = 0; round < 5; ++round) {
        QProcess child;
        child.start(QApplication::applicationFilePath(), {u"--first-paint"_s, QString::number(now(), 'f', 3)});
        child.waitForFinished();
        const QStringList words = QString::fromLatin1(child.readAllStandardOutput()).trimmed().split(u' ');
        if (words.size() == 2) {
            times.append(words.at(0).toDouble());
            memory = words.at(1);
        }
    }
    std::sort(times.begin(), times.end());
    if (!times.isEmpty())
        QTextStream(stdout) << "exec to first painted table, 1k orders: median " << times.at(times.size() / 2)
                            << " ms (goal <= 120); PSS then " << memory << " MiB (goal <= 45)\n";
    return 0;
}

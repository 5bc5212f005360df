#include "workflow/session.h"

#include "domain/bootclock.h"
#include "exchange/coinwclient.h"
#include "local/journal.h"
#include "workflow/cancelworkflow.h"
#include "workflow/instruments.h"
#include "workflow/linewatch.h"
#include "workflow/openorders.h"
#include "workflow/orderend.h"
#include "workflow/orderfeed.h"
#include "workflow/positions.h"
#include "workflow/prices.h"

#include <QScopedValueRollback>
#include <QSet>
#include <QTimer>

#include <utility>

namespace countermand {

class Session::Private
{
public:
    Private(const Account &owner, std::unique_ptr<CoinwClient> line, Journal &records)
        : account(owner),
          host(line->endpoint().hostText()),
          client(std::move(line)),
          feed(*client, orders, {}),
          instruments(*client, host, {}),
          prices(*client, {}),
          positions(*client, feed, {}),
          cancels(owner, *client, feed, records, {})
    {}

    void renewPositions(const std::function<bool(const OrderRow &)> &asks)
    {
        const QScopedValueRollback renewing(isRenewing, true);
        const TimePoint now = clockNow();
        QHash<QString, std::optional<Decimal>> covered;
        orders.setPositions(
            [this, now, &covered](const Order &order) {
                OrderPosition position{positions.isEnabled(), positions.book().tieOf(order, now),
                                       positions.lossOf(order, now)};
                if (position.tie.kind != PositionTie::Kind::One)
                    return position;
                const Position &own = *position.tie.position;
                if (!covered.contains(own.id))
                    covered.insert(own.id, positions.covered(own, now));
                position.covered = covered.value(own.id);
                return position;
            },
            asks);
    }

    Account account;
    const QString host;
    QString way;
    const std::unique_ptr<CoinwClient> client;
    OpenOrders orders;
    OrderFeed feed;
    Instruments instruments;
    Prices prices;
    Positions positions;
    bool pricesWanted = false;
    QStringList pricedInstruments;
    bool watched = false;
    /// What is told of orders are their positions alone.
    bool isRenewing = false;
    /// A scan was asked for before any instrument was known.
    bool scanWanted = false;
    CancelWorkflow cancels;
};

Session::Session(const Account &account, std::unique_ptr<CoinwClient> client, Journal &journal, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(account, std::move(client), journal))
{
    connect(d->client.get(), &CoinwClient::conditionsChanged, this, &Session::conditionsChanged);
    connect(&d->instruments, &Instruments::changed, this, [this] {
        d->orders.setInstruments(d->instruments.table());
        d->positions.setInstruments(d->instruments.table());
        emit instrumentsChanged();
    });
    connect(&d->feed, &OrderFeed::instrumentSeen, &d->instruments, &Instruments::show);
    // Half a megabyte of instruments must not stand before the first list of orders.
    connect(&d->feed, &OrderFeed::statusChanged, this, [this] {
        if (d->feed.status().loaded)
            d->instruments.start();
        askForMore();
    });
    auto *line = new LineWatch(this);
    connect(this, &Session::started, line, &LineWatch::start);
    connect(line, &LineWatch::slept, this, [this](std::chrono::milliseconds missed) {
        d->client->connectAnew(Transport::Doubt::All);
        d->feed.slept(missed);
        d->positions.slept(missed);
        d->cancels.checkAllNow();
        emit woke();
    });
    connect(line, &LineWatch::moved, this, [this] {
        d->client->connectAnew(Transport::Doubt::All);
        if (d->feed.status().reading)
            d->feed.refresh();
    });
    connect(&d->instruments, &Instruments::readEnded, this, [this] {
        if (std::exchange(d->scanWanted, false))
            beginScan();
    });
    connect(&d->prices, &Prices::unanswered, &d->feed, &OrderFeed::doubtConnection);
    connect(&d->prices, &Prices::changed, this, &Session::pricesChanged);
    connect(&d->positions, &Positions::changed, this,
            [this] { d->renewPositions([](const OrderRow &) { return true; }); });
    connect(&d->orders, &OpenOrders::changed, this, [this](const QList<OrderId> &ids) {
        if (d->isRenewing)
            return;
        const QSet<OrderId> fresh(ids.cbegin(), ids.cend());
        d->renewPositions([&fresh](const OrderRow &row) { return fresh.contains(row.order.id); });
        d->positions.noteFills();
    });
    // That an order has lost its position is said once a list has shown it again.
    connect(&d->feed, &OrderFeed::listRead, this, [this] {
        d->renewPositions([](const OrderRow &row) { return row.position.tie.kind == PositionTie::Kind::None; });
    });
    connect(&d->cancels, &CancelWorkflow::changed, &d->positions,
            [this] { d->positions.setCanceling(d->cancels.openCount() > 0); });
}

Session::~Session() = default;

void Session::keepInstrumentsIn(const QString &dataFolder)
{
    d->instruments.takeFrom(InstrumentFile::in(dataFolder));
}

void Session::start(const QList<CancelRecord> &unsettled)
{
    d->client->warmUp();
    emit started(QPrivateSignal());
    d->feed.start();
    d->cancels.recover(unsettled);
}

void Session::warmUp()
{
    d->client->warmUp();
}

CoinwClient &Session::line()
{
    return *d->client;
}

const Account &Session::account() const
{
    return d->account;
}

void Session::rename(const QString &name, int swatch)
{
    d->account.name = name;
    d->account.swatch = swatch;
    d->cancels.rename(name, swatch);
}

const QString &Session::host() const
{
    return d->host;
}

void Session::setWay(const QString &way)
{
    d->way = way;
}

OpenOrders &Session::orders()
{
    return d->orders;
}

OrderFeed &Session::feed()
{
    return d->feed;
}

CancelWorkflow &Session::cancels()
{
    return d->cancels;
}

Positions &Session::positions()
{
    return d->positions;
}

Conditions Session::conditions() const
{
    const Budget budget = d->client->budget();
    return {d->client->latency(), d->client->clockOffset(), budget.free,         budget.limit,
            budget.queued,        budget.pausedFor,         budget.halfSpeedFor, d->way};
}

std::optional<Instrument> Session::instrument(const QString &name) const
{
    const auto &table = d->instruments.table();
    const auto found = table.constFind(instrumentKey(name));
    return found == table.cend() ? std::nullopt : std::optional(*found);
}

int Session::instrumentCount() const
{
    return int(d->instruments.table().size());
}

void Session::scanInstruments()
{
    if (d->instruments.table().isEmpty()) {
        d->scanWanted = true;
        d->instruments.read();
    } else {
        beginScan();
    }
}

void Session::beginScan()
{
    QStringList names;
    for (const Instrument &instrument : d->instruments.table())
        names.append(instrument.name);
    names.sort();
    d->feed.scan(names);
}

void Session::stopScan()
{
    d->scanWanted = false;
    d->feed.stopScan();
}

void Session::setWatched(bool watched, bool pricesWanted, const QStringList &instruments)
{
    d->watched = watched;
    d->pricesWanted = pricesWanted;
    d->pricedInstruments = instruments;
    askForMore();
}

void Session::askForMore()
{
    // Offline, one read after the other would stand before the one that finds the connection again.
    const FeedStatus &feed = d->feed.status();
    const bool mayAsk = feed.loaded && !feed.offline;
    d->prices.setWanted(d->pricesWanted && mayAsk, d->pricedInstruments);
    d->positions.setWanted(d->watched && mayAsk && !feed.keyRefused);
}

std::optional<Decimal> Session::lastPrice(const Order &order) const
{
    return d->prices.lastPrice(order.base, order.quote);
}

void Session::lookUpEnd(const Order &order, QObject *context, const std::function<void(const OrderEnd &)> &handler)
{
    d->cancels.lookUpEnd(order, context, handler);
}

void Session::test(std::unique_ptr<CoinwClient> client, QObject *context,
                   std::function<void(const ConnectionTest &)> handler)
{
    // Lives as long as its one call: a child of the context, gone with the answer or with the dialog.
    CoinwClient *line = client.release();
    line->setParent(context);
    line->countOpenOrders(line, [line, handler = std::move(handler)](const Result<int> &result, const CallTimes &) {
        ConnectionTest found;
        found.clockOffset = line->clockOffset();
        if (result)
            found.openOrders = *result;
        else
            found.error = result.error();
        line->deleteLater();
        handler(found);
    });
}

} // namespace countermand

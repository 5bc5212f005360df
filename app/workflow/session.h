#pragma once

#include "domain/account.h"
#include "domain/cancelrecord.h"
#include "domain/instrument.h"
#include "domain/result.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace countermand {

class AnswerCheck;
class CancelWorkflow;
class CoinwClient;
class Journal;
struct Order;
class OrderFeed;
class OpenOrders;
class Positions;
struct OrderEnd;

/// How the line to the exchange is doing, for the status line.
struct Conditions {
    /// Median of the last five signed calls; absent before the first.
    std::optional<std::chrono::milliseconds> latency;
    /// The exchange's clock minus this computer's; absent before the first answer.
    std::optional<std::chrono::milliseconds> clockOffset;
    /// Signed calls free of `budgetLimit` in any 10 s, and calls waiting.
    int budgetFree = 0;
    int budgetLimit = 0;
    int queued = 0;
    /// Rate-limit pause and half speed, from now; zero if not.
    std::chrono::milliseconds pausedFor{0};
    std::chrono::milliseconds halfSpeedFor{0};
    /// As setWay() was told.
    QString way{};
};

/// What one trial call with a key found out (Test connection).
struct ConnectionTest {
    /// The exchange's count of open orders; absent if the key was not accepted.
    std::optional<int> openOrders;
    std::optional<ApiError> error;
    std::optional<std::chrono::milliseconds> clockOffset;
};

/// Everything that serves one account while it is open: client, list, cancels. Ends with it.
class Session : public QObject
{
    Q_OBJECT

public:
    /// `client` has the account's keys. `journal` must outlive the session. Nothing is sent before start().
    Session(const Account &account, std::unique_ptr<CoinwClient> client, Journal &journal, QObject *parent = nullptr);
    ~Session() override;

    /// Keeps what is known of instruments in this data folder; without it they are only kept in memory.
    /// Before start().
    void keepInstrumentsIn(const QString &dataFolder);
    /// Opens the connections, begins to read, and takes up `unsettled`: cancels of this account of an earlier run
    /// that have no end yet.
    void start(const QList<CancelRecord> &unsettled);
    /// Opens idle connections again, as when a question is about to be answered.
    void warmUp();

    const Account &account() const;
    /// Gives the account another name and color. Records made before keep the old one.
    void rename(const QString &name, int swatch);
    /// host or host:port of the exchange.
    const QString &host() const;
    /// How the exchange is reached, in words: "direct", "through the proxy p:1 (SOCKS 5)". Empty where there is no
    /// line, as in practice.
    void setWay(const QString &way);
    OpenOrders &orders();
    OrderFeed &feed();
    CancelWorkflow &cancels();
    Positions &positions();
    Conditions conditions() const;

    /// What the exchange tells about an instrument; nothing for a name that isn't known (yet).
    std::optional<Instrument> instrument(const QString &name) const;
    /// Number of known instruments; 0 before the first.
    int instrumentCount() const;

    /// Reads the untriggered conditional orders of every instrument, at most one a second. FeedStatus::scan tells how
    /// far it has come.
    void scanInstruments();
    void stopScan();

    /// Positions are read while the window can be seen, prices while they are wanted there too (of `instruments`
    /// alone where those are few), and both only while a connection can be made.
    void setWatched(bool watched, bool pricesWanted = false, const QStringList &instruments = {});
    /// The last price of the order's pair; nothing while no young one is known.
    std::optional<Decimal> lastPrice(const Order &order) const;

    /// Looks up in the exchange's records how an order ended. The handler runs once, later, unless `context` is
    /// destroyed first or the records can't be read.
    void lookUpEnd(const Order &order, QObject *context, const std::function<void(const OrderEnd &)> &handler);

    /// Asks once through a client of its own: is the exchange reached, is the key accepted?
    /// The handler runs once, later, unless `context` is destroyed first.
    static void test(std::unique_ptr<CoinwClient> client, QObject *context,
                     std::function<void(const ConnectionTest &)> handler);

signals:
    /// start() was called.
    void started(QPrivateSignal);
    void conditionsChanged();
    /// instrument() may tell other things; the orders have been described with them.
    void instrumentsChanged();
    /// The computer slept and is awake again: what was asked before may be meant no more.
    void woke();
    /// lastPrice() tells another price of at least one pair.
    void pricesChanged();

private:
    /// Its reads go over this session's line.
    friend class AnswerCheck;

    CoinwClient &line();
    void askForMore();
    void beginScan();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace countermand

#pragma once

#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "local/journal.h"
#include "tests/support/fakeexchange.h"
#include "workflow/cancelworkflow.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QString>

#include <chrono>

namespace countermand {

/// The real schedule's shape at a tenth of its length or less.
inline SettlementSchedule quickSchedule()
{
    using namespace std::chrono_literals;
    return {.acceptedRounds = {0ms, 100ms, 200ms, 500ms},
            .doubtRounds = {50ms, 300ms, 600ms, 900ms},
            .afterRounds = 300ms,
            .listedTwiceApart = 200ms,
            .stillListedAfter = 500ms,
            .unconfirmedAfter = 1500ms,
            .lateRounds = {100ms, 200ms, 500ms}};
}

inline FeedPace quickPace()
{
    return {.plan = std::chrono::milliseconds(1000)};
}

/// A trade of an hour ago in each of the exchange's six instruments, as an account has them that trades: the deals
/// reach back to it, so that one page of them suffices.
inline void addEarlierTrades(FakeExchange &exchange)
{
    using namespace Qt::StringLiterals;
    QJsonArray trades;
    const QString at = u"num:%1"_s.arg(QDateTime::currentSecsSinceEpoch() / 60 * 60000 - 3600000);
    for (const QString &name : {u"BTC"_s, u"ETH"_s, u"SOL"_s, u"XRP"_s, u"DOGE"_s, u"1000PEPE"_s}) {
        trades.append(QJsonObject{{u"id"_s, u"num:%1"_s.arg(23469279500000001 + trades.size())},
                                  {u"orderId"_s, u"num:%1"_s.arg(33309800000000001 + trades.size())},
                                  {u"instrument"_s, name},
                                  {u"orderStatus"_s, u"finish"_s},
                                  {u"createdDate"_s, at},
                                  {u"updatedDate"_s, at}});
    }
    exchange.command({{u"cmd"_s, u"ended"_s}, {u"deals"_s, trades}});
}

/// An account of the loopback exchange as the program opens it: client, list and cancels, with quick schedules.
struct OpenAccount {
    OpenAccount(const Account &owner, FakeExchange &exchange, Journal &journal)
        : OpenAccount(owner, exchange.baseUrl(), journal)
    {}
    OpenAccount(const Account &owner, const QUrl &baseUrl, Journal &journal,
                const SettlementSchedule &schedule = quickSchedule(), const FeedPace &pace = quickPace())
        : client(network, Endpoint{baseUrl},
                 CoinwClient::Timing{std::chrono::milliseconds(2500), std::chrono::milliseconds(2500),
                                     std::chrono::milliseconds(5000), std::chrono::milliseconds(2000)}),
          feed(client, orders, pace),
          cancels(owner, client, feed, journal, schedule)
    {
        client.setCredentials(Credentials(FakeExchange::exampleKey(), FakeExchange::exampleSecret()));
        client.warmUp();
        feed.start();
    }

    QNetworkAccessManager network;
    CoinwClient client;
    OpenOrders orders;
    OrderFeed feed;
    CancelWorkflow cancels;
};

} // namespace countermand

#pragma once

#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "local/journal.h"
#include "tests/support/fakeexchange.h"
#include "workflow/cancelworkflow.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"

#include <QNetworkAccessManager>

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

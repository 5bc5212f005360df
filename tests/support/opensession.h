#pragma once

#include "exchange/coinwclient.h"
#include "local/journal.h"
#include "practice/practicemarket.h"
#include "practice/practicenetwork.h"
#include "workflow/session.h"

#include <QDateTime>
#include <QTemporaryDir>

#include <memory>

namespace countermand {

/// A session on the orders of a practice exchange, under an account of the user's own or of practice.
struct OpenSession {
    explicit OpenSession(Environment environment = Environment::Practice,
                         const Credentials &credentials = PracticeMarket::credentials())
        : journal(Journal::open(folder.path(), QDateTime::currentDateTimeUtc()))
    {
        auto own = std::make_unique<PracticeNetwork>();
        network = own.get();
        auto client =
            std::make_unique<CoinwClient>(*network, Endpoint{PracticeMarket::baseUrl()}, CoinwClient::Timing{});
        client->setCredentials(credentials);
        own.release()->setParent(client.get());
        const Account account{QStringLiteral("one"), QStringLiteral("Main"), environment,
                              PracticeMarket::baseUrl().host(), 0};
        session = std::make_unique<Session>(account, std::move(client), journal);
    }

    QTemporaryDir folder;
    Journal journal;
    PracticeNetwork *network = nullptr;
    std::unique_ptr<Session> session;
};

} // namespace countermand

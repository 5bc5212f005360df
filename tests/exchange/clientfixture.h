#pragma once

#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "tests/support/fakeexchange.h"

#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QString>

#include <optional>

namespace countermand {

/// A client with its own network over real sockets, and the last thing each of its calls was told.
class ClientFixture : public QObject
{
    Q_OBJECT

public:
    explicit ClientFixture(const FakeExchange &exchange, const CallTiming &timing = {});
    ClientFixture(const QUrl &baseUrl, const QString &caFile, const CallTiming &timing = {});

    /// The calls themselves, waited for. Nothing if the answer did not come in time.
    std::optional<Result<CancelAck>> cancel(const QString &id);
    std::optional<Result<OrderListing>> list(ListKind kind = ListKind::Plan, const QString &instrument = {});
    std::optional<Result<int>> count();
    std::optional<Result<RecordPage<DealRecord>>> deals(const QString &instrument);

    /// A cancel that is not waited for; ends in `acks` or `errors`.
    void startCancel(const QString &id);
    /// A list that is asked for again and again until stopReading().
    void keepReading();
    void stopReading() { m_reading = false; }

    /// The way of connections that are made from now on.
    QNetworkProxy proxy{QNetworkProxy::DefaultProxy};
    CoinwClient client;
    int acks = 0;
    int reads = 0;
    QList<ApiError> errors;

private:
    void readOn();

    bool m_reading = false;
    int m_nextRead = 0;
};

} // namespace countermand

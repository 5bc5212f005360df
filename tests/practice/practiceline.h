#pragma once

#include "domain/qtversions.h"
#include "practice/practicenetwork.h"
#include "practicecall.h"

#include <QNetworkReply>

#include <algorithm>

namespace practicecall {

/// Hands its bytes out once, as the client's body device does.
class OneShot final : public QIODevice
{
public:
    explicit OneShot(QByteArray bytes) : m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool askedFor() const { return m_askedFor; }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        m_askedFor = true;
        if (m_bytes.isEmpty())
            return -1;
        const qsizetype count = std::min<qsizetype>(maxSize, m_bytes.size());
        std::copy_n(m_bytes.cbegin(), count, data);
        m_bytes.remove(0, count);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    bool m_askedFor = false;
};

/// A practice network with a clock that is set by hand, and the requests of a good client.
class Line
{
public:
    QDateTime now{QDate(2026, 3, 4), QTime(12, 0), countermand::inUtc};
    countermand::PracticeNetwork network{[this] { return now; }};

    /// An unsent request with the headers of `call`.
    static QNetworkRequest request(const countermand::PracticeRequest &call)
    {
        QUrl url = countermand::PracticeMarket::baseUrl();
        url.setPath(QString::fromLatin1(call.path));
        if (!call.query.isEmpty())
            url.setQuery(QString::fromLatin1(call.query));
        QNetworkRequest made(url);
        made.setRawHeader("api_key", call.apiKey);
        made.setRawHeader("timestamp", call.timestamp);
        made.setRawHeader("sign", call.sign);
        return made;
    }

    QNetworkReply *get(const QByteArray &target)
    {
        const QDateTime signedAt = network.market().exchangeTime(now);
        return network.get(request(signedRequest("GET", target, {}, signedAt)));
    }

    /// The DELETE goes out with a one-shot body, which belongs to the reply.
    QNetworkReply *cancel(const QByteArray &id, OneShot **device = nullptr)
    {
        const QByteArray body = "{\"id\":\"" + id + "\"}";
        const QDateTime signedAt = network.market().exchangeTime(now);
        QNetworkRequest made = request(signedRequest("DELETE", "/v1/perpum/order", body, signedAt));
        made.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        made.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
        auto *oneShot = new OneShot(body);
        QNetworkReply *reply = network.sendCustomRequest(made, "DELETE", oneShot);
        oneShot->setParent(reply);
        if (device)
            *device = oneShot;
        return reply;
    }
};

} // namespace practicecall

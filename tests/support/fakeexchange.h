#pragma once

#include "tests/support/waiting.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTcpSocket>
#include <QUrl>

#include <map>
#include <optional>

namespace countermand {

/// A CoinW-shaped exchange on real loopback sockets: tests/support/exchange.py as a child process.
///
/// The program text at the top of exchange.py describes every command. While a call waits, the caller's event
/// loop runs on, so the client under test may live on the same thread and calls may nest. The child ends with
/// this object; if the test dies, it ends with the pipe. Use it only in tests.
class FakeExchange
{
public:
    /// Plain HTTP or HTTPS. Untrusted, WrongHost and SelfSigned are HTTPS with a certificate that must be
    /// refused.
    enum class Transport { Plain, Tls, Untrusted, WrongHost, SelfSigned };

    /// Starts the exchange and waits until it listens. `arguments` go to exchange.py as they are.
    explicit FakeExchange(Transport transport = Transport::Plain, const QStringList &arguments = {});
    ~FakeExchange();
    FakeExchange(const FakeExchange &) = delete;
    FakeExchange &operator=(const FakeExchange &) = delete;

    /// False when it did not start; error() says why.
    bool isReady() const { return m_ready; }
    QString error() const { return m_error; }

    /// For example http://127.0.0.1:40123, without a path.
    QUrl baseUrl() const { return m_url; }
    quint16 port() const;
    /// The certificate authority to trust (PEM); empty without TLS.
    QString caFile() const { return m_caFile; }

    /// Key and secret that a fresh exchange accepts.
    static QString exampleKey();
    static QString exampleSecret();

    /// Sends a command and gives its answer: `ok`, and `error` when that is false.
    ///
    /// JSON numbers pass through double here: write ids and prices as "num:95400.10" to have them sent as
    /// bare numbers, digit for digit, or as plain text. An answer that is not ok is also written to the
    /// test's log.
    QJsonObject command(QJsonObject command);
    /// The same for a command without arguments.
    QJsonObject command(const QString &name);

    /// Forgets everything set, listed, scripted and logged; resets all connections. For the start of each
    /// test function.
    void fresh() { command(QStringLiteral("fresh")); }
    /// Changes settings, for example {"rtt_ms": 50}.
    void set(QJsonObject settings);
    /// Replaces the orders of one kind: plan, execute, stopProfitLoss, moveTPSL or planTrigger.
    void setOrders(const QString &kind, const QJsonArray &rows);
    /// Fills the list with `count` plan orders over `instruments` instruments, always the same ones.
    void generate(int count, int instruments = 6);
    /// Scripts how requests of an endpoint ("DELETE /v1/perpum/order") are answered. `behaviour` may hold its
    /// own "match" for more conditions, "times", "skip" and all that exchange.py lists.
    void script(const QString &endpoint, QJsonObject behaviour);
    /// Lets hanging requests have their answer.
    void release() { command(QStringLiteral("release")); }

    /// Log entries that fit `match` (for example {"endpoint": "DELETE /v1/perpum/order"}); all when it is
    /// empty.
    QJsonArray log(const QJsonObject &match = {});
    /// The same for one endpoint ("DELETE /v1/perpum/order").
    QJsonArray log(const QString &endpoint);
    /// accepted, open, ready, h2, tls_failed, malformed, requests, endpoints, bad_signatures, flagged.
    QJsonObject counts() { return command(QStringLiteral("counts")); }
    /// Most arrivals in any 1, 2 and 10 seconds, and the limits that were overrun.
    QJsonObject windows() { return command(QStringLiteral("windows")); }
    /// Forgets requests and counts, keeps orders and connections.
    void resetLog() { command(QStringLiteral("reset")); }

    /// Waits until `count` requests of an endpoint have arrived whole since the last reset; false after
    /// `timeoutMs`.
    bool waitForRequests(const QString &endpoint, int count = 1, int timeoutMs = patience);
    /// Waits for any figure: what is "requests", "replies", "left" or a name of counts().
    bool waitFor(const QString &what, const QJsonObject &match, int count, int timeoutMs = patience);

private:
    bool start(const QStringList &arguments);
    void takeLines();

    QProcess m_process;
    QTcpSocket m_control;
    QUrl m_url;
    QString m_caFile;
    QString m_error;
    bool m_ready = false;
    int m_sequence = 0;
    QByteArray m_incoming;
    std::map<int, std::optional<QJsonObject>> m_answers;
};

} // namespace countermand

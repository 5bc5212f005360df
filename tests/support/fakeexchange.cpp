#include "tests/support/fakeexchange.h"

#include <QDebug>
#include <QEventLoop>
#include <QHostAddress>
#include <QJsonDocument>
#include <QTimer>

#include <chrono>
#include <functional>

namespace countermand {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto startLimit = 30s;
constexpr auto answerLimit = 30s;

/// Runs the event loop until `done`, woken by `wake` (which connects the signals that may bring it about).
bool runUntil(const std::function<bool()> &done, std::chrono::milliseconds limit,
              const std::function<void(QEventLoop &)> &wake)
{
    QEventLoop loop;
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &loop, &QEventLoop::quit);
    wake(loop);
    timer.start(limit);
    while (!done() && timer.isActive())
        loop.exec();
    return done();
}

QStringList optionsOf(FakeExchange::Transport transport)
{
    switch (transport) {
    case FakeExchange::Transport::Plain:
        return {};
    case FakeExchange::Transport::Tls:
        return {u"--tls"_s};
    case FakeExchange::Transport::Untrusted:
        return {u"--tls"_s, u"--certificate"_s, u"untrusted"_s};
    case FakeExchange::Transport::WrongHost:
        return {u"--tls"_s, u"--certificate"_s, u"wrong-host"_s};
    case FakeExchange::Transport::SelfSigned:
        return {u"--tls"_s, u"--certificate"_s, u"self-signed"_s};
    }
    Q_UNREACHABLE();
}

} // namespace

FakeExchange::FakeExchange(Transport transport, const QStringList &arguments)
{
    QObject::connect(&m_control, &QTcpSocket::readyRead, &m_control, [this] { takeLines(); });
    m_ready = start(optionsOf(transport) + arguments);
    if (!m_ready)
        qWarning().noquote() << "The loopback exchange did not start:" << m_error;
}

FakeExchange::~FakeExchange()
{
    m_control.abort();
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(patience))
        m_process.kill();
    m_process.waitForFinished(patience);
}

bool FakeExchange::start(const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(CM_TEST_PYTHON), QStringList{QStringLiteral(CM_TEST_EXCHANGE)} + arguments);
    const auto said = [this] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; };
    runUntil(said, startLimit, [this](QEventLoop &loop) {
        QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &loop, &QEventLoop::quit);
        QObject::connect(&m_process, &QProcess::finished, &loop, &QEventLoop::quit);
        QObject::connect(&m_process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    });
    const QJsonObject ready = QJsonDocument::fromJson(m_process.readLine()).object();
    m_url = QUrl(ready.value("url"_L1).toString());
    m_caFile = ready.value("ca"_L1).toString();
    if (m_url.isEmpty()) {
        m_error = u"no ready line (%1)"_s.arg(m_process.errorString());
        return false;
    }
    m_control.connectToHost(QHostAddress(QHostAddress::LocalHost), quint16(ready.value("control"_L1).toInt()));
    const auto connected = [this] { return m_control.state() == QAbstractSocket::ConnectedState; };
    const bool reached = runUntil(connected, startLimit, [this](QEventLoop &loop) {
        QObject::connect(&m_control, &QTcpSocket::connected, &loop, &QEventLoop::quit);
    });
    if (!reached)
        m_error = u"no control connection (%1)"_s.arg(m_control.errorString());
    return reached;
}

quint16 FakeExchange::port() const
{
    return quint16(m_url.port());
}

QString FakeExchange::exampleKey()
{
    return u"ck_example_0123456789abcdef"_s;
}

QString FakeExchange::exampleSecret()
{
    return u"cs_example_DO_NOT_USE_fedcba9876543210"_s;
}

void FakeExchange::takeLines()
{
    m_incoming += m_control.readAll();
    for (qsizetype end = m_incoming.indexOf('\n'); end >= 0; end = m_incoming.indexOf('\n')) {
        const QJsonObject answer = QJsonDocument::fromJson(m_incoming.left(end)).object();
        m_incoming.remove(0, end + 1);
        const auto waiting = m_answers.find(answer.value("seq"_L1).toInt(-1));
        if (waiting != m_answers.end())
            waiting->second = answer;
    }
}

QJsonObject FakeExchange::command(QJsonObject command)
{
    const int sequence = ++m_sequence;
    command["seq"_L1] = sequence;
    m_answers[sequence] = std::nullopt;
    m_control.write(QJsonDocument(command).toJson(QJsonDocument::Compact) + '\n');
    const auto limit = answerLimit + std::chrono::milliseconds(command.value("timeout_ms"_L1).toInt());
    const auto answered = [this, sequence] {
        return m_answers[sequence].has_value() || m_control.state() != QAbstractSocket::ConnectedState;
    };
    runUntil(answered, limit, [this](QEventLoop &loop) {
        QObject::connect(&m_control, &QTcpSocket::readyRead, &loop, &QEventLoop::quit);
        QObject::connect(&m_control, &QTcpSocket::disconnected, &loop, &QEventLoop::quit);
    });
    const QJsonObject answer =
        m_answers[sequence].value_or(QJsonObject{{"ok"_L1, false}, {"error"_L1, u"no answer"_s}});
    m_answers.erase(sequence);
    if (!answer.value("ok"_L1).toBool()) {
        qWarning().noquote() << "The loopback exchange refused" << command.value("cmd"_L1).toString() << "-"
                             << answer.value("error"_L1).toString();
    }
    return answer;
}

QJsonObject FakeExchange::command(const QString &name)
{
    return command(QJsonObject{{"cmd"_L1, name}});
}

void FakeExchange::set(QJsonObject settings)
{
    settings["cmd"_L1] = u"set"_s;
    command(settings);
}

void FakeExchange::setOrders(const QString &kind, const QJsonArray &rows)
{
    command(QJsonObject{{"cmd"_L1, u"orders"_s}, {"kind"_L1, kind}, {"rows"_L1, rows}});
}

void FakeExchange::generate(int count, int instruments)
{
    command(QJsonObject{{"cmd"_L1, u"generate"_s}, {"count"_L1, count}, {"instruments"_L1, instruments}});
}

void FakeExchange::script(const QString &endpoint, QJsonObject behaviour)
{
    QJsonObject match = behaviour.value("match"_L1).toObject();
    match["endpoint"_L1] = endpoint;
    behaviour["match"_L1] = match;
    behaviour["cmd"_L1] = u"script"_s;
    command(behaviour);
}

QJsonArray FakeExchange::log(const QJsonObject &match)
{
    return command(QJsonObject{{"cmd"_L1, u"log"_s}, {"match"_L1, match}}).value("requests"_L1).toArray();
}

QJsonArray FakeExchange::log(const QString &endpoint)
{
    return log(QJsonObject{{"endpoint"_L1, endpoint}});
}

bool FakeExchange::waitForRequests(const QString &endpoint, int count, int timeoutMs)
{
    return waitFor(u"requests"_s, QJsonObject{{"endpoint"_L1, endpoint}}, count, timeoutMs);
}

bool FakeExchange::waitFor(const QString &what, const QJsonObject &match, int count, int timeoutMs)
{
    const QJsonObject answer = command(QJsonObject{{"cmd"_L1, u"wait"_s},
                                                   {"what"_L1, what},
                                                   {"match"_L1, match},
                                                   {"count"_L1, count},
                                                   {"timeout_ms"_L1, timeoutMs}});
    return answer.value("ok"_L1).toBool() && !answer.value("timed_out"_L1).toBool();
}

} // namespace countermand

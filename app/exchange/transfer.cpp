#include "exchange/transfer.h"

#include "exchange/exchangeclock.h"
#include "exchange/oneshotbody.h"
#include "exchange/retryafter.h"

#include <QSslError>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr qint64 largestBody = qint64(largestAnswerMegabytes) * 1024 * 1024;

bool isOfDates(const QSslError &fault)
{
    return fault.error() == QSslError::CertificateNotYetValid || fault.error() == QSslError::CertificateExpired;
}

/// Qt tells some faults once for the certificate and once for the chain.
QStringList withoutRepeats(QStringList faults)
{
    faults.removeDuplicates();
    return faults;
}

} // namespace

Transfer::Transfer(QNetworkReply *reply, const OneShotBody *body, Verb verb, std::chrono::milliseconds limit,
                   std::chrono::milliseconds connectLimit, QObject *parent)
    : QObject(parent), m_reply(reply), m_body(body), m_startedAt(std::chrono::steady_clock::now())
{
    m_result.verb = verb;

    connect(reply, &QNetworkReply::finished, this, &Transfer::finish);
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &faults) {
        for (const QSslError &fault : faults)
            m_tlsFaults.append(fault.errorString());
        m_result.onlyDatesAreWrong = !faults.isEmpty() && std::all_of(faults.cbegin(), faults.cend(), isOfDates);
    });
    connect(reply, &QNetworkReply::requestSent, this, [this] {
        if (std::exchange(m_result.reportedSent, true))
            emit sentAgain();
        m_connectTimer.stop();
    });
    connect(reply, &QNetworkReply::metaDataChanged, this,
            [this] { m_result.isNobodys = m_result.isNobodys || (m_body && !m_body->wasAskedFor()); });
    connect(reply, &QNetworkReply::readyRead, this, [this] {
        if (m_reply->bytesAvailable() <= largestBody)
            return;
        m_result.tooLarge = true;
        stop();
    });

    for (auto *timer : {&m_timer, &m_connectTimer}) {
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
    }
    connect(&m_timer, &QTimer::timeout, this, [this, limit] { timeOut(limit); });
    connect(&m_connectTimer, &QTimer::timeout, this, [this, connectLimit] { timeOut(connectLimit); });
    m_timer.start(limit);
    if (connectLimit < limit)
        m_connectTimer.start(connectLimit);

    if (reply->isFinished())
        QMetaObject::invokeMethod(this, &Transfer::finish, Qt::QueuedConnection);
}

Transfer::~Transfer()
{
    m_reply->disconnect(this);
    if (!m_ended)
        m_reply->abort();
    m_reply->deleteLater();
}

void Transfer::timeOut(std::chrono::milliseconds limit)
{
    m_result.timedOut = true;
    m_result.timeLimit = limit;
    stop();
}

void Transfer::giveUp()
{
    if (!m_ended)
        timeOut(std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_startedAt));
}

void Transfer::stop()
{
    const QPointer<Transfer> self(this);
    m_reply->abort();
    if (self)
        finish();
}

void Transfer::finish()
{
    if (m_ended)
        return;
    m_ended = true;
    m_timer.stop();
    m_connectTimer.stop();
    m_result.latency =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_startedAt);
    m_result.bodyAskedFor = m_body && m_body->wasAskedFor();
    m_result.error = m_reply->error();
    m_result.errorText = m_tlsFaults.isEmpty() ? m_reply->errorString() : withoutRepeats(m_tlsFaults).join(u"; "_s);
    m_result.httpStatus = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_result.date = dateFromHeader(m_reply->rawHeader("Date"));
    m_result.retryAfter = retryAfterFromHeader(
        m_reply->rawHeader("Retry-After"), m_result.date.isValid() ? m_result.date : QDateTime::currentDateTimeUtc());
    if (!m_result.tooLarge && m_reply->isOpen())
        m_result.body = m_reply->readAll();
    emit ended(m_result);
}

} // namespace countermand

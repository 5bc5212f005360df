#include "practice/practicereply.h"

#include <QLocale>
#include <QSslError>

#include <algorithm>
#include <cstring>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

/// RFC 7231, always in English: "Wed, 04 Mar 2026 13:03:22 GMT".
QByteArray httpDate(const QDateTime &date)
{
    return QLocale::c().toString(date.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

} // namespace

PracticeReply::PracticeReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request,
                             QObject *parent)
    : QNetworkReply(parent)
{
    setOperation(operation);
    setRequest(request);
    setUrl(request.url());
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void PracticeReply::answer(int httpStatus, const QByteArray &body, const QDateTime &date)
{
    if (isFinished())
        return;
    const bool found = httpStatus < 400;
    const QString reason = found ? u"OK"_s : u"Not Found"_s;
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, httpStatus);
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, reason);
    setAttribute(QNetworkRequest::ConnectionEncryptedAttribute, true);
    setAttribute(QNetworkRequest::Http2WasUsedAttribute, false);
    setRawHeader("Date", httpDate(date));
    setHeader(QNetworkRequest::ContentTypeHeader, u"application/json;charset=UTF-8"_s);
    setHeader(QNetworkRequest::ContentLengthHeader, body.size());
    m_body = body;
    if (!found) {
        // As Qt says it: the body stays readable beside the error.
        setError(ContentNotFoundError,
                 u"Error transferring %1 - server replied: %2"_s.arg(url().toDisplayString(), reason));
    }
    setFinished(true);
    emit metaDataChanged();
    if (!m_body.isEmpty())
        emit readyRead();
    if (!found)
        emit errorOccurred(error());
    finish();
}

void PracticeReply::fail(NetworkError error, const QString &text)
{
    if (isFinished())
        return;
    setError(error, text);
    setFinished(true);
    emit errorOccurred(error);
    finish();
}

void PracticeReply::failHandshake()
{
    if (isFinished())
        return;
    emit sslErrors({QSslError(QSslError::SelfSignedCertificate)});
    fail(SslHandshakeFailedError, u"SSL handshake failed"_s);
}

void PracticeReply::finishEmpty()
{
    if (isFinished())
        return;
    setFinished(true);
    finish();
}

void PracticeReply::abort()
{
    fail(OperationCanceledError, u"Operation canceled"_s);
}

void PracticeReply::finish()
{
    emit readChannelFinished();
    emit finished();
}

qint64 PracticeReply::bytesAvailable() const
{
    return m_body.size() - m_offset + QNetworkReply::bytesAvailable();
}

qint64 PracticeReply::readData(char *data, qint64 maxSize)
{
    const qsizetype count = std::min<qsizetype>(maxSize, m_body.size() - m_offset);
    if (count <= 0)
        return isFinished() ? -1 : 0;
    std::memcpy(data, m_body.constData() + m_offset, size_t(count));
    m_offset += count;
    return count;
}

} // namespace countermand

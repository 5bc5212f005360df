#include "scriptednetwork.h"

#include <QLocale>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace countermand {

ScriptedReply::ScriptedReply(const QNetworkRequest &request, const ScriptedAnswer &answer, QObject *parent)
    : QNetworkReply(parent), m_answer(answer)
{
    setRequest(request);
    setUrl(request.url());
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    if (answer.takesBody)
        QMetaObject::invokeMethod(this, &QNetworkReply::requestSent, Qt::QueuedConnection);
    if (!answer.hangs)
        QMetaObject::invokeMethod(this, &ScriptedReply::finishNow, Qt::QueuedConnection);
}

void ScriptedReply::finishNow()
{
    if (isFinished())
        return;
    if (m_answer.status != 0)
        setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_answer.status);
    if (m_answer.date.isValid())
        setRawHeader("Date", QLocale::c().toString(m_answer.date, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1());
    if (!m_answer.body.isEmpty()) {
        emit readyRead();
        if (isFinished())
            return;
    }
    end(m_answer.error, m_answer.errorText);
}

void ScriptedReply::abort()
{
    if (!isFinished())
        end(OperationCanceledError, u"Operation canceled"_s);
}

void ScriptedReply::end(NetworkError code, const QString &text)
{
    setFinished(true);
    if (code != NoError) {
        setError(code, text);
        emit errorOccurred(code);
    }
    emit finished();
}

qint64 ScriptedReply::bytesAvailable() const
{
    return m_answer.body.size() - m_at;
}

qint64 ScriptedReply::readData(char *data, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_answer.body.size() - m_at);
    if (size <= 0)
        return -1;
    std::memcpy(data, m_answer.body.constData() + m_at, size_t(size));
    m_at += size;
    return size;
}

int ScriptedNetwork::calls() const
{
    return int(std::count_if(requests.cbegin(), requests.cend(), [](const ScriptedRequest &seen) {
        return !seen.request.url().scheme().startsWith("preconnect"_L1);
    }));
}

int ScriptedNetwork::count(bool deletes) const
{
    return int(std::count_if(requests.cbegin(), requests.cend(),
                             [deletes](const ScriptedRequest &request) { return request.isDelete() == deletes; }));
}

void ScriptedNetwork::release(int index)
{
    if (auto *reply = qobject_cast<ScriptedReply *>(requests[index].reply))
        reply->finishNow();
}

QNetworkReply *ScriptedNetwork::createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body)
{
    ScriptedRequest seen{operation, request, {}, {}};
    const ScriptedAnswer answer = respond ? respond(seen) : ScriptedAnswer();
    if (body && answer.takesBody)
        seen.body = body->readAll();
    auto *reply = new ScriptedReply(request, answer, this);
    seen.reply = reply;
    requests.append(seen);
    return reply;
}

} // namespace countermand

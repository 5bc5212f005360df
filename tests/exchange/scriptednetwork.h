#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QString>

#include <functional>

namespace countermand {

/// How a scripted request ends.
struct ScriptedAnswer {
    QByteArray body = QByteArrayLiteral("{\"code\":0,\"msg\":\"Success\"}");
    int status = 200;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QString errorText = {};
    /// The request's body is read, as when it goes out.
    bool takesBody = true;
    /// Never answers by itself.
    bool hangs = false;
    QDateTime date = {};
};

/// A request as it reached the network.
struct ScriptedRequest {
    QNetworkAccessManager::Operation operation = QNetworkAccessManager::UnknownOperation;
    QNetworkRequest request;
    QByteArray body;
    QPointer<QNetworkReply> reply;

    bool isDelete() const
    {
        return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray() == QByteArrayLiteral("DELETE");
    }
    QByteArray target() const { return request.url().toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority); }
    QByteArray header(const char *name) const { return request.rawHeader(name); }
};

/// A reply that ends as the script says, from the event loop.
class ScriptedReply final : public QNetworkReply
{
    Q_OBJECT

public:
    ScriptedReply(const QNetworkRequest &request, const ScriptedAnswer &answer, QObject *parent);

    void abort() override;
    /// Ends a hanging reply.
    void finishNow();
    qint64 bytesAvailable() const override;
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;

private:
    void end(NetworkError error, const QString &text);

    ScriptedAnswer m_answer;
    qint64 m_at = 0;
};

/// QNetworkAccessManager's own seam: every request is noted and answered by `respond`. No sockets.
class ScriptedNetwork final : public QNetworkAccessManager
{
    Q_OBJECT

public:
    std::function<ScriptedAnswer(const ScriptedRequest &)> respond;
    QList<ScriptedRequest> requests;

    /// Requests other than those that only open a connection.
    int calls() const;
    int count(bool deletes) const;
    /// The hanging reply of request `index`, let go.
    void release(int index);

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body) override;
};

} // namespace countermand

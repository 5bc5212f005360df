#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QNetworkReply>

namespace countermand {

/// A reply that is filled by the practice exchange instead of a socket. Ends once: answered, failed or
/// aborted.
class PracticeReply final : public QNetworkReply
{
    Q_OBJECT

public:
    PracticeReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request, QObject *parent);

    /// Ends it with an HTTP answer; `date` (UTC) becomes the `Date` header. Nothing happens if it has ended.
    void answer(int httpStatus, const QByteArray &body, const QDateTime &date);
    /// Ends it with a failure below HTTP. Nothing happens if it has ended.
    void fail(NetworkError error, const QString &text);
    /// Ends it as Qt does when a server's certificate can't be trusted; can't be ignored.
    void failHandshake();
    /// Ends it without anything, as the request that only opens a connection.
    void finishEmpty();

    void abort() override;
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;

private:
    void finish();

    QByteArray m_body;
    qsizetype m_offset = 0;
};

} // namespace countermand

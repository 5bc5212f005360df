#pragma once

#include <QByteArray>
#include <QIODevice>

namespace countermand {

/// A request's body that can be read once and never again.
///
/// QNetworkAccessManager silently sends a request again when the peer closes without answering. To do so it must
/// rewind the body; this one can't be rewound, so the call ends with ContentReSendError instead. The moment its first
/// byte is taken is the moment from which the exchange may have the request.
class OneShotBody final : public QIODevice
{
    Q_OBJECT

public:
    explicit OneShotBody(const QByteArray &bytes, QObject *parent = nullptr);

    /// The first byte has been handed out.
    bool wasAskedFor() const { return m_at > 0; }

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool atEnd() const override { return m_at == m_bytes.size(); }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_at; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_bytes;
    qsizetype m_at = 0;
};

} // namespace countermand

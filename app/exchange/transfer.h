#pragma once

#include "exchange/rawreply.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>

#include <chrono>

namespace countermand {

class OneShotBody;

/// One request under way, from handing it to the network to its end.
class Transfer final : public QObject
{
    Q_OBJECT

public:
    /// Takes over `reply` (deletes it). `body` is the reply's own, null for a GET. The whole request ends after
    /// `limit`, and already after `connectLimit` if it has not left by then.
    Transfer(QNetworkReply *reply, const OneShotBody *body, Verb verb, std::chrono::milliseconds limit,
             std::chrono::milliseconds connectLimit, QObject *parent);
    /// Ends the request as if its time were over.
    void giveUp();
    bool isRead() const { return m_result.verb == Verb::Get; }
    std::chrono::steady_clock::time_point startedAt() const { return m_startedAt; }
    /// Aborts what is still under way; ended() is not emitted then.
    ~Transfer() override;

signals:
    /// The network has sent the request once more.
    void sentAgain();
    /// Exactly once.
    void ended(const countermand::RawReply &reply);

private:
    void finish();
    void stop();
    void timeOut(std::chrono::milliseconds limit);

    QNetworkReply *m_reply;
    QPointer<const OneShotBody> m_body;
    QTimer m_timer;
    QTimer m_connectTimer;
    QStringList m_tlsFaults;
    std::chrono::steady_clock::time_point m_startedAt;
    RawReply m_result;
    bool m_ended = false;
};

} // namespace countermand

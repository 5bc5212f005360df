#pragma once

#include "practice/practicemarket.h"

#include <QNetworkAccessManager>

#include <chrono>
#include <functional>

namespace countermand {

class PracticeReply;

/// A network in which only the practice exchange exists: every request is answered inside the program.
///
/// No socket is ever opened: `createRequest` never calls its base. A request leaves in the next turn of the
/// event loop and its body is read then, as on the wire, unless no connection can be made. Requests to any
/// other host fail as if it didn't exist.
class PracticeNetwork final : public QNetworkAccessManager
{
    Q_OBJECT

public:
    /// Tells this computer's time, UTC.
    using Clock = std::function<QDateTime()>;

    explicit PracticeNetwork(QObject *parent = nullptr);
    explicit PracticeNetwork(Clock clock, QObject *parent = nullptr);

    PracticeAnswer nextAnswer() const { return m_market.nextAnswer(); }
    void setNextAnswer(PracticeAnswer answer);

    /// Does what the menu's action says; a switch is flipped. `selected` only matters to actions on an order,
    /// and without one those do nothing.
    void perform(PracticeCommand command, const OrderId &selected = OrderId());
    /// Whether a switch is on; false for what isn't a switch.
    bool isOn(PracticeCommand command) const;

    const PracticeMarket &market() const { return m_market; }

signals:
    /// The choice was made, used up by a cancel, or reset.
    void nextAnswerChanged(countermand::PracticeAnswer answer);
    /// A switch was flipped, or all were by a reset.
    void switchesChanged();
    /// A reset put the orders of the beginning back, under the ids that they had. Told before marketChanged().
    void startedOver();
    /// An action of the menu changed the orders or the line at once: the list may be read again.
    void marketChanged();

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoingData = nullptr) override;

private:
    void send(PracticeReply *reply, QIODevice *outgoingData);
    void sendPreconnect(PracticeReply *reply);
    std::chrono::milliseconds nextLatency();
    template <typename Change>
    void changing(Change change);

    Clock m_clock;
    PracticeMarket m_market;
    int m_sent = 0;
};

} // namespace countermand

#include "practice/practicenetwork.h"

#include "practice/practicereply.h"

#include <QPointer>
#include <QTimer>

#include <utility>

namespace countermand {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds laterDelay = 3s;

QByteArray verbOf(const QNetworkReply &reply)
{
    switch (reply.operation()) {
    case QNetworkAccessManager::HeadOperation:
        return "HEAD";
    case QNetworkAccessManager::GetOperation:
        return "GET";
    case QNetworkAccessManager::PutOperation:
        return "PUT";
    case QNetworkAccessManager::PostOperation:
        return "POST";
    case QNetworkAccessManager::DeleteOperation:
        return "DELETE";
    case QNetworkAccessManager::CustomOperation:
        return reply.request().attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    case QNetworkAccessManager::UnknownOperation:
        break;
    }
    return {};
}

bool isPreconnect(const QUrl &url)
{
    return url.scheme().startsWith("preconnect-"_L1);
}

} // namespace

PracticeNetwork::PracticeNetwork(QObject *parent)
    : PracticeNetwork([] { return QDateTime::currentDateTimeUtc(); }, parent)
{}

PracticeNetwork::PracticeNetwork(Clock clock, QObject *parent)
    : QNetworkAccessManager(parent), m_clock(std::move(clock)), m_market(m_clock())
{}

template <typename Change>
void PracticeNetwork::changing(Change change)
{
    const PracticeAnswer before = m_market.nextAnswer();
    change();
    if (m_market.nextAnswer() != before)
        emit nextAnswerChanged(m_market.nextAnswer());
}

void PracticeNetwork::setNextAnswer(PracticeAnswer answer)
{
    changing([this, answer] { m_market.setNextAnswer(answer); });
}

bool PracticeNetwork::isOn(PracticeCommand command) const
{
    if (command == PracticeCommand::RepeatForAll)
        return m_market.repeats();
    if (command == PracticeCommand::MarketMoves)
        return m_market.moves();
    if (command == PracticeCommand::GoOffline)
        return m_market.isOffline();
    if (command == PracticeCommand::PositionsUnreadable)
        return m_market.book().hidesPositions();
    return false;
}

void PracticeNetwork::perform(PracticeCommand command, const OrderId &selected)
{
    const QDateTime now = m_clock();
    switch (command) {
    case PracticeCommand::RepeatForAll:
        m_market.setRepeats(!m_market.repeats());
        emit switchesChanged();
        return;
    case PracticeCommand::MarketMoves:
        m_market.setMoves(!m_market.moves(), now);
        emit switchesChanged();
        return;
    case PracticeCommand::GoOffline:
        m_market.setOffline(!m_market.isOffline());
        emit switchesChanged();
        emit marketChanged();
        return;
    case PracticeCommand::FillPartly:
        m_market.happen(PracticeBook::Event::FillPartly, selected, now);
        emit marketChanged();
        return;
    case PracticeCommand::FillPartlyIn3s:
        m_market.happen(PracticeBook::Event::FillPartly, selected, now, laterDelay);
        return;
    case PracticeCommand::FillFully:
        m_market.happen(PracticeBook::Event::FillFully, selected, now);
        emit marketChanged();
        return;
    case PracticeCommand::FillFullyIn3s:
        m_market.happen(PracticeBook::Event::FillFully, selected, now, laterDelay);
        return;
    case PracticeCommand::RemoveElsewhere:
        m_market.happen(PracticeBook::Event::Cancel, selected, now);
        emit marketChanged();
        return;
    case PracticeCommand::RemoveElsewhereIn3s:
        m_market.happen(PracticeBook::Event::Cancel, selected, now, laterDelay);
        return;
    case PracticeCommand::AddOlder:
        m_market.change(now, [](PracticeBook &book, const QDateTime &stamp) { book.addOlder(stamp); });
        emit marketChanged();
        return;
    case PracticeCommand::Add15:
        m_market.change(now, [](PracticeBook &book, const QDateTime &stamp) { book.addNew(15, stamp); });
        emit marketChanged();
        return;
    case PracticeCommand::ClosePosition:
        m_market.change(now, [&selected](PracticeBook &book, const QDateTime &) { book.closePosition(selected); });
        emit marketChanged();
        return;
    case PracticeCommand::AddOrphan:
        m_market.change(now, [](PracticeBook &book, const QDateTime &stamp) { book.addOrphan(stamp); });
        emit marketChanged();
        return;
    case PracticeCommand::PositionsUnreadable:
        m_market.change(
            now, [](PracticeBook &book, const QDateTime &) { book.setHidesPositions(!book.hidesPositions()); });
        emit switchesChanged();
        emit marketChanged();
        return;
    case PracticeCommand::EditElsewhere:
        m_market.change(
            now, [&selected](PracticeBook &book, const QDateTime &stamp) { book.editElsewhere(selected, stamp); });
        emit marketChanged();
        return;
    case PracticeCommand::Reset:
        changing([this, &now] { m_market.reset(now); });
        emit switchesChanged();
        emit startedOver();
        emit marketChanged();
        return;
    }
}

std::chrono::milliseconds PracticeNetwork::nextLatency()
{
    // Steps of 37 through 40 to 90 ms: uneven as on a real line, the same on every run.
    return std::chrono::milliseconds(40 + (m_sent++ * 37) % 51);
}

QNetworkReply *PracticeNetwork::createRequest(Operation operation, const QNetworkRequest &request,
                                              QIODevice *outgoingData)
{
    auto *reply = new PracticeReply(operation, request, this);
    QTimer::singleShot(0, reply, [this, reply, body = QPointer<QIODevice>(outgoingData)] {
        if (reply->isFinished())
            return;
        if (isPreconnect(reply->url()))
            sendPreconnect(reply);
        else
            send(reply, body);
    });
    return reply;
}

void PracticeNetwork::sendPreconnect(PracticeReply *reply)
{
    // Qt hands this reply to nobody, so nobody else would delete it.
    QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    const bool refused = m_market.isOffline();
    QTimer::singleShot(nextLatency(), reply, [reply, refused] {
        if (refused)
            reply->fail(QNetworkReply::ConnectionRefusedError, u"Connection refused"_s);
        else
            reply->finishEmpty();
    });
}

void PracticeNetwork::send(PracticeReply *reply, QIODevice *outgoingData)
{
    const std::chrono::milliseconds latency = nextLatency();
    const QUrl url = reply->url();
    if (url.scheme() != PracticeMarket::baseUrl().scheme() || url.host() != PracticeMarket::baseUrl().host()) {
        QTimer::singleShot(latency, reply, [reply, url] {
            reply->fail(QNetworkReply::HostNotFoundError, u"Host %1 not found"_s.arg(url.host()));
        });
        return;
    }

    PracticeRequest request;
    request.verb = verbOf(*reply);
    request.path = url.path(QUrl::FullyEncoded).toLatin1();
    request.query = url.query(QUrl::FullyEncoded).toLatin1();
    request.apiKey = reply->request().rawHeader("api_key");
    request.timestamp = reply->request().rawHeader("timestamp");
    request.sign = reply->request().rawHeader("sign");

    PracticeMarket::Line line = PracticeMarket::Line::Good;
    changing([this, &line, &request] { line = m_market.line(request.verb, request.path); });
    switch (line) {
    case PracticeMarket::Line::Refused:
        QTimer::singleShot(latency, reply,
                           [reply] { reply->fail(QNetworkReply::ConnectionRefusedError, u"Connection refused"_s); });
        return;
    case PracticeMarket::Line::NotSecure:
        QTimer::singleShot(latency, reply, [reply] { reply->failHandshake(); });
        return;
    case PracticeMarket::Line::Good:
        break;
    }

    if (outgoingData)
        request.body = outgoingData->readAll();
    emit reply->requestSent();

    PracticeResponse response;
    changing([this, &response, &request] { response = m_market.receive(request, m_clock()); });
    if (response.silent)
        return;
    QTimer::singleShot(latency + response.delay, reply, [this, reply, response] {
        reply->answer(response.httpStatus, response.body, m_market.exchangeTime(m_clock()));
    });
}

} // namespace countermand

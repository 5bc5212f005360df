#include "practice/practicemarket.h"

#include "practice/practicereads.h"
#include "practice/practicerows.h"

#include <QJsonDocument>

#include <algorithm>

namespace countermand {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds timestampTolerance = 30s;
constexpr std::chrono::milliseconds clockJump = 90s;
/// How long requests signed by the clock before a jump are still let in.
constexpr std::chrono::milliseconds clockGrace = 60s;
constexpr std::chrono::milliseconds slowDelay = 4s;
constexpr qsizetype batchLimit = 20;

constexpr auto cancelPath = "/v1/perpum/order";
constexpr auto batchPath = "/v1/perpum/batchOrders";
constexpr auto positionsPath = "/v1/perpum/positions/all";

bool isCancel(const QByteArray &verb, const QByteArray &path)
{
    return verb == "DELETE" && (path == cancelPath || path == batchPath);
}

PracticeResponse refusal(int code, const QString &message)
{
    return {false, 200, practicerows::plain(code, message), 0ms};
}

PracticeResponse notFound()
{
    return {false, 404, practicerows::plain(404, u"Requested address does not exist"_s), 0ms};
}

PracticeResponse noAnswer()
{
    return {true, 0, {}, 0ms};
}

bool isWithin(const QDateTime &a, const QDateTime &b, std::chrono::milliseconds span)
{
    return qAbs(a.msecsTo(b)) <= span.count();
}

/// An id of a request's body, as text or as a whole number. Empty for anything else.
OrderId idOf(const QJsonValue &value)
{
    return OrderId(value.isDouble() ? QString::number(value.toInteger()) : value.toString());
}

} // namespace

PracticeMarket::PracticeMarket(const QDateTime &now) : m_book(now) {}

Credentials PracticeMarket::credentials()
{
    return Credentials(u"practice_key"_s, u"practice_secret_opens_nothing"_s);
}

QUrl PracticeMarket::baseUrl()
{
    return QUrl(u"https://practice.invalid"_s);
}

QDateTime PracticeMarket::exchangeTime(const QDateTime &now) const
{
    return now.addMSecs(m_clockOffset.count());
}

void PracticeMarket::setClockOffset(std::chrono::milliseconds offset, const QDateTime &now)
{
    if (offset == m_clockOffset)
        return;
    m_offsetBefore = m_clockOffset;
    m_clockOffset = offset;
    m_clockChangedAt = now;
}

bool PracticeMarket::isTimely(const PracticeRequest &request, const QDateTime &now) const
{
    const std::optional<QDateTime> signedAt = practiceTimestamp(request);
    if (!signedAt)
        return false;
    if (isWithin(*signedAt, exchangeTime(now), timestampTolerance))
        return true;
    // A read that was on its way while the clock jumped must not look like a refused key.
    return m_clockChangedAt.isValid() && isWithin(m_clockChangedAt, now, clockGrace) &&
           isWithin(*signedAt, now.addMSecs(m_offsetBefore.count()), timestampTolerance);
}

PracticeAnswer PracticeMarket::takeAnswer()
{
    const PracticeAnswer taken = m_nextAnswer;
    if (!m_repeats)
        m_nextAnswer = PracticeAnswer::Normal;
    return taken;
}

PracticeMarket::Line PracticeMarket::line(const QByteArray &verb, const QByteArray &path)
{
    if (m_offline)
        return Line::Refused;
    if (!isCancel(verb, path))
        return Line::Good;
    if (m_nextAnswer == PracticeAnswer::NoConnection) {
        takeAnswer();
        return Line::Refused;
    }
    if (m_nextAnswer == PracticeAnswer::NotSecure) {
        takeAnswer();
        return Line::NotSecure;
    }
    return Line::Good;
}

PracticeResponse PracticeMarket::receive(const PracticeRequest &request, const QDateTime &now)
{
    advance(now);
    if (request.verb == "GET" && isPublicReading(request.path))
        return read(request);
    if (const std::optional<PracticeRefusal> refused = practiceRefusal(request, credentials()))
        return refusal(refused->code, refused->message);
    if (!isTimely(request, now))
        return refusal(6001, u"Timestamp out of range."_s);

    if (request.verb == "GET")
        return read(request);
    if (isCancel(request.verb, request.path))
        return request.path == cancelPath ? cancelOne(request.body, now) : cancelBatch(request.body, now);
    return notFound();
}

PracticeResponse PracticeMarket::read(const PracticeRequest &request) const
{
    if (m_book.hidesPositions() && request.path == positionsPath)
        return {false, 200, practicerows::answer(QJsonObject()), 0ms};
    const std::optional<PracticeReading> reading = practiceReading(m_book, request.path, request.query);
    return reading ? PracticeResponse{false, reading->httpStatus, reading->body, 0ms} : notFound();
}

PracticeResponse PracticeMarket::cancelOne(const QByteArray &body, const QDateTime &now)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return {false, 200, practicerows::badParameter(), 0ms};
    const OrderId id = idOf(document.object().value("id"_L1));
    if (id.isEmpty())
        return refusal(402, u"param required"_s);
    if (!m_book.isOpen(id))
        return refusal(9012, u"Position not found."_s);
    return cancel({id}, refusal(0, u"Success"_s), now);
}

PracticeResponse PracticeMarket::cancelBatch(const QByteArray &body, const QDateTime &now)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return {false, 200, practicerows::badParameter(), 0ms};
    const QJsonArray values = document.object().value("sourceIds"_L1).toArray();
    if (values.isEmpty())
        return refusal(402, u"param required"_s);
    if (values.size() > batchLimit)
        return {false, 200, practicerows::badParameter(), 0ms};
    QList<OrderId> ids;
    for (const QJsonValue value : values)
        ids.append(idOf(value));
    return cancel(ids, refusal(0, QString()), now);
}

PracticeResponse PracticeMarket::cancel(const QList<OrderId> &ids, const PracticeResponse &accepted,
                                        const QDateTime &now)
{
    // A batch never says how its orders fared, so there the orders' own fates hide behind code 0.
    const PracticeResponse gone = ids.size() == 1 ? refusal(9012, u"Position not found."_s) : accepted;
    const QDateTime stamp = exchangeTime(now);
    const auto forEach = [this, &ids](auto act) {
        for (const OrderId &id : ids)
            act(m_book, id);
    };
    const auto cancelAt = [&forEach](const QDateTime &at) {
        forEach([&at](PracticeBook &book, const OrderId &id) { book.cancel(id, at); });
    };
    const auto fillAt = [&forEach](const QDateTime &at) {
        forEach([&at](PracticeBook &book, const OrderId &id) { book.fillFully(id, at); });
    };

    switch (takeAnswer()) {
    case PracticeAnswer::Normal:
    case PracticeAnswer::NoConnection:
    case PracticeAnswer::NotSecure:
        // The last two were dealt with by line(); whoever got this far has a connection.
        cancelAt(stamp);
        return accepted;
    case PracticeAnswer::GoneFilled:
        fillAt(stamp.addSecs(-3));
        return gone;
    case PracticeAnswer::GoneCanceled:
        cancelAt(stamp.addSecs(-20));
        return gone;
    case PracticeAnswer::Rejected:
        return refusal(9111, u"This instrument can't be traded at the moment."_s);
    case PracticeAnswer::SignInRefused:
        return refusal(6001, u"Signature verification failed."_s);
    case PracticeAnswer::PermissionMissing:
        return {false, 200, practicerows::gateway(6003, u"require more permission"_s), 0ms};
    case PracticeAnswer::RateLimit:
        return refusal(29001, u"API access frequently"_s);
    case PracticeAnswer::NoAnswerCanceled:
        cancelAt(stamp);
        return noAnswer();
    case PracticeAnswer::NoAnswerFilled:
        fillAt(stamp);
        return noAnswer();
    case PracticeAnswer::NoAnswerOpen:
        return noAnswer();
    case PracticeAnswer::NoAnswerUnknown:
        forEach([](PracticeBook &book, const OrderId &id) { book.vanish(id); });
        return noAnswer();
    case PracticeAnswer::AcceptedStillListed:
        return accepted;
    case PracticeAnswer::Slow: {
        PracticeResponse late = accepted;
        late.delay = slowDelay;
        const QDateTime due = now.addMSecs(slowDelay.count());
        forEach(
            [&due](PracticeBook &book, const OrderId &id) { book.schedule(PracticeBook::Event::Cancel, id, due); });
        return late;
    }
    case PracticeAnswer::ClockOff:
        setClockOffset(m_clockOffset + clockJump, now);
        return refusal(6001, u"Timestamp out of range."_s);
    }
    return notFound();
}

void PracticeMarket::happen(PracticeBook::Event event, const OrderId &id, const QDateTime &now,
                            std::chrono::milliseconds delay)
{
    m_book.schedule(event, id, now.addMSecs(delay.count()));
    advance(now);
}

void PracticeMarket::change(const QDateTime &now,
                            const std::function<void(PracticeBook &book, const QDateTime &stamp)> &change)
{
    advance(now);
    change(m_book, exchangeTime(now));
}

void PracticeMarket::reset(const QDateTime &now)
{
    m_book = PracticeBook(now);
    m_nextAnswer = PracticeAnswer::Normal;
    m_repeats = false;
    m_offline = false;
    setClockOffset(0ms, now);
}

void PracticeMarket::advance(const QDateTime &now)
{
    m_book.advance(now, m_clockOffset);
}

} // namespace countermand

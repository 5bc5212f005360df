#include "workflow/answercheck.h"

#include "exchange/coinwclient.h"
#include "exchange/wire.h"
#include "workflow/session.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr auto wrongBy = 1h;
/// Traded at all times; asked about where no order names another.
const auto usualInstrument = "BTC"_L1;

QString firstInstrument(const std::optional<CheckAnswer> &list)
{
    const QJsonArray rows = list ? list->data.toArray() : QJsonArray();
    const QString name = rows.first().toObject().value("instrument"_L1).toString();
    return name.isEmpty() ? QString(usualInstrument) : name;
}

} // namespace

AnswerCheck::AnswerCheck(Session &session) : QObject(&session), m_client(session.line()) {}

void AnswerCheck::start(bool wrongTime)
{
    using Answer = std::optional<CheckAnswer> CheckAnswers::*;
    const auto ask = [this](const ApiRequest &request, Answer answer) {
        m_client.readData(request, this, [this, answer](const Result<QJsonValue> &result, const CallTimes &) {
            m_answers.*answer =
                result ? CheckAnswer{*result, {}} : CheckAnswer{{QJsonValue::Undefined}, result.error()};
            next();
        });
    };
    const auto list = [this, ask](ListKind kind, Answer answer) {
        m_reads.append([ask, kind, answer] { ask(*listRequest(kind, {}, 1), answer); });
    };
    m_answers = {};
    m_reads.clear();
    list(ListKind::Plan, &CheckAnswers::plan);
    list(ListKind::Execute, &CheckAnswers::execute);
    list(ListKind::StopProfitLoss, &CheckAnswers::stopProfitLoss);
    list(ListKind::Trailing, &CheckAnswers::trailing);
    m_reads.append([ask] { ask(countRequest(), &CheckAnswers::count); });
    m_reads.append([this, ask] {
        ask(*listRequest(ListKind::Trigger, firstInstrument(m_answers.plan), 1), &CheckAnswers::trigger);
    });
    m_reads.append([ask] { ask(positionsRequest(), &CheckAnswers::positions); });
    m_reads.append([ask] { ask(historyRequest({}), &CheckAnswers::history); });
    m_reads.append([ask] {
        ApiRequest request = historyRequest({});
        request.query = "page=1&pageSize=100";
        ask(request, &CheckAnswers::historyOfHundred);
    });
    m_reads.append([this, ask] { ask(*dealsRequest(firstInstrument(m_answers.plan)), &CheckAnswers::deals); });
    if (wrongTime) {
        m_reads.append([ask] {
            ApiRequest request = countRequest();
            request.signedAhead = wrongBy;
            ask(request, &CheckAnswers::wrongTime);
        });
    }
    next();
}

void AnswerCheck::next()
{
    if (!m_reads.isEmpty()) {
        m_reads.takeFirst()();
        return;
    }
    m_answers.hasDate = m_client.clockOffset().has_value();
    emit done(m_answers);
}

} // namespace countermand

#include "ui/words/replywords.h"

#include "ui/words/orderwords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct ReplyWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::ReplyWords)
};

QString withoutFullStop(QString text)
{
    while (text.endsWith(u'.') || text.endsWith(u' '))
        text.chop(1);
    return text;
}

} // namespace

QString codeAndMessage(const std::optional<CancelOutcome> &outcome)
{
    if (!outcome)
        return u"—"_s;
    QString text;
    if (outcome->code) {
        text = QString::number(*outcome->code);
        if (!outcome->message.isEmpty())
            text += u' ' + outcome->message;
    } else if (outcome->httpStatus > 0) {
        text = ReplyWords::tr("HTTP %1").arg(outcome->httpStatus);
    } else {
        text = outcome->message.isEmpty() ? u"—"_s : outcome->message;
    }
    return isolated(text);
}

QString networkReason(const std::optional<CancelOutcome> &outcome)
{
    const QString words = outcome ? withoutFullStop(outcome->message) : QString();
    return words.isEmpty() ? ReplyWords::tr("no answer from the network in 8 s") : isolated(words);
}

QString unknownReason(const std::optional<CancelOutcome> &outcome)
{
    const QString unanswered = ReplyWords::tr("no answer before the program ended");
    if (!outcome || !outcome->cause)
        return unanswered;
    switch (*outcome->cause) {
    case ApiError::Cause::Timeout:
        return ReplyWords::tr("no answer in 8 s");
    case ApiError::Cause::ConnectionLost:
        return ReplyWords::tr("connection lost after sending");
    case ApiError::Cause::Redirect:
    case ApiError::Cause::ServerError: {
        const int status = outcome->httpStatus >= 300 ? outcome->httpStatus : outcome->code.value_or(500);
        return ReplyWords::tr("server error %1").arg(isolated(QString::number(status)));
    }
    case ApiError::Cause::Unreadable:
        return outcome->httpStatus >= 400
                   ? ReplyWords::tr("unreadable answer, HTTP %1").arg(isolated(QString::number(outcome->httpStatus)))
                   : ReplyWords::tr("unreadable answer");
    case ApiError::Cause::Refused:
        return ReplyWords::tr("refused together with others, %1").arg(codeAndMessage(outcome));
    case ApiError::Cause::Stopped:
        return unanswered;
    case ApiError::Cause::NoConnection:
    case ApiError::Cause::NotSecure:
    case ApiError::Cause::Expired:
        break;
    }
    return ReplyWords::tr("connection lost after sending");
}

QString abandonedText()
{
    return ReplyWords::tr("Never settled — account forgotten");
}

QString settledByText(SettledBy by)
{
    switch (by) {
    case SettledBy::Nothing:
        break;
    case SettledBy::Answer:
        return ReplyWords::tr("answer");
    case SettledBy::OpenList:
        return ReplyWords::tr("open list");
    case SettledBy::Deals:
        return ReplyWords::tr("deals");
    case SettledBy::History:
        return ReplyWords::tr("history");
    }
    return {};
}

QString reasonWords(const QString &words)
{
    const QString reason = withoutFullStop(words);
    return reason.isEmpty() ? ReplyWords::tr("reason not known") : isolated(reason);
}

} // namespace countermand

#include "ui/activity/activitycsv.h"

#include "ui/words/cancelwords.h"
#include "ui/words/orderwords.h"
#include "ui/words/replywords.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

QString quoted(QString text)
{
    const bool needsQuotes =
        text.contains(u',') || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r');
    return needsQuotes ? u'"' + text.replace(u'"', u"\"\""_s) + u'"' : text;
}

/// Digits, a point and perhaps a minus: nothing that a formula could hide in.
QString number(const std::optional<Decimal> &value)
{
    return value ? value->toText() : QString();
}

QString utc(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QString local(const QDateTime &time)
{
    return time.isValid() ? time.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) : QString();
}

QString environmentWord(Environment environment)
{
    switch (environment) {
    case Environment::Live:
        return u"live"_s;
    case Environment::Practice:
        return u"practice"_s;
    case Environment::TestServer:
        return u"test server"_s;
    }
    return {};
}

QString idCell(const QString &id, CsvReader reader)
{
    return reader == CsvReader::Spreadsheet && !id.isEmpty() ? quoted(u'\'' + id) : csvText(id);
}

QStringList cellsOf(const CancelRecord &record, CsvReader reader)
{
    const Order &order = record.order;
    const QDateTime sent = record.sentAt.isValid() ? record.sentAt : record.recordedAt;
    QString code;
    QString message;
    QString latency;
    if (record.outcome) {
        const CancelOutcome &outcome = *record.outcome;
        code = outcome.code             ? QString::number(*outcome.code)
               : outcome.httpStatus > 0 ? u"HTTP %1"_s.arg(outcome.httpStatus)
                                        : QString();
        message = outcome.message;
        latency = QString::number(outcome.latency.count());
    }
    return {utc(sent),
            local(sent),
            csvText(record.account.name),
            environmentWord(record.account.environment),
            csvText(record.account.host),
            csvText(instrumentText(order)),
            csvText(sideWords(order)),
            csvText(typeText(order)),
            number(order.quantity),
            number(shownRemaining(order)),
            number(shownPrice(order)),
            idCell(order.id.text(), reader),
            csvText(resultOf(record).headline),
            code,
            csvText(message),
            latency,
            csvText(settledByText(record.settledBy)),
            utc(record.answeredAt),
            utc(record.settledAt),
            number(record.filledQuantity),
            number(record.averagePrice),
            record.cancelId,
            record.batchId};
}

} // namespace

QString csvText(const QString &text)
{
    static const QString starts = u"=+-@\t\r"_s;
    const bool formula = !text.isEmpty() && (starts.contains(text.front()) || text.front().isNull());
    QString safe = text;
    safe.remove(QChar(u'\0'));
    return quoted(formula ? u'\'' + safe : safe);
}

QByteArray activityCsv(const QList<CancelRecord> &records, CsvReader reader)
{
    QStringList lines{
        u"Time sent (UTC),Time sent (local),Account,Environment,Host,Instrument,Side,Type,Quantity,Remaining,Price,"
        "Order ID,Outcome,Code,Message,Latency (ms),Settled by,Answered (UTC),Settled (UTC),Filled,Average price,"
        "Cancel,Batch"_s};
    for (const CancelRecord &record : records)
        lines.append(cellsOf(record, reader).join(u','));
    return (lines.join(u"\r\n"_s) + u"\r\n"_s).toUtf8();
}

} // namespace countermand

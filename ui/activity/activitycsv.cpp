#include "ui/activity/activitycsv.h"

#include "ui/words/cancelwords.h"
#include "ui/words/orderwords.h"
#include "ui/words/replywords.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// How a file is written.
struct Dialect {
    CsvReader reader = CsvReader::Program;
    QChar separator = u',';
    QString decimalMark = u"."_s;

    QString text(const QString &text) const { return csvText(text, separator); }
};

Dialect dialectOf(CsvReader reader, const QLocale &locale)
{
    Dialect dialect;
    dialect.reader = reader;
    if (reader == CsvReader::Spreadsheet) {
        dialect.decimalMark = locale.decimalPoint();
        dialect.separator = dialect.decimalMark == u"," ? u';' : u',';
    }
    return dialect;
}

QString quoted(QString text, QChar separator)
{
    const bool needsQuotes =
        text.contains(separator) || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r');
    return needsQuotes ? u'"' + text.replace(u'"', u"\"\""_s) + u'"' : text;
}

/// Digits, a decimal mark and perhaps a minus: nothing that a formula could hide in.
QString number(const std::optional<Decimal> &value, const Dialect &dialect)
{
    return value ? quoted(value->toText().replace(u'.', dialect.decimalMark), dialect.separator) : QString();
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

QString idCell(const QString &id, const Dialect &dialect)
{
    return dialect.reader == CsvReader::Spreadsheet && !id.isEmpty() ? quoted(u'\'' + id, dialect.separator)
                                                                     : dialect.text(id);
}

QStringList cellsOf(const CancelRecord &record, const QString &outcome, const Dialect &dialect)
{
    const Order &order = record.order;
    const QDateTime sent = record.sentAt.isValid() ? record.sentAt : record.recordedAt;
    QString code;
    QString message;
    QString latency;
    if (record.outcome) {
        const CancelOutcome &answer = *record.outcome;
        code = answer.code             ? QString::number(*answer.code)
               : answer.httpStatus > 0 ? u"HTTP %1"_s.arg(answer.httpStatus)
                                       : QString();
        message = answer.message;
        latency = QString::number(answer.latency.count());
    }
    return {utc(sent),
            local(sent),
            dialect.text(record.account.name),
            environmentWord(record.account.environment),
            dialect.text(record.account.host),
            dialect.text(instrumentText(order)),
            dialect.text(sideWords(order)),
            dialect.text(typeText(order)),
            number(order.quantity, dialect),
            number(shownRemaining(order), dialect),
            number(shownPrice(order), dialect),
            idCell(order.id.text(), dialect),
            dialect.text(outcome),
            code,
            dialect.text(message),
            latency,
            dialect.text(settledByText(record.settledBy)),
            utc(record.answeredAt),
            utc(record.settledAt),
            number(record.filledQuantity, dialect),
            number(record.averagePrice, dialect),
            record.cancelId,
            record.batchId};
}

} // namespace

QString csvText(const QString &text, QChar separator)
{
    static const QString starts = u"=+-@\t\r"_s;
    const bool formula = !text.isEmpty() && (starts.contains(text.front()) || text.front().isNull());
    QString safe = text;
    safe.remove(QChar(u'\0'));
    return quoted(formula ? u'\'' + safe : safe, separator);
}

QByteArray activityCsv(const QList<CancelRecord> &records, CsvReader reader, const QLocale &locale,
                       const std::function<bool(const CancelRecord &)> &isAbandoned)
{
    const Dialect dialect = dialectOf(reader, locale);
    const QStringList header{u"Time sent (UTC)"_s,
                             u"Time sent (local)"_s,
                             u"Account"_s,
                             u"Environment"_s,
                             u"Host"_s,
                             u"Instrument"_s,
                             u"Side"_s,
                             u"Type"_s,
                             u"Quantity"_s,
                             u"Remaining"_s,
                             u"Price"_s,
                             u"Order ID"_s,
                             u"Outcome"_s,
                             u"Code"_s,
                             u"Message"_s,
                             u"Latency (ms)"_s,
                             u"Settled by"_s,
                             u"Answered (UTC)"_s,
                             u"Settled (UTC)"_s,
                             u"Filled"_s,
                             u"Average price"_s,
                             u"Cancel"_s,
                             u"Batch"_s};
    QStringList lines{header.join(dialect.separator)};
    for (const CancelRecord &record : records) {
        const bool isLeft = isAbandoned && isAbandoned(record);
        const QString outcome = isLeft ? abandonedText() : resultOf(record).headline;
        lines.append(cellsOf(record, outcome, dialect).join(dialect.separator));
    }
    const QString mark = reader == CsvReader::Spreadsheet ? QString(QChar(0xfeff)) : QString();
    return (mark + lines.join(u"\r\n"_s) + u"\r\n"_s).toUtf8();
}

} // namespace countermand

#include "ui/words/canceldetails.h"

#include "ui/words/cancelwords.h"
#include "ui/words/orderwords.h"
#include "ui/words/replywords.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct CancelDetails {
    Q_DECLARE_TR_FUNCTIONS(countermand::CancelDetails)
};

QString timeText(const QDateTime &time)
{
    return CancelDetails::tr("%1 (UTC %2)", "local time, UTC")
        .arg(time.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s),
             time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s));
}

/// Lines "label: value"; a line without a value is left out.
class Lines
{
public:
    void add(const QString &label, const QString &value)
    {
        if (!value.isEmpty())
            m_lines += CancelDetails::tr("%1: %2", "label, value").arg(label, value);
    }
    void add(const QString &label, const QDateTime &time)
    {
        if (time.isValid())
            add(label, timeText(time));
    }
    QString text() const { return m_lines.join(u'\n'); }

private:
    QStringList m_lines;
};

void addOutcome(Lines &lines, const CancelOutcome &outcome)
{
    if (outcome.code)
        lines.add(CancelDetails::tr("Code"), QString::number(*outcome.code));
    lines.add(CancelDetails::tr("Message"), outcome.message);
    if (outcome.httpStatus > 0)
        lines.add(CancelDetails::tr("HTTP status"), QString::number(outcome.httpStatus));
    if (outcome.latency.count() > 0)
        lines.add(CancelDetails::tr("Latency"),
                  CancelDetails::tr("%1 ms").arg(QString::number(outcome.latency.count())));
    if (outcome.clockDifference)
        lines.add(CancelDetails::tr("Clock difference"),
                  CancelDetails::tr("%1 ms").arg(QString::number(outcome.clockDifference->count())));
}

} // namespace

QString outcomeDetails(const CancelRecord &record)
{
    const Order &order = record.order;
    Lines lines;
    lines.add(CancelDetails::tr("Outcome"), toastFor(record, record.account.host).headline);
    if (record.outcome)
        addOutcome(lines, *record.outcome);
    lines.add(CancelDetails::tr("Order ID"), order.id.shown());
    lines.add(CancelDetails::tr("Instrument"), instrumentText(order));
    lines.add(CancelDetails::tr("Side"), sideText(order));
    lines.add(CancelDetails::tr("Type"), typeText(order));
    lines.add(CancelDetails::tr("Price"), priceText(order));
    lines.add(CancelDetails::tr("Remaining"), remainingText(order));
    lines.add(CancelDetails::tr("Account"), badgeText(record.account));
    lines.add(CancelDetails::tr("Asked"), record.recordedAt);
    lines.add(CancelDetails::tr("Sent"), record.sentAt);
    lines.add(CancelDetails::tr("Answered"), record.answeredAt);
    lines.add(CancelDetails::tr("Settled"), record.settledAt);
    lines.add(CancelDetails::tr("Settled by"), settledByText(record.settledBy));
    return lines.text();
}

} // namespace countermand

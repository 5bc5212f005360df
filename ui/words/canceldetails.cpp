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

QList<OrderFact> recordFacts(const CancelRecord &record)
{
    QList<OrderFact> facts;
    const auto add = [&facts](const QString &key, const QString &label, const QString &value) {
        if (!value.isEmpty() && value != dash())
            facts.append({.key = key, .label = label, .value = value});
    };
    const auto addTime = [&add](const QString &key, const QString &label, const QDateTime &time) {
        add(key, label, time.isValid() ? timeText(time) : QString());
    };
    const auto milliseconds = [](std::chrono::milliseconds time) {
        return CancelDetails::tr("%1 ms").arg(QString::number(time.count()));
    };
    const ToastContent result = resultOf(record);
    add(u"outcome"_s, CancelDetails::tr("Outcome"), result.headline);
    add(u"explanation"_s, CancelDetails::tr("In words"), result.text);
    if (record.outcome) {
        const CancelOutcome &outcome = *record.outcome;
        add(u"code"_s, CancelDetails::tr("Code"), outcome.code ? QString::number(*outcome.code) : QString());
        add(u"message"_s, CancelDetails::tr("Message"), outcome.message);
        add(u"http"_s, CancelDetails::tr("HTTP status"),
            outcome.httpStatus > 0 ? QString::number(outcome.httpStatus) : QString());
        add(u"latency"_s, CancelDetails::tr("Latency"),
            outcome.latency.count() > 0 ? milliseconds(outcome.latency) : QString());
        add(u"clock"_s, CancelDetails::tr("Clock difference"),
            outcome.clockDifference ? milliseconds(*outcome.clockDifference) : QString());
    }
    // Ages and distances are those of an open order.
    static const QStringList leftOut{u"age"_s, u"updated"_s, u"filledShare"_s};
    const auto ofOrder = allFacts(record.order, record.recordedAt);
    for (const OrderFact &fact : ofOrder) {
        if (!leftOut.contains(fact.key) && fact.value != dash())
            facts.append(fact);
    }
    add(u"marginMode"_s, CancelDetails::tr("Margin mode"), marginModeText(record.order));
    add(u"filledAtEnd"_s, CancelDetails::tr("Filled in the end, contracts"), numberText(record.filledQuantity));
    add(u"filledAtLeast"_s, CancelDetails::tr("Filled at least, contracts"), numberText(record.filledAtLeast));
    add(u"averagePrice"_s, CancelDetails::tr("Average price"), numberText(record.averagePrice));
    add(u"account"_s, CancelDetails::tr("Account"), badgeText(record.account));
    addTime(u"asked"_s, CancelDetails::tr("Asked"), record.recordedAt);
    addTime(u"sent"_s, CancelDetails::tr("Sent"), record.sentAt);
    addTime(u"answered"_s, CancelDetails::tr("Answered"), record.answeredAt);
    addTime(u"canceledAt"_s, CancelDetails::tr("Canceled"), record.canceledAt);
    addTime(u"settled"_s, CancelDetails::tr("Settled"), record.settledAt);
    add(u"settledBy"_s, CancelDetails::tr("Settled by"), settledByText(record.settledBy));
    addTime(u"corrected"_s, CancelDetails::tr("Corrected"), record.correctedAt);
    add(u"reason"_s, CancelDetails::tr("Why no more is known"), record.reason);
    add(u"evidence"_s, CancelDetails::tr("Evidence"), record.evidence.join(u'\n'));
    return facts;
}

QString orderEntryText(const CancelRecord &record)
{
    Order order = record.order;
    if (record.filledQuantity && order.quantity) {
        order.filledQuantity = record.filledQuantity;
        order.remainingQuantity = order.quantity->minus(*record.filledQuantity);
    }
    return plainText(entryFacts(order));
}

} // namespace countermand

#include "ui/cancel/confirmcanceldialog.h"

#include "ui/cancel/armdelay.h"
#include "ui/cancel/factlabel.h"
#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/noticebox.h"
#include "ui/look/tallarea.h"
#include "ui/look/theme.h"
#include "ui/words/orderwords.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr int confirmWidth = 520;

/// Most severe first: what has just changed, then what the cancel costs, then what may be wrong, then advice.
constexpr std::array noticeKeys{"changed", "laststop", "orphan", "both", "protective", "partial", "stale", "tpsl"};

QString idWithBoldTail(const OrderId &id)
{
    const QString text = id.shown();
    return text.chopped(id.tail().size()).toHtmlEscaped() + "<b>"_L1 + id.tail().toHtmlEscaped() + "</b>"_L1;
}

} // namespace

ConfirmCancelDialog::ConfirmCancelDialog(const Account &account, const Order &order, const RowAge &age,
                                         const QDateTime &nowUtc, QWidget *parent,
                                         const std::optional<Decimal> &lastPrice)
    : CancelQuestion(u"confirm"_s, account, confirmWidth, parent),
      m_order(order),
      m_firstFacts(confirmationFacts(order, nowUtc, lastPrice)),
      m_age(age),
      m_lastPrice(lastPrice)
{
    const bool practice = isPractice();
    setTitle((practice ? tr("Cancel practice order — %1 · %2") : tr("Cancel order — %1 · %2"))
                 .arg(environmentText(account), account.name));
    setHeading(practice ? tr("Cancel this practice order?") : tr("Cancel this order?"));

    auto *facts = new QWidget;
    auto *layout = new QVBoxLayout(facts);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    content()->addWidget(new TallArea(facts, this), 1);
    buildFacts(layout);
    buildNotices(layout);
    addButtons(tr("&Keep order"), practice ? tr("&Cancel practice order") : tr("&Cancel order"));

    showFacts(m_firstFacts, false);
    showNotices();
    refit();
}

void ConfirmCancelDialog::buildFacts(QVBoxLayout *layout)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const OrderFact &fact : std::as_const(m_firstFacts)) {
        QLabel *label = secondaryLabel(fact.label, this);
        label->setWordWrap(false);
        auto *value = new FactLabel(this);
        value->setObjectName("confirmValue_"_L1 + fact.key);
        label->setBuddy(value);
        if (fact.key == "side"_L1) {
            QFont semibold = font();
            semibold.setWeight(QFont::DemiBold);
            value->setFont(semibold);
        }
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(value, row, 1);
        m_values.insert(fact.key, value);
        ++row;
    }
    m_positionLabel = secondaryLabel(tr("Position"), this);
    m_positionLabel->setWordWrap(false);
    m_position = new FactLabel(this);
    m_position->setObjectName("confirmValue_position"_L1);
    m_positionLabel->setBuddy(m_position);
    grid->addWidget(m_positionLabel, row, 0, Qt::AlignTop);
    grid->addWidget(m_position, row, 1);
    m_positionLabel->hide();
    m_position->hide();
    layout->addLayout(grid);
}

void ConfirmCancelDialog::buildNotices(QVBoxLayout *layout)
{
    m_reason = new NoticeBox(Severity::Neutral, this);
    m_reason->setObjectName("confirmReason"_L1);
    layout->addWidget(m_reason);
    for (const char *name : noticeKeys) {
        const QString key = QString::fromLatin1(name);
        auto *box =
            new NoticeBox(key == "tpsl"_L1 || key == "orphan"_L1 ? Severity::Neutral : Severity::Warning, this);
        box->setObjectName("confirmNotice_"_L1 + key);
        layout->addWidget(box);
        m_notices.insert(key, box);
    }
    layout->addStretch(1);
}

void ConfirmCancelDialog::updateOrder(const Order &order, const QDateTime &nowUtc)
{
    if (isOver() || order.id != m_order.id)
        return;
    m_order = order;
    const QList<OrderFact> fresh = facts(nowUtc);
    const bool differs = !changedNotice(m_facts, fresh).isEmpty();
    showFacts(fresh, true);
    if (!differs)
        return;
    arm().restart();
    showNotices();
    refit();
}

void ConfirmCancelDialog::orderGone(const QString &reason)
{
    leaveOnlyClosing(tr("This order is no longer open"));
    for (NoticeBox *box : std::as_const(m_notices))
        box->setText({});
    m_reason->setText(reason.isEmpty() ? tr("Reason not known yet.") : reason);
    describeAll();
    refit();
}

void ConfirmCancelDialog::setFilled(const Decimal &filled, const QDateTime &nowUtc)
{
    m_order.filledQuantity = filled;
    if (m_order.quantity)
        m_order.remainingQuantity = m_order.quantity->minus(filled);
    showFacts(facts(nowUtc), false);
}

QList<OrderFact> ConfirmCancelDialog::facts(const QDateTime &nowUtc) const
{
    return confirmationFacts(m_order, nowUtc, m_lastPrice);
}

void ConfirmCancelDialog::setLastPrice(const std::optional<Decimal> &lastPrice, const QDateTime &nowUtc)
{
    m_lastPrice = lastPrice;
    if (!isOver())
        showFacts(facts(nowUtc), false);
}

void ConfirmCancelDialog::setRowAge(const RowAge &age, const QDateTime &nowUtc)
{
    if (isOver())
        return;
    const bool wasStale = !staleNotice(m_age).isEmpty();
    const bool isStale = !staleNotice(age).isEmpty();
    m_age = age;
    showFacts(facts(nowUtc), false);
    showNotices();
    if (wasStale != isStale) {
        // The buttons have moved under the pointer.
        arm().restart();
        refit();
    }
}

void ConfirmCancelDialog::setEffect(const CancelEffect &effect)
{
    if (isOver() || effect == m_effect)
        return;
    const QStringList before = effectLines();
    m_effect = effect;
    if (effectLines() == before)
        return;
    const QString text = positionText(m_effect.position.tie);
    m_positionLabel->setVisible(m_effect.isTold);
    m_position->setVisible(m_effect.isTold);
    const bool isKnown = m_position->text() != positionText(PositionTie()) && !m_position->text().isEmpty();
    if (m_position->text() != text) {
        m_position->setText(text);
        if (isKnown)
            m_position->flash();
    }
    m_position->setToolTip(positionTip(m_effect.position));
    m_position->setAccessibleName(u"%1: %2"_s.arg(m_positionLabel->text(), text));
    showNotices();
    arm().restart();
    refit();
}

QStringList ConfirmCancelDialog::effectLines() const
{
    if (!m_effect.isTold)
        return {};
    return {positionText(m_effect.position.tie), orphanNotice(m_effect.position, m_order),
            lastStopNotice(m_effect.stops)};
}

void ConfirmCancelDialog::confirm()
{
    if (!mayConfirm())
        return;
    closeConfirmed();
    emit confirmed();
}

void ConfirmCancelDialog::showFacts(const QList<OrderFact> &facts, bool flash)
{
    // Nothing is said of what is not known any more.
    const bool isKnown =
        std::any_of(facts.cbegin(), facts.cend(), [](const OrderFact &fact) { return fact.key == "distance"_L1; });
    if (QLabel *distance = m_values.value(u"distance"_s); distance && !isKnown)
        distance->setText(dash());
    for (const OrderFact &fact : facts) {
        auto *value = static_cast<FactLabel *>(m_values.value(fact.key));
        // A fact that the order had not when the question was put has no line.
        if (!value)
            continue;
        const QString text = fact.key == "id"_L1 ? idWithBoldTail(m_order.id) : fact.value;
        const bool differs = value->text() != text;
        value->setTextFormat(fact.key == "id"_L1 ? Qt::RichText : Qt::PlainText);
        // Setting the same text again would drop the user's selection.
        if (differs)
            value->setText(text);
        value->setAccessibleName(u"%1: %2"_s.arg(fact.label, fact.value));
        if (flash && differs && fact.key != "placed"_L1)
            value->flash();
    }
    if (const std::optional<TradeSide> side = tradeSide(m_order)) {
        QLabel *value = m_values.value(u"side"_s);
        QPalette colors = palette();
        const Theme &theme = themeOf(colors);
        colors.setColor(QPalette::WindowText, *side == TradeSide::Buy ? theme.buy : theme.sell);
        value->setPalette(colors);
    }
    m_facts = facts;
    describeAll();
}

void ConfirmCancelDialog::showNotices()
{
    notice(u"changed"_s)->setText(changedNotice(m_firstFacts, m_facts));
    notice(u"both"_s)->setText(bothNotice(m_order));
    notice(u"laststop"_s)->setText(m_effect.isTold ? lastStopNotice(m_effect.stops) : QString());
    notice(u"orphan"_s)->setText(m_effect.isTold ? orphanNotice(m_effect.position, m_order) : QString());
    notice(u"protective"_s)->setText(m_effect.position.loss.isOrphan() ? QString() : protectiveNotice(m_order));
    notice(u"partial"_s)->setText(partlyFilledNotice(m_order));
    notice(u"stale"_s)->setText(staleNotice(m_age));
    notice(u"tpsl"_s)->setText(attachedNotice(m_order));
    describeAll();
}

void ConfirmCancelDialog::describeAll()
{
    QStringList lines = spokenHead();
    for (const OrderFact &fact : std::as_const(m_facts))
        lines.append(u"%1: %2"_s.arg(fact.label, fact.value));
    if (m_effect.isTold)
        lines.append(m_position->accessibleName());
    if (!m_reason->text().isEmpty())
        lines.append(m_reason->text());
    for (const char *name : noticeKeys) {
        const QString text = notice(QString::fromLatin1(name))->text();
        if (!text.isEmpty())
            lines.append(text);
    }
    describe(this, lines.join(u'\n'));
}

} // namespace countermand

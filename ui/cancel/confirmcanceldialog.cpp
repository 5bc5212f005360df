#include "ui/cancel/confirmcanceldialog.h"

#include "ui/account/badge.h"
#include "ui/cancel/armdelay.h"
#include "ui/cancel/factlabel.h"
#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/noticebox.h"
#include "ui/look/tallarea.h"
#include "ui/look/theme.h"
#include "ui/words/orderwords.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>
#include <QShortcut>
#include <QShowEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr int dialogWidth = 520;

/// Most severe first: what has just changed, then what the cancel costs, then what may be wrong, then advice.
constexpr std::array noticeKeys{"changed", "both", "protective", "partial", "stale", "tpsl"};

QString idWithBoldTail(const OrderId &id)
{
    const QString text = id.text();
    return text.chopped(id.tail().size()).toHtmlEscaped() + "<b>"_L1 + id.tail().toHtmlEscaped() + "</b>"_L1;
}

} // namespace

ConfirmCancelDialog::ConfirmCancelDialog(const Account &account, const Order &order, const ListAge &listAge,
                                         const QDateTime &nowUtc, QWidget *parent)
    : CancelQuestion(parent),
      m_account(account),
      m_order(order),
      m_firstFacts(confirmationFacts(order, nowUtc)),
      m_listAge(listAge)
{
    const bool practice = account.environment == Environment::Practice;
    setObjectName("confirmDialog"_L1);
    setWindowModality(Qt::WindowModal);
    setWindowTitle((practice ? tr("Cancel practice order — %1 · %2") : tr("Cancel order — %1 · %2"))
                       .arg(environmentText(account), account.name));
    setAccessibleName(windowTitle());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);

    auto *badge = new AccountBadge(this);
    badge->setObjectName("confirmBadge"_L1);
    badge->setAccount(account);
    layout->addWidget(badge, 0, Qt::AlignLeft);

    m_heading = headingLabel(practice ? tr("Cancel this practice order?") : tr("Cancel this order?"), this);
    m_heading->setObjectName("confirmHeading"_L1);
    layout->addWidget(m_heading);

    auto *content = new QWidget;
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    contentLayout->setSpacing(12);
    layout->addWidget(new TallArea(content, this), 1);
    buildFacts(contentLayout);
    buildNotices(contentLayout);
    buildButtons(layout);

    showFacts(m_firstFacts, false);
    showNotices();
    fitHeight(this, dialogWidth);
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
    layout->addLayout(grid);
}

void ConfirmCancelDialog::buildNotices(QVBoxLayout *layout)
{
    m_reason = new NoticeBox(Severity::Neutral, this);
    m_reason->setObjectName("confirmReason"_L1);
    layout->addWidget(m_reason);
    for (const char *name : noticeKeys) {
        const QString key = QString::fromLatin1(name);
        auto *box = new NoticeBox(key == "tpsl"_L1 ? Severity::Neutral : Severity::Warning, this);
        box->setObjectName("confirmNotice_"_L1 + key);
        layout->addWidget(box);
        m_notices.insert(key, box);
    }
    layout->addStretch(1);
}

void ConfirmCancelDialog::buildButtons(QVBoxLayout *layout)
{
    const bool practice = m_account.environment == Environment::Practice;
    m_buttons = buttonRow(this);
    m_keep = dialogButton(u"confirmKeepButton"_s, tr("&Keep order"), this);
    m_cancel =
        dialogButton(u"confirmCancelButton"_s, practice ? tr("&Cancel practice order") : tr("&Cancel order"), this);
    m_close = dialogButton(u"confirmCloseButton"_s, tr("Close"), this);
    markDangerous(m_cancel);
    m_buttons->addButton(m_keep, QDialogButtonBox::RejectRole);
    m_buttons->addButton(m_cancel, QDialogButtonBox::AcceptRole);
    m_buttons->addButton(m_close, QDialogButtonBox::RejectRole);
    m_close->hide();
    layout->addSpacing(4);
    layout->addWidget(m_buttons);
    setTabOrder(m_keep, m_cancel);

    m_arm = new ArmDelay(this, m_cancel, m_keep);
    m_arm->swallowRepeatedKeys(m_close);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_cancel, &QPushButton::clicked, this, &ConfirmCancelDialog::confirm);
    for (const int key : {int(Qt::CTRL) | int(Qt::Key_Return), int(Qt::CTRL) | int(Qt::Key_Enter)}) {
        // Stays enabled during the arm delay: a chord that nobody takes would press the focused button.
        auto *chord = new QShortcut(QKeySequence(key), this);
        chord->setAutoRepeat(false);
        connect(chord, &QShortcut::activated, this, &ConfirmCancelDialog::confirm);
    }
    // Both: with the default alone, some platforms' button order gives the focus, and so Enter, to Cancel.
    m_keep->setDefault(true);
    m_keep->setFocus(Qt::OtherFocusReason);
}

void ConfirmCancelDialog::updateOrder(const Order &order, const QDateTime &nowUtc)
{
    if (m_gone || order.id != m_order.id)
        return;
    m_order = order;
    const QList<OrderFact> facts = confirmationFacts(order, nowUtc);
    const bool differs = !changedNotice(m_facts, facts).isEmpty();
    showFacts(facts, true);
    if (!differs)
        return;
    m_arm->restart();
    showNotices();
    fitHeight(this, std::max(dialogWidth, width()));
}

void ConfirmCancelDialog::orderGone(const QString &reason)
{
    m_gone = true;
    m_arm->stop();
    m_heading->setText(tr("This order is no longer open"));
    for (NoticeBox *box : std::as_const(m_notices))
        box->setText({});
    m_reason->setText(reason.isEmpty() ? tr("Reason not known yet.") : reason);
    m_close->show();
    m_close->setDefault(true);
    m_close->setFocus(Qt::OtherFocusReason);
    m_keep->hide();
    m_cancel->hide();
    describeAll();
    fitHeight(this, std::max(dialogWidth, width()));
}

void ConfirmCancelDialog::setListAge(const ListAge &age, const QDateTime &nowUtc)
{
    if (m_gone)
        return;
    const bool wasStale = !staleNotice(m_listAge).isEmpty();
    const bool isStale = !staleNotice(age).isEmpty();
    m_listAge = age;
    showFacts(confirmationFacts(m_order, nowUtc), false);
    showNotices();
    if (wasStale != isStale) {
        // The buttons have moved under the pointer.
        m_arm->restart();
        fitHeight(this, std::max(dialogWidth, width()));
    }
}

void ConfirmCancelDialog::confirm()
{
    if (!m_arm->isArmed() || m_gone || hasEnded())
        return;
    closeConfirmed();
    emit confirmed();
}

void ConfirmCancelDialog::showFacts(const QList<OrderFact> &facts, bool flash)
{
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
    notice(u"protective"_s)->setText(protectiveNotice(m_order));
    notice(u"partial"_s)->setText(partlyFilledNotice(m_order));
    notice(u"stale"_s)->setText(staleNotice(m_listAge));
    notice(u"tpsl"_s)->setText(attachedNotice(m_order));
    describeAll();
}

void ConfirmCancelDialog::describeAll()
{
    QStringList lines{windowTitle(), m_heading->text()};
    for (const OrderFact &fact : std::as_const(m_facts))
        lines.append(u"%1: %2"_s.arg(fact.label, fact.value));
    if (!m_reason->text().isEmpty())
        lines.append(m_reason->text());
    for (const char *name : noticeKeys) {
        const QString text = notice(QString::fromLatin1(name))->text();
        if (!text.isEmpty())
            lines.append(text);
    }
    describe(this, lines.join(u'\n'));
}

void ConfirmCancelDialog::showEvent(QShowEvent *event)
{
    CancelQuestion::showEvent(event);
    if (!event->spontaneous())
        moveOffPointer(this, m_cancel);
}

} // namespace countermand

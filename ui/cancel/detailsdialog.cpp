#include "ui/cancel/detailsdialog.h"

#include "ui/account/badge.h"
#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/tallarea.h"
#include "ui/words/canceldetails.h"
#include "ui/words/orderfacts.h"
#include "ui/words/orderwords.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr int detailsWidth = 560;

QLabel *selectable(QLabel *label)
{
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

DetailsDialog::DetailsDialog(const Account &account, const Order &order, const QDateTime &nowUtc, QWidget *parent,
                             const std::optional<Decimal> &lastPrice)
    : QDialog(parent), m_order(order), m_lastPrice(lastPrice)
{
    setWindowTitle(tr("Order details"));

    auto *layout = new QVBoxLayout(this);
    auto *badge = new AccountBadge(this);
    badge->setObjectName("detailsBadge"_L1);
    badge->setAccount(account);
    layout->addWidget(badge, 0, Qt::AlignLeft);
    m_heading = headingLabel(tr("Order details"), this);
    layout->addWidget(m_heading);

    addGrid(layout);
    showFacts(allFacts(order, nowUtc, lastPrice));
    finishLayout(layout);
}

DetailsDialog::DetailsDialog(const CancelRecord &record, bool offersResults, QWidget *parent)
    : QDialog(parent), m_record(record), m_offersResults(offersResults && !record.batchId.isEmpty())
{
    setWindowTitle(tr("Cancel details"));
    auto *layout = new QVBoxLayout(this);
    auto *badge = new AccountBadge(this);
    badge->setObjectName("detailsBadge"_L1);
    badge->setAccount(record.account);
    layout->addWidget(badge, 0, Qt::AlignLeft);
    m_heading = headingLabel({}, this);
    layout->addWidget(m_heading);
    addGrid(layout);
    updateRecord(record);
    finishLayout(layout);
}

void DetailsDialog::addGrid(QVBoxLayout *layout)
{
    auto *content = new QWidget;
    m_grid = new QGridLayout(content);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    layout->addWidget(new TallArea(content, this), 1);
}

void DetailsDialog::updateRecord(const CancelRecord &record)
{
    m_record = record;
    m_heading->setText(orderIdentity(record.order));
    showFacts(recordFacts(record));
    describeAll();
}

void DetailsDialog::showFacts(const QList<OrderFact> &facts)
{
    m_plainText = countermand::plainText(facts);
    for (const OrderFact &fact : facts) {
        QLabel *&value = m_values[fact.key];
        if (!value) {
            QWidget *content = m_grid->parentWidget();
            QLabel *label = secondaryLabel(fact.label, content);
            label->setWordWrap(false);
            value = selectable(textLabel(fact.value, content));
            value->setObjectName("detailsValue_"_L1 + fact.key);
            const int row = m_grid->rowCount();
            m_grid->addWidget(label, row, 0, Qt::AlignTop);
            m_grid->addWidget(value, row, 1);
        }
        // Setting the same text again would drop the user's selection.
        if (value->text() != fact.value)
            value->setText(fact.value);
        value->setAccessibleName(u"%1: %2"_s.arg(fact.label, fact.value));
    }
}

void DetailsDialog::setEditedFrom(const std::optional<Order> &before)
{
    m_editedFrom = before;
    updateOrder(m_order, QDateTime::currentDateTimeUtc(), m_lastPrice);
}

void DetailsDialog::updateOrder(const Order &order, const QDateTime &nowUtc, const std::optional<Decimal> &lastPrice)
{
    m_order = order;
    m_lastPrice = lastPrice;
    QList<OrderFact> facts = allFacts(order, nowUtc, lastPrice);
    if (m_editedFrom)
        facts.append({.key = u"edited"_s, .label = tr("Edited"), .value = editedNews(*m_editedFrom, order)});
    showFacts(facts);
    m_heading->setText(tr("Order details"));
    describeAll();
}

void DetailsDialog::orderGone()
{
    m_heading->setText(tr("This order is no longer open"));
    describeAll();
}

void DetailsDialog::describeAll()
{
    const QString heading = m_heading && m_heading->text() != windowTitle() ? m_heading->text() + u'\n' : QString();
    describe(this, windowTitle() + u'\n' + heading + QString(m_plainText).replace(u'\t', ": "_L1));
}

DetailsDialog::DetailsDialog(const QString &heading, const QString &text, QWidget *parent)
    : QDialog(parent), m_plainText(text)
{
    setWindowTitle(tr("Details"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(headingLabel(heading, this));
    auto *content = new QWidget;
    auto *contentLayout = new QVBoxLayout(content);
    contentLayout->setContentsMargins(0, 0, 0, 0);
    QLabel *words = selectable(textLabel(text, content));
    words->setObjectName("detailsText"_L1);
    contentLayout->addWidget(words);
    contentLayout->addStretch(1);
    layout->addWidget(new TallArea(content, this), 1);
    finishLayout(layout);
}

void DetailsDialog::finishLayout(QVBoxLayout *layout)
{
    setObjectName("detailsDialog"_L1);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setAccessibleName(windowTitle());
    describeAll();
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);

    QDialogButtonBox *buttons = buttonRow(this);
    QPushButton *copy = dialogButton(u"detailsCopyButton"_s, tr("C&opy"), this);
    QPushButton *close = dialogButton(u"detailsCloseButton"_s, tr("Close"), this);
    buttons->addButton(copy, QDialogButtonBox::ActionRole);
    if (m_record) {
        QPushButton *order = dialogButton(u"detailsCopyOrderButton"_s, tr("Copy o&rder"), this);
        order->setToolTip(tr("All that is needed to enter it again by hand"));
        buttons->addButton(order, QDialogButtonBox::ActionRole);
        connect(order, &QPushButton::clicked, this,
                [this] { QGuiApplication::clipboard()->setText(orderEntryText(*m_record)); });
        if (m_offersResults) {
            QPushButton *results = dialogButton(u"detailsResultsButton"_s, tr("&Results…"), this);
            buttons->addButton(results, QDialogButtonBox::ActionRole);
            connect(results, &QPushButton::clicked, this, [this] {
                accept();
                emit resultsWanted(m_record->batchId);
            });
        }
    }
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_plainText); });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    close->setDefault(true);
    close->setFocus(Qt::OtherFocusReason);
    fitHeight(this, detailsWidth);
}

} // namespace countermand

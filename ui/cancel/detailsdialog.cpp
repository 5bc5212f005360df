#include "ui/cancel/detailsdialog.h"

#include "ui/account/badge.h"
#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/tallarea.h"
#include "ui/words/orderfacts.h"

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

constexpr int dialogWidth = 560;

QLabel *selectable(QLabel *label)
{
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

DetailsDialog::DetailsDialog(const Account &account, const Order &order, const QDateTime &nowUtc, QWidget *parent)
    : QDialog(parent)
{
    const QList<OrderFact> facts = allFacts(order, nowUtc);
    m_plainText = countermand::plainText(facts);
    setWindowTitle(tr("Order details"));

    auto *layout = new QVBoxLayout(this);
    auto *badge = new AccountBadge(this);
    badge->setObjectName("detailsBadge"_L1);
    badge->setAccount(account);
    layout->addWidget(badge, 0, Qt::AlignLeft);
    layout->addWidget(headingLabel(tr("Order details"), this));

    auto *content = new QWidget;
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const OrderFact &fact : facts) {
        QLabel *label = secondaryLabel(fact.label, content);
        label->setWordWrap(false);
        QLabel *value = selectable(textLabel(fact.value, content));
        value->setObjectName("detailsValue_"_L1 + fact.key);
        value->setAccessibleName(u"%1: %2"_s.arg(fact.label, fact.value));
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(value, row, 1);
        ++row;
    }
    layout->addWidget(new TallArea(content, this), 1);
    finishLayout(layout);
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
    describe(this, windowTitle() + u'\n' + QString(m_plainText).replace(u'\t', ": "_L1));
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);

    QDialogButtonBox *buttons = buttonRow(this);
    QPushButton *copy = dialogButton(u"detailsCopyButton"_s, tr("C&opy"), this);
    QPushButton *close = dialogButton(u"detailsCloseButton"_s, tr("Close"), this);
    buttons->addButton(copy, QDialogButtonBox::ActionRole);
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_plainText); });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    close->setDefault(true);
    close->setFocus(Qt::OtherFocusReason);
    fitHeight(this, dialogWidth);
}

} // namespace countermand

#include "ui/cancel/bulkcanceldialog.h"

#include "ui/cancel/armdelay.h"
#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/noticebox.h"
#include "ui/look/plural.h"
#include "ui/look/tablestyle.h"
#include "ui/look/tallarea.h"
#include "ui/look/theme.h"
#include "ui/words/bulkwords.h"
#include "ui/words/countwords.h"
#include "ui/words/listwords.h"
#include "ui/words/orderfacts.h"
#include "ui/words/orderwords.h"
#include "ui/words/positionwords.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr int bulkWidth = 640;
constexpr int widestList = 900;
/// Of both sides together, where its ring is widest.
constexpr int listFrame = 6;
constexpr int mostRowsSeen = 10;
constexpr int typedFrom = 10;
constexpr int typedFromForAll = 2;
/// Assistive tools read the whole question; a longer list is better walked through than listened to.
constexpr int mostRowsRead = 20;

enum ListColumn {
    InstrumentColumn,
    SideColumn,
    TypeColumn,
    PriceColumn,
    RemainingColumn,
    AgeColumn,
    IdColumn,
    NoteColumn,
    ListColumnCount
};

QString noteText(bool gone, bool chosen)
{
    if (gone)
        return BulkCancelDialog::tr("Gone");
    return chosen ? QString() : BulkCancelDialog::tr("Kept");
}

} // namespace

BulkCancelDialog::BulkCancelDialog(const BulkQuestion &question, const QDateTime &nowUtc, QWidget *parent)
    : CancelQuestion(u"bulk"_s, question.account, bulkWidth, parent), m_question(question)
{
    for (const Order &order : question.orders)
        m_lines.append({order, false});
    auto *about = new QWidget;
    auto *layout = new QVBoxLayout(about);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    content()->addWidget(new TallArea(about, this), 1);
    m_summary = textLabel({}, this);
    m_summary->setObjectName("bulkSummary"_L1);
    layout->addWidget(m_summary);
    buildList(layout, nowUtc);
    buildChoice(content());
    buildButtons();
    setRowAge(question.age);
    renew();
    refit();
}

void BulkCancelDialog::buildList(QVBoxLayout *layout, const QDateTime &nowUtc)
{
    m_list = new QTableWidget(int(m_lines.size()), ListColumnCount, this);
    m_list->setObjectName("bulkList"_L1);
    m_list->setAccessibleName(tr("Orders to cancel"));
    dressTable(*m_list, new TableHeader(m_list));
    padCells(*m_list);
    m_list->setHorizontalHeaderLabels(
        {tr("Instrument"), tr("Side"), tr("Type"), tr("Price"), tr("Remaining"), tr("Age"), tr("Order ID"), {}});
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    const int rowHeight = setRowHeights(*m_list, 24);
    for (int column = 0; column < ListColumnCount; ++column) {
        const bool number = column == PriceColumn || column == RemainingColumn || column == AgeColumn;
        m_list->horizontalHeaderItem(column)->setTextAlignment(
            number ? Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter : Qt::AlignLeading | Qt::AlignVCenter);
    }
    for (int row = 0; row < m_lines.size(); ++row)
        fillRow(row, nowUtc);
    fitListColumns();
    const int rows = std::min<int>(mostRowsSeen, int(m_lines.size()));
    m_list->setMinimumHeight(m_list->horizontalHeader()->sizeHint().height() + std::min(rows, 3) * rowHeight +
                             listFrame);
    m_list->setMaximumHeight(m_list->horizontalHeader()->sizeHint().height() + rows * rowHeight + listFrame);
    m_list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::MinimumExpanding);
    m_list->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    layout->addWidget(m_list, 1);

    const auto notice = [&](const char *name, Severity severity) {
        auto *box = new NoticeBox(severity, this);
        box->setObjectName("bulkNotice_"_L1 + QLatin1StringView(name));
        layout->addWidget(box);
        return box;
    };
    m_gone = notice("gone", Severity::Warning);
    m_lastStop = notice("laststop", Severity::Warning);
    m_refused = notice("refused", Severity::Warning);
    m_attention = notice("attention", Severity::Warning);
    m_both = notice("both", Severity::Warning);
    m_count = notice("count", Severity::Warning);
    m_hidden = notice("hidden", Severity::Warning);
    m_stale = notice("stale", Severity::Warning);
    m_unchecked = notice("unchecked", Severity::Warning);
    m_unchecked->setText(m_question.uncheckedNotice);
    QPushButton *scan = m_unchecked->addButton(tr("Scan all instruments"));
    scan->setObjectName(u"bulkScanButton"_s);
    connect(scan, &QPushButton::clicked, this, [this] {
        emit scanWanted();
        reject();
    });
}

void BulkCancelDialog::fitListColumns()
{
    m_list->resizeColumnsToContents();
    int all = 0;
    for (int column = 0; column < ListColumnCount; ++column) {
        int width = m_list->columnWidth(column);
        if (column == NoteColumn) {
            const QFontMetrics metrics(m_list->font());
            width = std::max(metrics.horizontalAdvance(noteText(true, false)),
                             metrics.horizontalAdvance(noteText(false, false))) +
                    2 * cellPadding + 12;
        }
        m_list->setColumnWidth(column, width);
        all += width;
    }
    m_list->horizontalHeader()->setStretchLastSection(true);
    // The whole line is what is asked about: nothing of it is left to a scroll bar where the screen has the room.
    const int bar = m_list->style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, m_list);
    m_list->setMinimumWidth(std::min(all + bar + listFrame, widestList));
}

void BulkCancelDialog::buildChoice(QVBoxLayout *layout)
{
    m_keepProtective = new QRadioButton(this);
    m_keepProtective->setObjectName("bulkKeepProtective"_L1);
    m_keepProtective->setChecked(true);
    // Two choices are one stop; the arrow keys choose.
    m_keepProtective->setFocusPolicy(Qt::StrongFocus);
    m_cancelProtective = new QRadioButton(this);
    m_cancelProtective->setObjectName("bulkCancelProtective"_L1);
    m_cancelProtective->setFocusPolicy(Qt::ClickFocus);
    connect(m_keepProtective, &QRadioButton::toggled, this, [this] {
        arm().restart();
        m_typed->clear();
        renew();
    });
    auto *choice = new QHBoxLayout;
    choice->setSpacing(16);
    choice->addWidget(m_keepProtective);
    choice->addWidget(m_cancelProtective);
    choice->addStretch(1);
    layout->addLayout(choice);
    renewChoice();

    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    m_typing = new QWidget(this);
    auto *typing = new QHBoxLayout(m_typing);
    typing->setContentsMargins(0, 0, 0, 0);
    typing->setSpacing(8);
    m_typeLabel = new QLabel(m_typing);
    m_typed = new QLineEdit(m_typing);
    m_typed->setObjectName("bulkCountEdit"_L1);
    m_typed->setMaxLength(12);
    m_typed->setFixedWidth(fontMetrics().horizontalAdvance(u"000000000"_s) + 16);
    m_typed->setInputMethodHints(Qt::ImhDigitsOnly);
    m_typed->installEventFilter(this);
    m_typeLabel->setBuddy(m_typed);
    typing->addWidget(m_typeLabel);
    typing->addWidget(m_typed);
    foot->addWidget(m_typing);
    foot->addStretch(1);
    auto *positions = secondaryLabel(tr("Positions are not closed."), this);
    positions->setWordWrap(false);
    foot->addWidget(positions);
    layout->addLayout(foot);
    connect(m_typed, &QLineEdit::textChanged, this, &BulkCancelDialog::renewButton);
}

void BulkCancelDialog::renewChoice()
{
    const auto protective = std::count_if(m_lines.cbegin(), m_lines.cend(),
                                          [this](const Line &line) { return !line.gone && protects(line); });
    const bool isOffered = protective > 0 && m_goneCount < m_lines.size();
    m_keepProtective->setVisible(isOffered);
    m_cancelProtective->setVisible(isOffered);
    m_keepProtective->setText(
        plural(protective, tr("Keep the 1 protective order"), tr("Keep the %n protective orders")));
    m_cancelProtective->setText(plural(protective, tr("Cancel it too"), tr("Cancel them too")));
}

void BulkCancelDialog::buildButtons()
{
    addButtons(tr("&Keep orders"), {});
    setTabOrder(m_typed, keepButton());
    arm().swallowRepeatedKeys(m_typed);
    // The delay alone would enable the button, whatever number has been typed.
    connect(&arm(), &ArmDelay::armedChanged, this, &BulkCancelDialog::renewButton);
    if (needsTyping(int(chosen().size())))
        m_typed->setFocus(Qt::OtherFocusReason);
}

void BulkCancelDialog::fillRow(int row, const QDateTime &nowUtc)
{
    const Order &order = m_lines.at(row).order;
    const QStringList texts{instrumentText(order), sideText(order),        typeText(order),      priceText(order),
                            remainingText(order),  ageText(order, nowUtc), idTailText(order.id), QString()};
    for (int column = 0; column < ListColumnCount; ++column) {
        QTableWidgetItem *item = m_list->item(row, column);
        if (!item) {
            item = new QTableWidgetItem;
            const bool number = column == PriceColumn || column == RemainingColumn || column == AgeColumn;
            item->setTextAlignment(number ? Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter
                                          : Qt::AlignLeading | Qt::AlignVCenter);
            if (column == SideColumn) {
                // The columns are measured before the rows are dressed.
                QFont semibold = m_list->font();
                semibold.setWeight(QFont::DemiBold);
                item->setFont(semibold);
            }
            m_list->setItem(row, column, item);
        }
        if (column != NoteColumn && item->text() != texts.at(column)) {
            item->setText(texts.at(column));
            item->setData(Qt::AccessibleTextRole,
                          u"%1: %2"_s.arg(m_list->horizontalHeaderItem(column)->text(), texts.at(column)));
        }
    }
    m_list->item(row, IdColumn)->setToolTip(order.id.shown());
}

void BulkCancelDialog::dressRow(int row)
{
    const Line &line = m_lines.at(row);
    const bool chosenNow = isChosen(line);
    const Theme &theme = themeOf(palette());
    QFont plain = m_list->font();
    plain.setStrikeOut(line.gone);
    for (int column = 0; column < ListColumnCount; ++column) {
        QTableWidgetItem *item = m_list->item(row, column);
        QFont font = plain;
        if (column == SideColumn)
            font.setWeight(QFont::DemiBold);
        item->setFont(font);
        item->setForeground(chosenNow ? theme.text : theme.text2);
    }
    if (const auto side = tradeSide(line.order); side && chosenNow)
        m_list->item(row, SideColumn)->setForeground(*side == TradeSide::Buy ? theme.buy : theme.sell);
    QTableWidgetItem *note = m_list->item(row, NoteColumn);
    QFont upright = m_list->font();
    upright.setWeight(QFont::DemiBold);
    note->setFont(upright);
    note->setText(noteText(line.gone, chosenNow));
}

bool BulkCancelDialog::isChosen(const Line &line) const
{
    return !line.gone && (m_cancelProtective->isChecked() || !protects(line));
}

bool BulkCancelDialog::protects(const Line &line) const
{
    return isProtective(line.order) && !m_question.orphans.contains(line.order.id);
}

QList<Order> BulkCancelDialog::chosen() const
{
    QList<Order> orders;
    for (const Line &line : m_lines) {
        if (isChosen(line))
            orders.append(line.order);
    }
    return orders;
}

QList<Order> BulkCancelDialog::listed() const
{
    QList<Order> orders;
    for (const Line &line : m_lines) {
        if (!line.gone)
            orders.append(line.order);
    }
    return orders;
}

bool BulkCancelDialog::needsTyping(int count) const
{
    return count >= (m_question.isAll ? typedFromForAll : typedFrom);
}

bool BulkCancelDialog::isTypedRight() const
{
    const int count = int(chosen().size());
    if (!needsTyping(count))
        return true;
    QString typed = m_typed->text();
    typed.remove(u' ').remove(u',');
    return typed == QString::number(count);
}

void BulkCancelDialog::follow(const std::function<const Order *(const OrderId &)> &find, const QDateTime &nowUtc)
{
    if (isOver())
        return;
    bool differs = false;
    for (int row = 0; row < m_lines.size(); ++row) {
        Line &line = m_lines[row];
        if (line.gone)
            continue;
        const Order *order = find(line.order.id);
        if (!order) {
            line.gone = true;
            ++m_goneCount;
            differs = true;
            continue;
        }
        differs = differs ||
                  !changedNotice(confirmationFacts(line.order, nowUtc), confirmationFacts(*order, nowUtc)).isEmpty();
        line.order = *order;
        fillRow(row, nowUtc);
    }
    if (!differs)
        return;
    arm().restart();
    renew();
}

void BulkCancelDialog::setRowAge(const RowAge &age)
{
    m_stale->setText(staleNotice(age));
}

void BulkCancelDialog::setCount(const OpenCount &count)
{
    if (isOver() || count == m_question.count)
        return;
    m_question.count = count;
    const bool hadNotice = !m_count->text().isEmpty();
    renew();
    // The buttons have moved under the pointer.
    if (hadNotice == m_count->text().isEmpty())
        arm().restart();
}

void BulkCancelDialog::setOrphans(const QSet<OrderId> &orphans)
{
    if (isOver())
        return;
    const bool differs = orphans != m_question.orphans;
    const QString stops = m_lastStop->text();
    m_question.orphans = orphans;
    if (differs)
        m_typed->clear();
    renew();
    if (differs || m_lastStop->text() != stops)
        arm().restart();
}

void BulkCancelDialog::renew()
{
    const QList<Order> orders = chosen();
    const int count = int(orders.size());
    const QString what = cancelOrdersText(count, isPractice());
    const bool noneLeft = m_goneCount == m_lines.size();

    setTitle(tr("%1 — %2 · %3").arg(what, environmentText(account()), account().name));
    setHeading(tr("%1?").arg(what));
    QStringList summary = instrumentSummary(orders);
    if (const QString value = ValueSum(orders).text(); !value.isEmpty())
        summary.append(tr("Value %1", "what all of them are worth").arg(value));
    if (const QString frees = freesText(orders); !frees.isEmpty())
        summary.append(tr("Frees %1", "the margin of orders").arg(frees));
    m_summary->setText(summary.join(u'\n'));
    m_summary->setVisible(!orders.isEmpty());
    m_lastStop->setText(m_question.stopsLeft ? lastStopNotice(m_question.stopsLeft(orders)) : QString());
    QList<Order> refused;
    std::copy_if(orders.cbegin(), orders.cend(), std::back_inserter(refused),
                 [this](const Order &order) { return m_question.refusedHere.contains(order.id); });
    m_refused->setText(refusedHereNotice(refused));
    m_attention->setText(attentionNotice(orders));
    m_both->setText(bothNotice(orders));
    m_count->setText(m_question.isAll ? countNotice(m_question.count, count) : QString());
    const int hidden = int(std::count_if(
        orders.cbegin(), orders.cend(), [this](const Order &order) { return m_question.hidden.contains(order.id); }));
    m_hidden->setText(hidden == 0 ? QString()
                                  : plural(hidden, tr("1 of them is hidden by the filter."),
                                           tr("%n of them are hidden by the filter.")));
    m_gone->setText(m_goneCount == 0
                        ? QString()
                        : plural(m_goneCount, tr("1 order vanished while this window was open and will be skipped."),
                                 tr("%n orders vanished while this window was open and will be skipped.")));
    for (int row = 0; row < m_lines.size(); ++row)
        dressRow(row);
    m_typeLabel->setText(tr("Type %1 to confirm").arg(count));
    m_typed->setAccessibleName(m_typeLabel->text());
    m_typing->setVisible(needsTyping(count) && !noneLeft);
    cancelButton()->setText(what);
    cancelButton()->setAccessibleName(what);
    if (noneLeft)
        leaveOnlyClosing(tr("These orders are no longer open"));
    renewChoice();
    renewButton();
    describeAll();
    if (isVisible())
        refit();
}

void BulkCancelDialog::renewButton()
{
    const bool right = isTypedRight();
    const bool ready = mayConfirm() && right && !chosen().isEmpty();
    if (!ready && cancelButton()->hasFocus())
        keepButton()->setFocus(Qt::OtherFocusReason);
    cancelButton()->setEnabled(ready);
    describe(cancelButton(), ready                ? QString()
                             : chosen().isEmpty() ? tr("No order is left to cancel")
                             : !right             ? m_typeLabel->text()
                                                  : tr("Enabled in a moment"));
    const bool wrong = !right && !m_typed->text().isEmpty();
    if (m_typed->property("error").toBool() != wrong) {
        m_typed->setProperty("error", wrong);
        m_typed->style()->unpolish(m_typed);
        m_typed->style()->polish(m_typed);
    }
}

void BulkCancelDialog::describeAll()
{
    QStringList lines = spokenHead() << m_summary->text();
    for (const Line &line : std::as_const(m_lines).first(std::min<qsizetype>(mostRowsRead, m_lines.size()))) {
        const Order &order = line.order;
        lines.append(QStringList{instrumentText(order), sideWords(order), typeText(order), priceText(order),
                                 remainingText(order), idTailText(order.id), noteText(line.gone, isChosen(line))}
                         .join(u' ')
                         .trimmed());
    }
    for (const NoticeBox *box :
         {m_gone, m_lastStop, m_refused, m_attention, m_both, m_count, m_hidden, m_stale, m_unchecked}) {
        if (!box->text().isEmpty())
            lines.append(box->text());
    }
    lines.append(tr("Positions are not closed."));
    describe(this, lines.join(u'\n'));
}

void BulkCancelDialog::confirm()
{
    const QList<Order> orders = chosen();
    if (!mayConfirm() || !isTypedRight() || orders.isEmpty())
        return;
    closeConfirmed();
    emit confirmed(orders);
}

bool BulkCancelDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_typed && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        // With something typed Enter means the number: right, it confirms; wrong or too early, it does nothing.
        if (enter && !(key->modifiers() & Qt::ControlModifier) && !m_typed->text().isEmpty()) {
            if (!key->isAutoRepeat())
                confirm();
            return true;
        }
    }
    return CancelQuestion::eventFilter(watched, event);
}

} // namespace countermand

#include "ui/activity/recordstable.h"

#include "ui/look/tablestyle.h"
#include "ui/look/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// The longest usual text of a column.
QString sampleOf(RecordsModel::Column column)
{
    switch (column) {
    case RecordsModel::TimeSent:
        return u"2026-03-04 14:03:22"_s;
    case RecordsModel::AccountName:
        return u"Main account (LIVE)"_s;
    case RecordsModel::Instrument:
        return u"1000PEPE-USDT"_s;
    case RecordsModel::Side:
        return u"▲ Close short"_s;
    case RecordsModel::Remaining:
        return u"2,500 of 2,500 cont."_s;
    case RecordsModel::Price:
        return u"0.0071230"_s;
    case RecordsModel::Id:
        return u"P-33308741700001947"_s;
    case RecordsModel::Outcome:
        return u"Not canceled — already filled"_s;
    case RecordsModel::Code:
        return u"HTTP 401"_s;
    case RecordsModel::Message:
        return u"This instrument can't be traded at the moment"_s;
    case RecordsModel::Latency:
        return u"1234 ms"_s;
    case RecordsModel::Settled:
        return u"Settled by"_s;
    case RecordsModel::ColumnCount:
        break;
    }
    return {};
}

} // namespace

RecordsTable::RecordsTable(QWidget *parent) : QTableView(parent)
{
    dressTable(*this, new TableHeader(this));
    setSelectionMode(ExtendedSelection);
    setRowHeights(*this, 24);
    padCells(*this);
}

void RecordsTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    // Without a row too it is seen where the keys go.
    if (hasFocus()) {
        QPainter painter(viewport());
        painter.setPen(QPen(themeOf(palette()).focus, 2));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void RecordsTable::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    viewport()->update();
}

void RecordsTable::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

void RecordsTable::fitColumns()
{
    constexpr int gap = 2 * cellPadding + sortMarkWidth;
    constexpr int icon = 20;
    for (int column = 0; column < RecordsModel::ColumnCount; ++column) {
        const int wide =
            std::max(fontMetrics().horizontalAdvance(sampleOf(RecordsModel::Column(column))),
                     fontMetrics().horizontalAdvance(RecordsModel::columnName(RecordsModel::Column(column))));
        setColumnWidth(column, wide + gap + (column == RecordsModel::Outcome ? icon : 0));
    }
}

void RecordsTable::copySelected() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column) {
            if (!isColumnHidden(column))
                cells.append(row.siblingAtColumn(column).data().toString());
        }
        lines.append(cells.join(u'\t'));
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void RecordsTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace countermand

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

constexpr int leastMessageWidth = 160;
constexpr int mostMessageWidth = 480;
constexpr int iconWidth = 20;
/// The newest rows say what is usual.
constexpr int rowsMeasured = 200;

} // namespace

RecordsTable::RecordsTable(QWidget *parent) : QTableView(parent)
{
    dressTable(*this, new TableHeader(this));
    setSelectionMode(ExtendedSelection);
    setRowHeights(*this, 24);
    padCells(*this);
    m_fit.setSingleShot(true);
    connect(&m_fit, &QTimer::timeout, this, &RecordsTable::fitColumns);
    connect(this, &QAbstractItemView::doubleClicked, this, &RecordsTable::detailsRequested);
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

void RecordsTable::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::modelReset, &m_fit, qOverload<>(&QTimer::start));
    connect(model, &QAbstractItemModel::rowsInserted, &m_fit, qOverload<>(&QTimer::start));
    connect(model, &QAbstractItemModel::dataChanged, &m_fit, qOverload<>(&QTimer::start));
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        // The last one takes what is left by itself.
        if (!m_isFitting && column != RecordsModel::Settled)
            m_chosen.insert(column);
    });
    fitColumns();
}

void RecordsTable::fitColumns()
{
    constexpr int gap = 2 * cellPadding + sortMarkWidth;
    m_isFitting = true;
    const int rows = std::min(rowsMeasured, model()->rowCount());
    for (int column = 0; column < RecordsModel::ColumnCount; ++column) {
        if (isColumnHidden(column) || m_chosen.contains(column))
            continue;
        QFont ofCells = font();
        if (column == RecordsModel::Side)
            ofCells.setWeight(QFont::DemiBold);
        const QFontMetrics metrics(ofCells);
        int wide = fontMetrics().horizontalAdvance(RecordsModel::columnName(RecordsModel::Column(column)));
        for (int row = 0; row < rows; ++row)
            wide = std::max(wide, metrics.horizontalAdvance(model()->index(row, column).data().toString()));
        wide += gap + (column == RecordsModel::Outcome ? iconWidth : 0);
        if (column == RecordsModel::Message)
            m_messageWidth = std::max(m_messageWidth, std::min(wide, mostMessageWidth));
        else
            setColumnWidth(column, std::max(wide, m_known.value(column)));
        m_known.insert(column, columnWidth(column));
    }
    m_isFitting = false;
    fitMessage();
}

void RecordsTable::fitMessage()
{
    if (m_chosen.contains(RecordsModel::Message))
        return;
    int others = 0;
    for (int column = 0; column < RecordsModel::ColumnCount; ++column) {
        if (column != RecordsModel::Message && !isColumnHidden(column))
            others += m_known.value(column);
    }
    m_isFitting = true;
    setColumnWidth(RecordsModel::Message, std::clamp(viewport()->width() - others, leastMessageWidth,
                                                     std::max(leastMessageWidth, m_messageWidth)));
    m_isFitting = false;
}

void RecordsTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (model())
        fitMessage();
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
    // Nothing else may take it: a dialog would press its default button.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (currentIndex().isValid() && !event->isAutoRepeat())
            emit detailsRequested(currentIndex());
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace countermand

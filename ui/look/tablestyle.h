#pragma once

#include <QHeaderView>

class QTableView;

namespace countermand {

/// Left and right of every cell's and header's text, pixels.
constexpr int cellPadding = 8;
/// What the sort mark takes beside a header's word, pixels.
constexpr int sortMarkWidth = 12;

/// The column headers of a table: aligned with their columns' texts, with a sort mark beside the word.
class TableHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit TableHeader(QWidget *table);

    QSize sectionSizeFromContents(int logicalIndex) const override;
    /// As high as it always is, and as narrow as it may get.
    QSize minimumSizeHint() const override;

protected:
    /// A column as wide as its icons: word and sort mark stand one above the other.
    virtual bool isNarrow(int /*logicalIndex*/) const { return false; }
    void paintEvent(QPaintEvent *event) override;
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
};

/// What all tables have in common: `header`, alternating rows of one line without a grid, nothing to edit, and pixels
/// to scroll by.
void dressTable(QTableView &table, TableHeader *header);
/// Rows of so many pixels, or of as many as a line of text needs. Returns what they got.
int setRowHeights(QTableView &table, int pixels);
/// The cells keep their texts apart as the headers do; for tables whose cells the style paints. Replaces the
/// delegate.
void padCells(QTableView &table);

} // namespace countermand

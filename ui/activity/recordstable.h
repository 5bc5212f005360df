#pragma once

#include "ui/activity/recordsmodel.h"

#include <QHash>
#include <QSet>
#include <QTableView>
#include <QTimer>

namespace countermand {

/// A table of cancels: rows to read and copy, nothing to change. Ctrl+C copies the selected rows, tab-separated; a
/// double-click and Enter ask for all of one.
class RecordsTable : public QTableView
{
    Q_OBJECT

public:
    explicit RecordsTable(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// Copies what is selected; nothing if nothing is.
    void copySelected() const;

signals:
    /// The user wants to know all of this row's.
    void detailsRequested(const QModelIndex &row);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Widths that fit what the rows say, but for those that the user has chosen; they only grow.
    void fitColumns();
    /// The exchange's words get what is left.
    void fitMessage();

    QTimer m_fit;
    bool m_isFitting = false;
    QSet<int> m_chosen;
    QHash<int, int> m_known;
    int m_messageWidth = 0;
};

} // namespace countermand

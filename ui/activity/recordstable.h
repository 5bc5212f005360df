#pragma once

#include "ui/activity/recordsmodel.h"

#include <QTableView>

namespace countermand {

/// A table of cancels: rows to read and copy, nothing to change. Ctrl+C copies the selected rows, tab-separated.
class RecordsTable : public QTableView
{
    Q_OBJECT

public:
    explicit RecordsTable(QWidget *parent = nullptr);

    /// Widths that fit usual contents in the running font; after setModel().
    void fitColumns();
    /// Copies what is selected; nothing if nothing is.
    void copySelected() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
};

} // namespace countermand

#pragma once

#include "domain/cancelrecord.h"

#include <QDockWidget>
#include <QList>

class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;

namespace countermand {

class Activity;
class RecordsModel;
class RecordsTable;

/// Every cancel, newest on top (objectName activityDock): to read, filter, export and clear.
class ActivityDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit ActivityDock(QWidget *parent);

    /// `activity` must outlive the dock. Rows are made when the dock is first shown.
    void setActivity(Activity &activity);
    /// Focus on its table (F6).
    void focusTable();
    /// Asks where to, and writes the rows that the filter shows.
    void exportRows();

signals:
    /// A notice for the user: an export that was written or failed, activity that could not be cleared.
    void notice(const QString &headline, const QString &text, bool warning);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void askToClear();
    void fill();
    void write(const QString &path, const QString &filter);
    QList<CancelRecord> shownRecords() const;
    void renewButtons();

    Activity *m_activity = nullptr;
    bool m_filled = false;
    RecordsModel *m_records;
    QSortFilterProxyModel *m_filtered;
    QLineEdit *m_filter;
    QLabel *m_count;
    QPushButton *m_export;
    QPushButton *m_clear;
    RecordsTable *m_table;
};

} // namespace countermand

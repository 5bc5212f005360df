#pragma once

#include "domain/cancelrecord.h"

#include <QDockWidget>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

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
    /// Shows the cancels of these names, and those of batches of these names, alone, with a button that shows all
    /// again. All, if there are none of these.
    void showOnly(const QSet<QString> &names);

signals:
    /// The user wants to know everything about a cancel, or to see all cancels of one question.
    void detailsWanted(const countermand::CancelRecord &record);
    void resultsWanted(const QString &batchId);
    /// A notice for the user: an export that was written or failed, activity that could not be cleared.
    void notice(const QString &headline, const QString &text, bool warning);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *titleBar();
    /// In the theme's colors.
    void dress();
    void openMenu(const QPoint &place);
    void copyOrders();
    /// The record of the current row; nothing without one.
    std::optional<CancelRecord> current() const;
    void askToClear();
    void fill();
    void write(const QString &path, const QString &filter);
    QList<CancelRecord> shownRecords() const;
    void renewButtons();

    Activity *m_activity = nullptr;
    bool m_filled = false;
    RecordsModel *m_records;
    class Shown;
    Shown *m_filtered;
    QLineEdit *m_filter;
    QLabel *m_count;
    QToolButton *m_close;
    QPushButton *m_all;
    QPushButton *m_results;
    QPushButton *m_export;
    QPushButton *m_clear;
    RecordsTable *m_table;
};

} // namespace countermand

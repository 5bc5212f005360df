#pragma once

#include "domain/account.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace countermand {

class Activity;
class CancelBatch;
class RecordsModel;

/// One line per order of a batch, kept up to date (objectName batchListDialog). Not modal: canceling goes on behind
/// it. Deletes itself when it closes, or when the batch or its records are gone. Call show().
class BatchListDialog : public QDialog
{
    Q_OBJECT

public:
    BatchListDialog(CancelBatch &batch, QWidget *parent);
    /// Of a batch that is only known from its records, as of an earlier run. `activity` must outlive the dialog.
    BatchListDialog(const Activity &activity, const QString &batchId, QWidget *parent);

    /// Of a batch that is only known from its records; else empty.
    const QString &batchId() const { return m_batchId; }

signals:
    /// "Cancel the {n} refused…", or "still open…"
    void cancelAgainRequested();

private:
    explicit BatchListDialog(QWidget *parent);
    void setAccount(const Account &account);
    void renew();
    void renewFrom(const Activity &activity);

    /// Nothing where only its records are known.
    CancelBatch *m_batch = nullptr;
    QString m_batchId;
    RecordsModel *m_records;
    QLabel *m_counts;
    QPushButton *m_again;
};

} // namespace countermand

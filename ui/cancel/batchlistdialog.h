#pragma once

#include <QDialog>

class QLabel;
class QPushButton;

namespace countermand {

class CancelBatch;
class RecordsModel;

/// One line per order of a batch, kept up to date (objectName batchListDialog). Not modal: canceling goes on behind
/// it. Deletes itself when it closes, or when the batch is gone. Call show().
class BatchListDialog : public QDialog
{
    Q_OBJECT

public:
    BatchListDialog(CancelBatch &batch, QWidget *parent);

signals:
    /// "Cancel the {n} refused…", or "still open…"
    void cancelAgainRequested();

private:
    void renew();

    CancelBatch &m_batch;
    RecordsModel *m_records;
    QLabel *m_counts;
    QPushButton *m_again;
};

} // namespace countermand

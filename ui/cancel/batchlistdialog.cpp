#include "ui/cancel/batchlistdialog.h"

#include "ui/activity/recordstable.h"
#include "ui/cancel/detailsdialog.h"
#include "ui/look/dialogparts.h"
#include "ui/words/batchwords.h"
#include "ui/words/orderwords.h"
#include "workflow/activity.h"
#include "workflow/cancelbatch.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace countermand {

BatchListDialog::BatchListDialog(CancelBatch &batch, QWidget *parent) : BatchListDialog(parent)
{
    m_batch = &batch;
    setAccount(batch.records().isEmpty() ? Account{} : batch.records().constFirst().account);
    connect(m_batch, &CancelBatch::changed, this, &BatchListDialog::renew);
    connect(m_batch, &QObject::destroyed, this, &QWidget::close);
    renew();
}

BatchListDialog::BatchListDialog(const Activity &activity, const QString &batchId, QWidget *parent)
    : BatchListDialog(parent)
{
    m_batchId = batchId;
    const auto renewRecords = [this, &activity] { renewFrom(activity); };
    connect(&activity, &Activity::reset, this, renewRecords);
    connect(&activity, &Activity::noted, this, [batchId, renewRecords](const CancelRecord &record) {
        if (record.batchId == batchId)
            renewRecords();
    });
    renewRecords();
}

BatchListDialog::BatchListDialog(QWidget *parent)
    : QDialog(parent),
      m_records(new RecordsModel(RecordsModel::Arrangement::AsGiven, this)),
      m_counts(textLabel({}, this)),
      m_again(dialogButton(u"batchListRefusedButton"_s, {}, this))
{
    setObjectName("batchListDialog"_L1);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(QSize(1160, 460).boundedTo(screen()->availableSize()));

    auto *table = new RecordsTable(this);
    table->setObjectName("batchListTable"_L1);
    table->setAccessibleName(tr("Results"));
    table->setModel(m_records);
    for (const auto column : {RecordsModel::TimeSent, RecordsModel::AccountName, RecordsModel::Latency})
        table->setColumnHidden(column, true);
    table->horizontalHeader()->setStretchLastSection(true);

    auto *buttons = buttonRow(this);
    QPushButton *close = dialogButton(u"batchListCloseButton"_s, tr("Close"), this);
    buttons->addButton(m_again, QDialogButtonBox::ActionRole);
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_again, &QPushButton::clicked, this, &BatchListDialog::cancelAgainRequested);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_counts);
    layout->addWidget(table, 1);
    layout->addWidget(buttons);
    close->setFocus(Qt::OtherFocusReason);
    m_again->hide();
    connect(table, &RecordsTable::detailsRequested, this, [this](const QModelIndex &row) {
        (new DetailsDialog(m_records->recordAt(row.row()), false, this))->open();
    });
}

void BatchListDialog::setAccount(const Account &account)
{
    setWindowTitle(tr("Results — %1 · %2").arg(environmentText(account), account.name));
    setAccessibleName(windowTitle());
}

void BatchListDialog::renewFrom(const Activity &activity)
{
    QList<CancelRecord> records;
    BatchTally tally;
    for (const CancelRecord &record : activity.records()) {
        if (record.batchId != m_batchId)
            continue;
        records.append(record);
        addTo(tally, record.stage);
    }
    if (records.isEmpty()) {
        close();
        return;
    }
    setAccount(records.constFirst().account);
    m_records->setRecords(records);
    m_counts->setText(recordedBatchText(tally, records.constFirst().recordedAt));
}

void BatchListDialog::renew()
{
    for (const CancelRecord &record : m_batch->records())
        m_records->put(record);
    BatchView view;
    view.state = m_batch->state();
    view.isStopped = m_batch->isStopped();
    view.tally = m_batch->tally();
    view.end = m_batch->end();
    const int failed = m_batch->state() == CancelBatch::State::Finished ? int(m_batch->failedOrders().size()) : 0;
    view.failed = failed;
    view.isEachRefused = m_batch->isEachRefused();
    const ToastContent content = batchToast({}, view);
    m_counts->setText(u"%1. %2"_s.arg(content.headline, content.text));
    m_again->setText(actionLabel(againAction(m_batch->isEachRefused()), failed));
    m_again->setAccessibleName(m_again->text());
    m_again->setVisible(failed > 0);
}

} // namespace countermand

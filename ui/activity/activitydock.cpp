#include "ui/activity/activitydock.h"

#include "ui/activity/activitycsv.h"
#include "ui/activity/clearactivitydialog.h"
#include "ui/activity/recordstable.h"
#include "ui/look/accesskeys.h"
#include "ui/look/icons.h"
#include "ui/look/plural.h"
#include "ui/look/theme.h"
#include "ui/words/canceldetails.h"
#include "workflow/activity.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>
#include <QSortFilterProxyModel>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int usualHeight = 220;

QString spreadsheetFilter()
{
    return ActivityDock::tr("CSV for spreadsheets (*.csv)");
}
QString plainFilter()
{
    return ActivityDock::tr("CSV, ids as they are (*.csv)");
}
QString linesFilter()
{
    return ActivityDock::tr("JSON lines (*.jsonl)");
}

} // namespace

/// The rows that the filter finds, and of these the asked-for ones.
class ActivityDock::Shown : public QSortFilterProxyModel
{
public:
    Shown(const RecordsModel &records, QObject *parent) : QSortFilterProxyModel(parent), m_records(records) {}

    void setOnly(const QSet<QString> &names)
    {
        m_only = names;
        invalidateFilter();
    }
    bool isLimited() const { return !m_only.isEmpty(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const CancelRecord &record = m_records.recordAt(row);
        return (m_only.isEmpty() || m_only.contains(record.cancelId) || m_only.contains(record.batchId)) &&
               QSortFilterProxyModel::filterAcceptsRow(row, parent);
    }

private:
    const RecordsModel &m_records;
    QSet<QString> m_only;
};

ActivityDock::ActivityDock(QWidget *parent)
    : QDockWidget(tr("Activity"), parent),
      m_records(new RecordsModel(RecordsModel::Arrangement::NewestFirst, this)),
      m_filtered(new Shown(*m_records, this)),
      m_filter(new QLineEdit),
      m_count(new QLabel),
      m_close(new QToolButton),
      m_all(new QPushButton(tr("Show all"))),
      m_results(new QPushButton(tr("Results…"))),
      m_export(new QPushButton(tr("Export CSV…"))),
      m_clear(new QPushButton(tr("Clear…"))),
      m_table(new RecordsTable)
{
    setObjectName("activityDock"_L1);
    setAllowedAreas(Qt::BottomDockWidgetArea | Qt::TopDockWidgetArea);
    setFeatures(QDockWidget::DockWidgetClosable);
    setTitleBarWidget(titleBar());
    m_filtered->setSourceModel(m_records);
    m_filtered->setFilterKeyColumn(-1);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);

    m_filter->setObjectName("activityFilterEdit"_L1);
    m_filter->setAccessibleName(tr("Filter activity"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(320);
    m_export->setObjectName("activityExportButton"_L1);
    m_export->setAccessibleName(tr("Export CSV"));
    m_export->setToolTip(tr("Write the cancels shown here to a file"));
    m_clear->setObjectName("activityClearButton"_L1);
    m_clear->setAccessibleName(tr("Clear activity"));
    m_clear->setToolTip(tr("Remove every cancel that is settled"));
    m_all->setObjectName("activityAllButton"_L1);
    m_all->setAccessibleName(tr("Show all cancels"));
    m_all->setToolTip(tr("Only those without room among the notices are shown"));
    m_all->hide();
    m_results->setObjectName("activityResultsButton"_L1);
    m_results->setAccessibleName(tr("Results of the batch"));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setObjectName("activityTable"_L1);
    m_table->setAccessibleName(tr("Activity"));
    m_table->setModel(m_filtered);
    m_table->horizontalHeader()->setStretchLastSection(true);

    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(12, 0, 12, 0);
    tools->setSpacing(8);
    tools->addWidget(m_filter, 1);
    tools->addWidget(m_count);
    tools->addWidget(m_all);
    tools->addStretch(1);
    tools->addWidget(m_results);
    tools->addWidget(m_export);
    tools->addWidget(m_clear);
    layout->addLayout(tools);
    layout->addWidget(m_table, 1);
    setWidget(content);
    resize(width(), usualHeight);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setFilterFixedString(text);
        renewButtons();
    });
    connect(m_all, &QPushButton::clicked, this, [this] { showOnly({}); });
    connect(m_results, &QPushButton::clicked, this, [this] {
        if (const auto record = current(); record && !record->batchId.isEmpty())
            emit resultsWanted(record->batchId);
    });
    connect(m_table, &RecordsTable::detailsRequested, this, [this] {
        if (const auto record = current())
            emit detailsWanted(*record);
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, &ActivityDock::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ActivityDock::renewButtons);
    connect(m_filtered, &QAbstractItemModel::modelReset, this, &ActivityDock::renewButtons);
    connect(m_export, &QPushButton::clicked, this, &ActivityDock::exportRows);
    connect(m_clear, &QPushButton::clicked, this, &ActivityDock::askToClear);
    renewButtons();
}

QWidget *ActivityDock::titleBar()
{
    // The style's own button is small, blurred where pixels are doubled, and out of reach of the keys.
    m_close->setObjectName("activityCloseButton"_L1);
    m_close->setAccessibleName(tr("Close activity"));
    m_close->setToolTip(tr("Close"));
    m_close->setProperty("flat", true);
    m_close->setProperty("compact", true);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_close->setIconSize({12, 12});
    connect(m_close, &QToolButton::clicked, this, &QWidget::close);
    auto *bar = new QWidget(this);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 2, 12, 0);
    layout->addWidget(new QLabel(windowTitle()), 1);
    layout->addWidget(m_close);
    dress();
    return bar;
}

void ActivityDock::dress()
{
    const QColor ink = themeOf(palette()).text2;
    m_close->setIcon(tintedIcon(Icon::Close, ink, ink));
}

void ActivityDock::changeEvent(QEvent *event)
{
    QDockWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void ActivityDock::setActivity(Activity &activity)
{
    m_activity = &activity;
    m_records->setAbandoned([&activity](const CancelRecord &record) { return activity.isAbandoned(record); });
    connect(m_activity, &Activity::reset, this, [this] {
        if (m_filled)
            fill();
    });
    connect(m_activity, &Activity::noted, this, [this](const CancelRecord &record) {
        if (m_filled)
            m_records->put(record);
        renewButtons();
    });
}

void ActivityDock::fill()
{
    m_filled = true;
    if (m_activity)
        m_records->setRecords(m_activity->records());
    renewButtons();
}

void ActivityDock::showEvent(QShowEvent *event)
{
    QDockWidget::showEvent(event);
    if (!m_filled)
        fill();
}

void ActivityDock::focusTable()
{
    m_table->setFocus(Qt::TabFocusReason);
}

void ActivityDock::showOnly(const QSet<QString> &names)
{
    if (!m_filled)
        fill();
    const auto isKnown = [this, &names] {
        for (int row = 0; row < m_records->rowCount(); ++row) {
            const CancelRecord &record = m_records->recordAt(row);
            if (names.contains(record.cancelId) || names.contains(record.batchId))
                return true;
        }
        return false;
    };
    m_filter->clear();
    m_filtered->setOnly(isKnown() ? names : QSet<QString>());
    m_all->setVisible(m_filtered->isLimited());
    m_table->scrollToTop();
    renewButtons();
}

std::optional<CancelRecord> ActivityDock::current() const
{
    const QModelIndex index = m_filtered->mapToSource(m_table->currentIndex());
    return index.isValid() ? std::optional(m_records->recordAt(index.row())) : std::nullopt;
}

void ActivityDock::openMenu(const QPoint &place)
{
    const auto record = current();
    if (!record)
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName("activityMenu"_L1);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu, this](const QString &name, const QString &text, const auto &then) {
        QAction *action = menu->addAction(text);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, then);
        return action;
    };
    add(u"actRecordDetails"_s, tr("Details"), [this, record] { emit detailsWanted(*record); });
    add(u"actBatchResults"_s, tr("Results of its batch"), [this, record] {
        emit resultsWanted(record->batchId);
    })->setEnabled(!record->batchId.isEmpty());
    menu->addSeparator();
    add(u"actCopyOrder"_s, tr("Copy order"), [this] {
        copyOrders();
    })->setToolTip(tr("All that is needed to enter it again by hand"));
    add(u"actCopyRecord"_s, tr("Copy row"), [this] { m_table->copySelected(); });
    menu->setToolTipsVisible(true);
    keepAccessKeys(*menu);
    menu->popup(m_table->viewport()->mapToGlobal(place));
}

void ActivityDock::copyOrders()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList orders;
    for (const QModelIndex &row : std::as_const(rows))
        orders.append(orderEntryText(m_records->recordAt(m_filtered->mapToSource(row).row())));
    if (!orders.isEmpty())
        QGuiApplication::clipboard()->setText(orders.join(u"\n\n"_s));
}

void ActivityDock::renewButtons()
{
    const auto record = current();
    const bool isOfBatch = record && !record->batchId.isEmpty();
    m_results->setEnabled(isOfBatch);
    m_results->setToolTip(isOfBatch ? tr("All cancels of this one's question")
                                    : tr("Select a cancel of several orders first"));
    const int all = m_records->rowCount();
    const int shown = m_filtered->rowCount();
    m_count->setText(shown == all ? plural(all, tr("1 cancel"), tr("%n cancels"))
                                  : tr("%1 of %2 shown").arg(shown).arg(all));
    m_export->setEnabled(shown > 0);
    m_clear->setEnabled(all > 0);
}

QList<CancelRecord> ActivityDock::shownRecords() const
{
    QList<CancelRecord> records;
    for (int row = m_filtered->rowCount() - 1; row >= 0; --row)
        records.append(m_records->recordAt(m_filtered->mapToSource(m_filtered->index(row, 0)).row()));
    return records;
}

void ActivityDock::exportRows()
{
    if (!m_filled)
        fill();
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(this, tr("Export activity"), folder);
    dialog->setObjectName("exportDialog"_L1);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    // A desktop portal, which may show the native one, refuses a process that keeps its memory to itself.
    dialog->setOption(QFileDialog::DontUseNativeDialog);
#endif
    dialog->setNameFilters({spreadsheetFilter(), plainFilter(), linesFilter()});
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(u"countermand-activity-%1.csv"_s.arg(QDate::currentDate().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter == linesFilter() ? u"jsonl"_s : u"csv"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, dialog](const QString &path) { write(path, dialog->selectedNameFilter()); });
    dialog->open();
}

void ActivityDock::write(const QString &path, const QString &filter)
{
    const QList<CancelRecord> records = shownRecords();
    const QByteArray bytes =
        filter == linesFilter()
            ? Activity::jsonLines(records)
            : activityCsv(records, filter == plainFilter() ? CsvReader::Program : CsvReader::Spreadsheet,
                          QLocale::system(),
                          [this](const CancelRecord &record) { return m_activity->isAbandoned(record); });
    // Either the whole file or the one that was there before.
    QSaveFile file(path);
    const QString name = QDir::toNativeSeparators(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        emit notice(tr("Not exported"), tr("%1 could not be written: %2.").arg(name, file.errorString()), true);
    else
        emit notice(tr("Exported"),
                    plural(records.size(), tr("1 cancel is in %1."), tr("%n cancels are in %1.")).arg(name), false);
}

void ActivityDock::askToClear()
{
    if (!m_activity)
        return;
    auto *question = new ClearActivityDialog(int(m_activity->records().size()), window());
    connect(question, &ClearActivityDialog::clearChosen, this, [this] {
        if (const auto problem = m_activity->clear())
            emit notice(tr("Activity not cleared"), *problem, true);
    });
    question->open();
}

} // namespace countermand

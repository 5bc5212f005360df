#include "local/journal.h"
#include "tests/support/waiting.h"
#include "tests/ui/cancelrecords.h"
#include "ui/activity/activitycsv.h"
#include "ui/activity/activitydock.h"
#include "ui/activity/recordsmodel.h"
#include "workflow/activity.h"

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

CancelRecord record(const QString &cancelId, const QString &base, CancelStage stage)
{
    CancelRecord made = with(recordAt(stage), accepted());
    made.cancelId = cancelId;
    made.order.instrument = made.order.base = base;
    made.recordedAt = QDateTime::currentDateTimeUtc();
    return made;
}

} // namespace

class TestActivityDock : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void readWhenFirstShown();
    void followsTheCancels();
    void filterLeavesWhatItFinds();
    void exportsWhatIsShown_data();
    void exportsWhatIsShown();
    void saysWhenNothingCouldBeWritten();
    void clearingAsksAndKeepsTheUnsettled();
    void menuCopiesOrders();
    void columnsFollowTheirContent();

private:
    template <typename T>
    T *part(const QString &name) const
    {
        return m_window->findChild<T *>(name);
    }
    QString count() const
    {
        for (const QLabel *label : m_dock->findChildren<QLabel *>()) {
            if (label->text().contains("cancel"_L1) || label->text().contains("shown"_L1))
                return label->text();
        }
        return {};
    }
    int rows() const { return part<QTableView>(u"activityTable"_s)->model()->rowCount(); }
    /// Chooses a file in the dialog that "Export CSV…" opens.
    void exportTo(const QString &path, const QString &filter);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<Activity> m_activity;
    std::unique_ptr<QWidget> m_window;
    ActivityDock *m_dock = nullptr;
    std::unique_ptr<QSignalSpy> m_notices;
};

void TestActivityDock::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_journal = std::make_unique<Journal>(Journal::open(m_folder->path(), QDateTime::currentDateTimeUtc()));
    QVERIFY(!m_journal->append(
        {record(u"a"_s, u"BTC"_s, CancelStage::Canceled), record(u"b"_s, u"ETH"_s, CancelStage::UnknownChecking)}));
    m_activity = std::make_unique<Activity>(*m_journal);
    QVERIFY(m_activity->load().isEmpty());
    m_window = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(m_window.get());
    m_dock = new ActivityDock(m_window.get());
    m_dock->hide();
    layout->addWidget(m_dock);
    m_dock->setActivity(*m_activity);
    m_notices = std::make_unique<QSignalSpy>(m_dock, &ActivityDock::notice);
    m_window->show();
}

void TestActivityDock::cleanup()
{
    m_notices.reset();
    m_window.reset();
    m_activity.reset();
    m_journal.reset();
    m_folder.reset();
}

void TestActivityDock::readWhenFirstShown()
{
    QCOMPARE(rows(), 0);
    m_dock->show();
    QCOMPARE(rows(), 2);
    QCOMPARE(count(), u"2 cancels"_s);
    // The newest stands on top.
    const auto *model = part<QTableView>(u"activityTable"_s)->model();
    QVERIFY(model->index(0, 2).data().toString().startsWith(u"ETH"_s));
    QVERIFY(part<QPushButton>(u"activityExportButton"_s)->isEnabled());
    QVERIFY(part<QPushButton>(u"activityClearButton"_s)->isEnabled());
}

void TestActivityDock::followsTheCancels()
{
    m_dock->show();
    m_activity->note(record(u"c"_s, u"SOL"_s, CancelStage::Sending));
    QCOMPARE(count(), u"3 cancels"_s);
    m_activity->note(record(u"c"_s, u"SOL"_s, CancelStage::Canceled));
    QCOMPARE(count(), u"3 cancels"_s);
    QVERIFY(!m_activity->clear());
    QCOMPARE(count(), u"1 cancel"_s);
    m_activity->note(record(u"b"_s, u"ETH"_s, CancelStage::Canceled));
    QVERIFY(!m_activity->clear());
    QCOMPARE(count(), u"0 cancels"_s);
    QVERIFY(!part<QPushButton>(u"activityExportButton"_s)->isEnabled());
    QVERIFY(!part<QPushButton>(u"activityClearButton"_s)->isEnabled());
}

void TestActivityDock::filterLeavesWhatItFinds()
{
    m_dock->show();
    auto *filter = part<QLineEdit>(u"activityFilterEdit"_s);
    filter->setText(u"eth"_s);
    QCOMPARE(rows(), 1);
    QCOMPARE(count(), u"1 of 2 shown"_s);
    filter->setText(u"nothing of it"_s);
    QCOMPARE(count(), u"0 of 2 shown"_s);
    QVERIFY(!part<QPushButton>(u"activityExportButton"_s)->isEnabled());
    // What is hidden can still be cleared.
    QVERIFY(part<QPushButton>(u"activityClearButton"_s)->isEnabled());
    filter->clear();
    QCOMPARE(count(), u"2 cancels"_s);
}

void TestActivityDock::exportTo(const QString &path, const QString &filter)
{
    m_dock->exportRows();
    auto *dialog = m_dock->findChild<QFileDialog *>(u"exportDialog"_s);
    QVERIFY(dialog);
    static const QRegularExpression dated(u"countermand-activity-\\d{4}-\\d\\d-\\d\\d\\.csv$"_s);
    QVERIFY2(dated.match(dialog->selectedFiles().value(0)).hasMatch(), qPrintable(dialog->selectedFiles().value(0)));
    // A portal would refuse a process that keeps its memory to itself.
    QVERIFY(dialog->testOption(QFileDialog::DontUseNativeDialog));
    if (!filter.isEmpty()) {
        QVERIFY2(dialog->nameFilters().contains(filter), qPrintable(dialog->nameFilters().join(u';')));
        dialog->selectNameFilter(filter);
    }
    dialog->selectFile(path);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_COMPARE(m_notices->size(), 1);
}

void TestActivityDock::exportsWhatIsShown_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("name");
    QTest::newRow("spreadsheet") << u"CSV for spreadsheets (*.csv)"_s << u"a.csv"_s;
    QTest::newRow("program") << u"CSV, ids as they are (*.csv)"_s << u"b.csv"_s;
    QTest::newRow("lines") << u"JSON lines (*.jsonl)"_s << u"c.jsonl"_s;
}

void TestActivityDock::exportsWhatIsShown()
{
    QFETCH(QString, filter);
    QFETCH(QString, name);
    m_dock->show();
    part<QLineEdit>(u"activityFilterEdit"_s)->setText(u"eth"_s);
    const QString path = m_folder->filePath(name);
    exportTo(path, filter);
    QCOMPARE(m_notices->first(),
             (QVariantList{u"Exported"_s, u"1 cancel is in %1."_s.arg(QDir::toNativeSeparators(path)), false}));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<CancelRecord> shown{m_activity->records().at(1)};
    QCOMPARE(file.readAll(), name.endsWith("jsonl"_L1) ? Activity::jsonLines(shown)
                             : name == "a.csv"_L1      ? activityCsv(shown, CsvReader::Spreadsheet, QLocale::system())
                                                       : activityCsv(shown, CsvReader::Program));
}

void TestActivityDock::saysWhenNothingCouldBeWritten()
{
    m_dock->show();
    const QString folder = m_folder->filePath(u"none"_s);
    QVERIFY(QDir().mkpath(folder));
    m_dock->exportRows();
    auto *dialog = m_dock->findChild<QFileDialog *>(u"exportDialog"_s);
    QVERIFY(dialog);
    // The folder goes while the dialog is open.
    QVERIFY(QDir().rmdir(folder));
    emit dialog->fileSelected(folder + u"/a.csv"_s);
    QCOMPARE(m_notices->size(), 1);
    QCOMPARE(m_notices->first().at(0).toString(), u"Not exported"_s);
    QCOMPARE(m_notices->first().at(2).toBool(), true);
}

void TestActivityDock::clearingAsksAndKeepsTheUnsettled()
{
    m_dock->show();
    part<QPushButton>(u"activityClearButton"_s)->click();
    part<QPushButton>(u"clearKeepButton"_s)->click();
    QCOMPARE(count(), u"2 cancels"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    part<QPushButton>(u"activityClearButton"_s)->click();
    part<QPushButton>(u"clearButton"_s)->click();
    QCOMPARE(count(), u"1 cancel"_s);
    QCOMPARE(m_activity->records().first().cancelId, u"b"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

    // It says so when the file can't be changed.
    QVERIFY(QFile::remove(m_journal->path()));
    QVERIFY(QDir().mkpath(m_journal->path()));
    part<QPushButton>(u"activityClearButton"_s)->click();
    QVERIFY(part<QWidget>(u"clearActivityDialog"_s)
                ->accessibleDescription()
                .contains(u"Clear the record of 1 cancel?"_s));
    part<QPushButton>(u"clearButton"_s)->click();
    QCOMPARE(m_notices->size(), 1);
    QCOMPARE(m_notices->first().at(0).toString(), u"Activity not cleared"_s);
    QCOMPARE(count(), u"1 cancel"_s);
}

void TestActivityDock::menuCopiesOrders()
{
    m_dock->show();
    auto *table = part<QTableView>(u"activityTable"_s);
    QSignalSpy results(m_dock, &ActivityDock::resultsWanted);
    CancelRecord third = record(u"c"_s, u"SOL"_s, CancelStage::Canceled);
    third.batchId = u"b-1"_s;
    m_activity->note(third);
    table->selectAll();
    table->setCurrentIndex(table->model()->index(0, 0));
    table->selectAll();
    emit table->customContextMenuRequested({5, 5});
    const auto action = [this](const QString &name) { return m_dock->findChild<QAction *>(name); };
    QVERIFY(action(u"actRecordDetails"_s) && action(u"actCopyRecord"_s));
    QVERIFY(action(u"actBatchResults"_s)->isEnabled());
    action(u"actCopyOrder"_s)->trigger();
    const QStringList orders = QGuiApplication::clipboard()->text().split(u"\n\n"_s);
    QCOMPARE(orders.size(), 3);
    QVERIFY(orders.constFirst().startsWith(u"Instrument\tSOL-USDT\nSide\tOpen long\n"_s));
    action(u"actBatchResults"_s)->trigger();
    QCOMPARE(results.constFirst().constFirst().toString(), u"b-1"_s);
    QVERIFY(part<QPushButton>(u"activityResultsButton"_s)->isEnabled());
    table->setCurrentIndex(table->model()->index(1, 0));
    QVERIFY(!part<QPushButton>(u"activityResultsButton"_s)->isEnabled());
}

void TestActivityDock::columnsFollowTheirContent()
{
    m_window->resize(1600, 600);
    m_dock->show();
    auto *table = part<QTableView>(u"activityTable"_s);
    const int before = table->columnWidth(RecordsModel::AccountName);
    CancelRecord long24 = record(u"c"_s, u"SOL"_s, CancelStage::Canceled);
    long24.account.name = QString(24, u'W');
    m_activity->note(long24);
    QTRY_VERIFY(table->columnWidth(RecordsModel::AccountName) > before);
    // The widest value is whole, the exchange's words get what is left.
    const int width = table->columnWidth(RecordsModel::AccountName);
    QVERIFY(width > table->fontMetrics().horizontalAdvance(long24.account.name));
    const int message = table->columnWidth(RecordsModel::Message);
    QVERIFY(message >= 160);
    m_window->resize(900, 600);
    QTRY_COMPARE(table->columnWidth(RecordsModel::Message), 160);
    // A width that was chosen stays.
    table->setColumnWidth(RecordsModel::AccountName, 60);
    m_activity->note(long24);
    long24.cancelId = u"d"_s;
    m_activity->note(long24);
    QCoreApplication::processEvents();
    QCOMPARE(table->columnWidth(RecordsModel::AccountName), 60);
}

QTEST_MAIN(TestActivityDock)
#include "tst_activitydock.moc"

#include "openconversation.h"
#include "tests/support/waiting.h"
#include "tests/ui/cancelrecords.h"
#include "ui/cancel/bulkconversation.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderstable.h"
#include "workflow/cancelworkflow.h"

#include <QAbstractItemView>
#include <QDialog>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestBulkConversation : public QObject
{
    Q_OBJECT

private slots:
    void keepingSendsNothing();
    void manyHaveOneToast();
    void fewHaveAToastEach();
    void ordersThatVanishAreStruckOut();
    void abandonedWithoutAWord();
    void theListShowsEachOrder();
    void theRefusedCanBeAskedAboutAgain();
    void scanningEndsTheQuestion();
    void manyOfTheLastRunAreFollowedAsOne();
    void withoutARecordItAsksAgain();

private:
    static BulkConversation &bulk(const OpenConversation &open) { return open.conversation->bulk(); }
    static QDialog *question(const OpenConversation &open) { return open.part<QDialog>(u"bulkDialog"_s); }
    /// Confirms a question about so many orders that keep none back.
    static void confirm(const OpenConversation &open, int orders)
    {
        QVERIFY(question(open));
        if (auto *also = open.part<QRadioButton>(u"bulkCancelProtective"_s))
            also->setChecked(true);
        if (auto *typed = open.part<QLineEdit>(u"bulkCountEdit"_s))
            typed->setText(QString::number(orders));
        auto *cancel = open.part(u"bulkCancelButton"_s);
        QTRY_VERIFY(cancel->isEnabled());
        cancel->click();
    }
};

void TestBulkConversation::keepingSendsNothing()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    bulk(open).ask(CancelScope::All);
    QVERIFY(bulk(open).isAsking());
    // One question at a time, whoever asks.
    bulk(open).ask(CancelScope::Shown);
    QCOMPARE(open.window.findChildren<QDialog *>().size(), 1);
    open.part(u"bulkKeepButton"_s)->click();
    QVERIFY(!bulk(open).isAsking());
    QTRY_VERIFY2(open.says(u"Practice · Kept Nothing was sent. 8 orders stay open."_s),
                 qPrintable(open.said().join(u'\n')));
    QCOMPARE(open.session->cancels().openCount(), 0);
}

void TestBulkConversation::manyHaveOneToast()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    QList<CancelRecord> records;
    connect(&open.session->cancels(), &CancelWorkflow::changed, this,
            [&](const CancelRecord &record) { records.append(record); });
    bulk(open).ask(CancelScope::All);
    confirm(open, 8);
    QTRY_VERIFY2(open.says(u"Practice · Finished 8 of 8 canceled."_s), qPrintable(open.said().join(u'\n')));
    QCOMPARE(open.said().size(), 1);
    QVERIFY(!records.isEmpty());
    for (const CancelRecord &record : std::as_const(records))
        QVERIFY(bulk(open).covers(record));
    QTRY_VERIFY(open.table().selection().shownOrders().isEmpty());
}

void TestBulkConversation::fewHaveAToastEach()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    QList<CancelRecord> records;
    connect(&open.session->cancels(), &CancelWorkflow::changed, this,
            [&](const CancelRecord &record) { records.append(record); });
    open.table().selectOrders({open.id("1947"), open.id("2046")});
    bulk(open).ask(CancelScope::Selected);
    confirm(open, 2);
    QTRY_VERIFY(!open.isListed("1947") && !open.isListed("2046"));
    QTRY_COMPARE(open.said().size(), 2);
    QTRY_VERIFY(open.said().at(0).startsWith(u"Practice · Canceled"_s) &&
                open.said().at(1).startsWith(u"Practice · Canceled"_s));
    for (const CancelRecord &record : std::as_const(records))
        QVERIFY(!bulk(open).covers(record));
}

void TestBulkConversation::ordersThatVanishAreStruckOut()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.table().selectOrders({open.id("1947"), open.id("2046"), open.id("3155")});
    bulk(open).ask(CancelScope::Selected);
    QCOMPARE(open.part(u"bulkCancelButton"_s)->text(), u"Cancel 3 practice orders"_s);
    open.network->perform(PracticeCommand::RemoveElsewhere, open.id("2046"));
    open.session->feed().refresh();
    QTRY_COMPARE(open.part(u"bulkCancelButton"_s)->text(), u"Cancel 2 practice orders"_s);
    // One that comes meanwhile does not join.
    open.network->perform(PracticeCommand::AddOlder);
    open.session->feed().refresh();
    QTRY_COMPARE(open.table().selection().shownOrders().size(), 8);
    QCOMPARE(open.part(u"bulkCancelButton"_s)->text(), u"Cancel 2 practice orders"_s);
}

void TestBulkConversation::abandonedWithoutAWord()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    QVERIFY(!bulk(open).abandon());
    bulk(open).ask(CancelScope::All);
    QVERIFY(bulk(open).abandon());
    QVERIFY(!question(open));
    // Who abandoned it says why.
    QVERIFY(open.said().isEmpty());
    // Offline nothing is asked at all.
    open.goOffline();
    QTRY_VERIFY(open.session->feed().status().offline);
    open.table().rows().setCancelBlocked(u"Offline"_s);
    bulk(open).ask(CancelScope::All);
    QVERIFY(!bulk(open).isAsking());
}

void TestBulkConversation::theListShowsEachOrder()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    bulk(open).ask(CancelScope::All);
    confirm(open, 8);
    QTRY_VERIFY(open.part(u"batchListButton"_s));
    open.part(u"batchListButton"_s)->click();
    const auto *list = open.part<QDialog>(u"batchListDialog"_s);
    QVERIFY(list);
    QVERIFY(!list->isModal());
    QCOMPARE(open.part<QAbstractItemView>(u"batchListTable"_s)->model()->rowCount(), 8);
    // The same one again, not a second.
    open.part(u"batchListButton"_s)->click();
    QCOMPARE(open.window.findChildren<QDialog *>(u"batchListDialog"_s).size(), 1);
}

void TestBulkConversation::theRefusedCanBeAskedAboutAgain()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.network->setNextAnswer(PracticeAnswer::Rejected);
    open.network->perform(PracticeCommand::RepeatForAll);
    bulk(open).ask(CancelScope::All);
    confirm(open, 8);
    QTRY_VERIFY2(open.says(u"Practice · Finished with differences"_s), qPrintable(open.said().join(u'\n')));
    QVERIFY2(open.says(u"Practice · Finished with differences 0 canceled · 0 already gone · 8 failed · 0 unknown"_s),
             qPrintable(open.said().join(u'\n')));
    auto *again = open.part(u"batchRefusedButton"_s);
    QVERIFY(again);
    QCOMPARE(again->text(), u"Cancel the 8 refused…"_s);
    again->click();
    QVERIFY(question(open));
    QCOMPARE(open.part<QAbstractItemView>(u"bulkList"_s)->model()->rowCount(), 8);
    open.part(u"bulkKeepButton"_s)->click();

    // What has ended meanwhile is not offered any more.
    open.network->perform(PracticeCommand::RemoveElsewhere, open.id("2046"));
    open.session->feed().refresh();
    QTRY_VERIFY(open.part(u"batchRefusedButton"_s) &&
                open.part(u"batchRefusedButton"_s)->text() == u"Cancel the 7 refused…"_s);
    for (const char *tail : {"1947", "3155", "7715", "7828", "0093", "5512", "5620"})
        open.network->perform(PracticeCommand::RemoveElsewhere, open.id(tail));
    open.session->feed().refresh();
    QTRY_VERIFY(!open.part(u"batchRefusedButton"_s));
    QTRY_VERIFY(open.said().join(u'\n').contains(u"The failed orders are no longer open."_s));
}

void TestBulkConversation::scanningEndsTheQuestion()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    QTRY_VERIFY(open.session->instrumentCount() > 0);
    bulk(open).ask(CancelScope::All);
    auto *scan = open.part(u"bulkScanButton"_s);
    QVERIFY(scan);
    scan->click();
    QVERIFY(!bulk(open).isAsking());
    QVERIFY(open.session->feed().status().scan);
    QTRY_VERIFY(open.says(u"Practice · Kept"_s));
}

void TestBulkConversation::manyOfTheLastRunAreFollowedAsOne()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    QList<CancelRecord> records;
    for (const char *tail : {"1947", "2046", "3155", "7828"}) {
        CancelRecord record = recordAt(CancelStage::UnknownChecking);
        record.cancelId = u"earlier-%1"_s.arg(QLatin1StringView(tail));
        record.account = open.session->account();
        record.order.id = open.id(tail);
        record.sentAt = record.recordedAt = QDateTime::currentDateTimeUtc().addSecs(-60);
        records.append(record);
    }
    // Up to three have their own toasts.
    bulk(open).followRecovered(records.first(3));
    QVERIFY(!bulk(open).covers(records.first()));
    bulk(open).followRecovered(records);
    QVERIFY(bulk(open).covers(records.first()));
    QTRY_VERIFY2(open.says(u"Practice · Checking 4 cancels from last time"_s), qPrintable(open.said().join(u'\n')));
}

void TestBulkConversation::withoutARecordItAsksAgain()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.breakTheJournal();
    bulk(open).ask(CancelScope::All);
    confirm(open, 8);
    QVERIFY(open.part<QDialog>(u"recordQuestion"_s));
    QCOMPARE(open.part(u"recordKeepButton"_s)->text(), u"&Keep orders"_s);
    open.part(u"recordKeepButton"_s)->click();
    QTRY_VERIFY(open.says(u"Practice · Kept Nothing was sent. 8 orders stay open."_s));
    QVERIFY(open.isRead());
}

QTEST_MAIN(TestBulkConversation)
#include "tst_bulkconversation.moc"

#include "openconversation.h"
#include "tests/support/waiting.h"
#include "ui/cancel/bulkconversation.h"
#include "ui/table/ordermenu.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderstable.h"
#include "workflow/cancelworkflow.h"

#include <QAbstractButton>
#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// The order's button says that it cancels at once.
bool saysAtOnce(const OpenConversation &open, const char *tail)
{
    const OrdersTable &rows = open.table().rows();
    return rows.shown(rows.indexOf(open.id(tail))).atOnce;
}

} // namespace

class TestCancelConversation : public QObject
{
    Q_OBJECT

private slots:
    void keepingSendsNothing();
    void confirmingCancelsOnce();
    void oneQuestionAtATime();
    void selectionDecidesWhatIsAsked();
    void aVanishedOrderLeavesNothingToConfirm();
    void offlineEndsTheQuestion();
    void whatIsGoneIsNotAskedAbout();
    void instantCancelStillAsksAtFirst();
    void aClickOnAToastShowsItsRow();
    void toastButtonsDoWhatTheySay();
    void aRefusedKeyLeadsToTheAccount();
    void withoutARecordItAsksAgain();
    void aDismissedRefusalLeavesNoMark();
    void opensNearItsRow();

private:
    static QDialog *question(const OpenConversation &open) { return open.part<QDialog>(u"confirmDialog"_s); }
    static void confirm(const OpenConversation &open)
    {
        auto *cancel = open.part(u"confirmCancelButton"_s);
        QVERIFY(cancel);
        QTRY_VERIFY(cancel->isEnabled());
        cancel->click();
    }
};

void TestCancelConversation::keepingSendsNothing()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.conversation->ask(open.id("1947"));
    QVERIFY(question(open));
    QCOMPARE(question(open)->findChild<QLabel *>(u"confirmValue_instrument"_s)->text(), u"BTC-USDT"_s);
    open.part(u"confirmKeepButton"_s)->click();
    QVERIFY(!question(open));
    QTRY_VERIFY2(
        open.says(
            u"Practice · Kept Nothing was sent. BTC-USDT Open long 3 cont. at 64,210.0 · order …1947 stays open."_s),
        qPrintable(open.said().join(u'\n')));
    // The focus is back at its row, without a selection.
    QCOMPARE(open.table().selection().currentOrder(), open.id("1947"));
    QCOMPARE(open.session->cancels().openCount(), 0);
    QVERIFY(open.isListed("1947"));
}

void TestCancelConversation::confirmingCancelsOnce()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    QSignalSpy changed(&open.session->cancels(), &CancelWorkflow::changed);
    open.conversation->ask(open.id("1947"));
    confirm(open);
    QTRY_VERIFY2(open.says(u"Practice · Canceled"_s), qPrintable(open.said().join(u'\n')));
    QTRY_VERIFY(!open.isListed("1947"));
    QSet<QString> cancels;
    for (const auto &news : std::as_const(changed))
        cancels.insert(news.first().value<CancelRecord>().cancelId);
    QCOMPARE(cancels.size(), 1);
    // Not "Kept" besides: one act, one toast.
    QCOMPARE(open.said().size(), 1);
}

void TestCancelConversation::oneQuestionAtATime()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.conversation->ask(open.id("1947"));
    const QDialog *first = question(open);
    open.conversation->ask(open.id("2046"));
    open.conversation->cancel(open.id("2046"));
    open.conversation->askAboutMany(CancelScope::All);
    QCOMPARE(open.window.findChildren<QDialog *>().size(), 1);
    QCOMPARE(question(open), first);
    open.conversation->abandon();
    QVERIFY(!question(open));
    QTRY_VERIFY2(open.says(u"Practice · Nothing sent The account or connection changed"_s),
                 qPrintable(open.said().join(u'\n')));
    // Nothing is open: nothing is said.
    open.toasts->clear();
    open.conversation->abandon();
    QVERIFY(open.said().isEmpty());
}

void TestCancelConversation::selectionDecidesWhatIsAsked()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.table().clearSelection();
    open.conversation->askAboutSelected();
    QTRY_VERIFY(open.says(u"Practice · No order selected"_s));
    open.table().selectOrders({open.id("2046")});
    open.conversation->askAboutSelected();
    QVERIFY(question(open));
    open.part(u"confirmKeepButton"_s)->click();
    open.table().selectOrders({open.id("2046"), open.id("1947")});
    open.conversation->askAboutSelected();
    QVERIFY(!question(open));
    QVERIFY(open.part<QDialog>(u"bulkDialog"_s));
}

void TestCancelConversation::aVanishedOrderLeavesNothingToConfirm()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.conversation->ask(open.id("1947"));
    open.network->perform(PracticeCommand::FillFully, open.id("1947"));
    open.session->feed().refresh();
    QTRY_VERIFY(!open.part(u"confirmCancelButton"_s));
    QCOMPARE(open.part<QLabel>(u"confirmHeading"_s)->text(), u"This order is no longer open"_s);
    // The reason is looked up in the records.
    QTRY_VERIFY2(question(open)->accessibleDescription().contains(u"Filled: 5 of 5."_s),
                 qPrintable(question(open)->accessibleDescription()));
    open.part(u"confirmCloseButton"_s)->click();
    QVERIFY(open.said().isEmpty());
}

void TestCancelConversation::offlineEndsTheQuestion()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.conversation->ask(open.id("1947"));
    QVERIFY(question(open));
    open.goOffline();
    QTRY_VERIFY(!question(open));
    QTRY_VERIFY(open.says(u"Practice · Nothing sent"_s));
}

void TestCancelConversation::whatIsGoneIsNotAskedAbout()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.conversation->ask(open.id("9999"));
    QVERIFY(!question(open));
    QTRY_VERIFY(open.says(u"Practice · Nothing sent"_s));
}

void TestCancelConversation::instantCancelStillAsksAtFirst()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.conversation->setInstantCancel(true);
    // Of which something has filled: asked about whatever is chosen.
    open.conversation->cancel(open.id("1947"));
    QVERIFY(question(open));
    open.part(u"confirmKeepButton"_s)->click();
    // Takes profit and stops loss by closing: a protective order.
    open.conversation->cancel(open.id("5512"));
    QVERIFY(question(open));
    open.part(u"confirmKeepButton"_s)->click();
    // A plain one goes without a question once the account has been open for a while, and its row says so.
    QVERIFY(!saysAtOnce(open, "2046"));
    open.conversation->cancel(open.id("2046"));
    QVERIFY(question(open));
    open.part(u"confirmKeepButton"_s)->click();
    QTRY_VERIFY(saysAtOnce(open, "2046"));
    QVERIFY(!saysAtOnce(open, "1947"));
    // Assistive tools, which press without aiming, are asked all the same.
    open.table().requestQuestion(open.id("2046"));
    QVERIFY(question(open));
    const int dialogs = int(open.window.findChildren<QDialog *>().size());
    open.table().requestQuestion(open.id("3155"));
    QCOMPARE(int(open.window.findChildren<QDialog *>().size()), dialogs);
    open.part(u"confirmKeepButton"_s)->click();
    open.conversation->cancel(open.id("2046"));
    QVERIFY(!question(open));
    QTRY_VERIFY(!open.isListed("2046"));
    QTRY_VERIFY(saysAtOnce(open, "3155"));
    open.conversation->setInstantCancel(false);
    QVERIFY(!saysAtOnce(open, "3155"));
}

void TestCancelConversation::aClickOnAToastShowsItsRow()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.conversation->ask(open.id("2046"));
    open.part(u"confirmKeepButton"_s)->click();
    QTRY_VERIFY(open.says(u"Practice · Kept"_s));
    open.table().clearSelection();
    const auto cards = open.toasts->findChildren<QWidget *>(QRegularExpression(u"^toast_\\d+$"_s));
    QCOMPARE(cards.size(), 1);
    QTest::mouseClick(cards.constFirst(), Qt::LeftButton, {}, {100, 10});
    QCOMPARE(open.table().selection().selectedOrder(), open.id("2046"));
}

void TestCancelConversation::toastButtonsDoWhatTheySay()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.network->setNextAnswer(PracticeAnswer::Rejected);
    open.conversation->ask(open.id("1947"));
    confirm(open);
    QTRY_VERIFY(open.says(u"Practice · Not canceled — rejected"_s));
    QCOMPARE(open.toastButton()->text(), u"Details"_s);
    open.toastButton()->click();
    const auto *details = open.part<QDialog>(u"detailsDialog"_s);
    QVERIFY(details);
    QVERIFY(details->findChild<QLabel *>(u"detailsText"_s)->text().contains(u"Code: 9111"_s));

    open.toasts->clear();
    open.network->setNextAnswer(PracticeAnswer::RateLimit);
    open.conversation->ask(open.id("2046"));
    confirm(open);
    QTRY_VERIFY(open.says(u"Practice · Not canceled — too many requests"_s));
    QCOMPARE(open.toastButton()->text(), u"Cancel again…"_s);
    open.toastButton()->click();
    QVERIFY(question(open));
    QCOMPARE(question(open)->findChild<QLabel *>(u"confirmValue_instrument"_s)->text(), u"BTC-USDT"_s);
}

void TestCancelConversation::aRefusedKeyLeadsToTheAccount()
{
    OpenConversation open(Environment::Live);
    QTRY_VERIFY(open.isRead());
    QSignalSpy wanted(open.conversation.get(), &CancelConversation::accountWanted);
    open.network->setNextAnswer(PracticeAnswer::PermissionMissing);
    open.conversation->ask(open.id("1947"));
    confirm(open);
    QTRY_VERIFY(open.says(u"Not canceled — permission missing"_s));
    open.toastButton()->click();
    QCOMPARE(wanted.size(), 1);
}

void TestCancelConversation::withoutARecordItAsksAgain()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.breakTheJournal();
    open.conversation->ask(open.id("1947"));
    confirm(open);
    QVERIFY(open.part<QDialog>(u"recordQuestion"_s));
    open.part(u"recordKeepButton"_s)->click();
    QTRY_VERIFY(open.says(u"Practice · Kept"_s));
    QVERIFY(open.isListed("1947"));
    QCOMPARE(open.session->cancels().openCount(), 0);

    open.conversation->ask(open.id("1947"));
    confirm(open);
    auto *without = open.part(u"recordCancelButton"_s);
    QVERIFY(without && !without->isEnabled());
    QTRY_VERIFY(without->isEnabled());
    without->click();
    QTRY_VERIFY(!open.isListed("1947"));
    QTRY_VERIFY(open.says(u"Practice · Canceled"_s));
}

void TestCancelConversation::aDismissedRefusalLeavesNoMark()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    const auto state = [&open](const char *tail) {
        const QModelIndex index = open.table().rows().indexOf(open.id(tail));
        return index.siblingAtColumn(OrderColumns::State).data().toString();
    };
    QCOMPARE(state("1947"), u"Partly filled"_s);
    const auto refuse = [&](const char *tail) {
        open.network->setNextAnswer(PracticeAnswer::Rejected);
        open.conversation->ask(open.id(tail));
        confirm(open);
        QTRY_VERIFY(state(tail).startsWith(u"Failed"_s));
    };
    refuse("1947");
    // The refusal hides nothing.
    QCOMPARE(state("1947"), u"Failed · Partly filled"_s);
    refuse("2046");
    QCOMPARE(state("2046"), u"Failed"_s);
    QTRY_COMPARE(open.said().size(), 2);
    open.part<QAbstractButton>(u"toastClose_1"_s)->click();
    QCOMPARE(state("1947"), u"Partly filled"_s);
    QCOMPARE(state("2046"), u"Failed"_s);
    // The mark can be dismissed by itself, and the order canceled as any other.
    open.table().selectOrder(open.id("2046"));
    emit open.table().menu().aboutToShow();
    auto *dismiss = open.table().menu().findChild<QAction *>(u"actDismissMark"_s);
    QVERIFY(dismiss && dismiss->isVisible());
    dismiss->trigger();
    QCOMPARE(state("2046"), u"Open"_s);
    emit open.table().menu().aboutToShow();
    QVERIFY(!dismiss->isVisible());
    open.conversation->ask(open.id("2046"));
    confirm(open);
    QTRY_VERIFY(!open.isListed("2046"));
}

void TestCancelConversation::opensNearItsRow()
{
    OpenConversation open;
    QTRY_VERIFY(open.isRead());
    open.window.move(0, 0);
    for (const char *tail : {"1947", "5620"}) {
        const QModelIndex index = open.table().rows().indexOf(open.id(tail));
        QRect row = open.table().visualRect(index);
        row.moveTopLeft(open.table().viewport()->mapToGlobal(row.topLeft()));
        open.conversation->ask(open.id(tail));
        const QRect dialog = question(open)->frameGeometry();
        QVERIFY2(dialog.top() > row.bottom() && dialog.top() < row.bottom() + 60,
                 qPrintable(u"%1 to %2, dialog at %3"_s.arg(row.top()).arg(row.bottom()).arg(dialog.top())));
        open.part(u"confirmKeepButton"_s)->click();
    }
}

QTEST_MAIN(TestCancelConversation)
#include "tst_cancelconversation.moc"

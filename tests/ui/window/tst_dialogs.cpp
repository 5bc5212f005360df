#include "tests/support/waiting.h"
#include "tests/ui/cancelrecords.h"
#include "tests/ui/dialogsamples.h"
#include "ui/account/forgetdialog.h"
#include "ui/cancel/detailsdialog.h"
#include "ui/cancel/recordquestion.h"
#include "ui/look/tallarea.h"
#include "ui/look/theme.h"
#include "ui/window/aboutdialog.h"
#include "ui/window/quitdialog.h"
#include "ui/window/shortcutsdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

bool show(QDialog *dialog)
{
    dialog->open();
    return waitForActive(dialog);
}

QPushButton *button(const QWidget *dialog, const char *name)
{
    return dialog->findChild<QPushButton *>(QString::fromLatin1(name));
}

/// No button of a dialog reads just Cancel, OK, Yes or No (docs/design.md, Rules).
void checkButtonWords(const QWidget *dialog)
{
    for (const QPushButton *each : dialog->findChildren<QPushButton *>()) {
        const QString words = each->text().remove(u'&');
        for (const char *bare : {"Cancel", "OK", "Yes", "No"})
            QVERIFY2(words != QLatin1StringView(bare), qPrintable(words));
    }
}

} // namespace

class TestDialogs : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void quitCounts_data();
    void quitCounts();
    void quitAnswers_data();
    void quitAnswers();
    void forgetAnswers_data();
    void forgetAnswers();
    void dangerIsFilled();
    void recordKeepsByDefault();
    void recordCancelsAfterTheArmDelay();
    void orderDetails();
    void recordDetails();
    void outcomeDetails();
    void shortcuts();
    void about();
};

void TestDialogs::initTestCase()
{
    qputenv("TZ", "CET-1");
}

void TestDialogs::quitCounts_data()
{
    QTest::addColumn<int>("withoutResult");
    QTest::addColumn<int>("notSent");
    QTest::addColumn<QString>("words");
    QTest::newRow("one sent") << 1 << 0 << u"1 cancel has no result yet.\nSent requests can't be recalled."_s;
    QTest::newRow("two, one waiting")
        << 2 << 1
        << u"2 cancels have no result yet.\nSent requests can't be recalled; 1 not yet sent will be dropped."_s;
    QTest::newRow("three, two waiting")
        << 3 << 2
        << u"3 cancels have no result yet.\nSent requests can't be recalled; 2 not yet sent will be dropped."_s;
}

void TestDialogs::quitCounts()
{
    QFETCH(int, withoutResult);
    QFETCH(int, notSent);
    QFETCH(QString, words);
    QuitDialog dialog(withoutResult, notSent, nullptr);
    QCOMPARE(dialog.accessibleDescription(), QString(u"Quit Countermand\n"_s + words));
    QuitDialog later(7, 7, nullptr);
    later.setCounts(withoutResult, notSent);
    QCOMPARE(later.accessibleDescription(), dialog.accessibleDescription());
    checkButtonWords(&dialog);
}

void TestDialogs::quitAnswers_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<QString>("answer");
    QTest::newRow("Enter") << u"Enter"_s << u"wait"_s;
    QTest::newRow("wait button") << u"quitWaitButton"_s << u"wait"_s;
    QTest::newRow("quit button") << u"quitNowButton"_s << u"quit"_s;
    QTest::newRow("stay button") << u"quitStayButton"_s << u"stay"_s;
    QTest::newRow("Esc") << u"Esc"_s << u"stay"_s;
    QTest::newRow("close box") << u"close"_s << u"stay"_s;
}

void TestDialogs::quitAnswers()
{
    QFETCH(QString, way);
    auto *dialog = new QuitDialog(2, 1, nullptr);
    QPointer<QDialog> alive = dialog;
    QStringList answers;
    connect(dialog, &QuitDialog::waitChosen, this, [&answers] { answers.append(u"wait"_s); });
    connect(dialog, &QuitDialog::quitNowChosen, this, [&answers] { answers.append(u"quit"_s); });
    connect(dialog, &QuitDialog::stayChosen, this, [&answers] { answers.append(u"stay"_s); });
    QVERIFY(show(dialog));
    QVERIFY(button(dialog, "quitWaitButton")->isDefault());
    QVERIFY(button(dialog, "quitWaitButton")->hasFocus());
    if (way == u"Enter")
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    else if (way == u"Esc")
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Escape);
    else if (way == u"close")
        dialog->close();
    else
        QTest::mouseClick(dialog->findChild<QPushButton *>(way), Qt::LeftButton);
    QTRY_VERIFY(alive.isNull());
    QFETCH(QString, answer);
    QCOMPARE(answers, QStringList{answer});
}

void TestDialogs::forgetAnswers_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<bool>("forgets");
    QTest::newRow("Enter") << u"Enter"_s << false;
    QTest::newRow("Esc") << u"Esc"_s << false;
    QTest::newRow("close box") << u"close"_s << false;
    QTest::newRow("keep button") << u"forgetKeepButton"_s << false;
    QTest::newRow("forget button") << u"forgetButton"_s << true;
}

void TestDialogs::forgetAnswers()
{
    QFETCH(QString, way);
    QFETCH(bool, forgets);
    auto *dialog = new ForgetDialog(u"Main account"_s, nullptr);
    QPointer<QDialog> alive = dialog;
    QSignalSpy forgot(dialog, &ForgetDialog::forgetChosen);
    QVERIFY(show(dialog));
    QCOMPARE(dialog->objectName(), u"forgetDialog"_s);
    QVERIFY(dialog->accessibleDescription().contains(u"Forget “Main account”?"_s));
    QVERIFY(dialog->accessibleDescription().endsWith(
        u"Its keys are removed from this computer. Orders at CoinW stay as they are."_s));
    checkButtonWords(dialog);
    QVERIFY(button(dialog, "forgetKeepButton")->hasFocus());
    if (way == u"Enter")
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    else if (way == u"Esc")
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Escape);
    else if (way == u"close")
        dialog->close();
    else
        QTest::mouseClick(dialog->findChild<QPushButton *>(way), Qt::LeftButton);
    QTRY_VERIFY(alive.isNull());
    QCOMPARE(forgot.size(), forgets ? 1 : 0);
}

void TestDialogs::dangerIsFilled()
{
    applyLook(*qApp, {.theme = ThemeChoice::Light}, QApplication::palette());
    ForgetDialog dialog(u"Main account"_s, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QVERIFY(show(&dialog));
    const QImage forget = button(&dialog, "forgetButton")->grab().toImage();
    QCOMPARE(forget.pixelColor(6, forget.height() / 2), lightTheme().dangerFill);
    const QImage keep = button(&dialog, "forgetKeepButton")->grab().toImage();
    QVERIFY(keep.pixelColor(6, keep.height() / 2) != lightTheme().dangerFill);
    qApp->setStyleSheet({});
}

void TestDialogs::recordKeepsByDefault()
{
    auto *dialog = new RecordQuestion(samples::live(), samples::plain(), 1, u"No space left on device"_s, nullptr);
    QPointer<QDialog> alive = dialog;
    QSignalSpy kept(dialog, &RecordQuestion::kept);
    QSignalSpy canceled(dialog, &RecordQuestion::cancelWithoutRecord);
    QVERIFY(show(dialog));
    QVERIFY(button(dialog, "recordKeepButton")->hasFocus());
    QVERIFY(!button(dialog, "recordCancelButton")->isEnabled());
    QVERIFY(dialog->accessibleDescription().contains(u"No space left on device"_s));
    QVERIFY(dialog->accessibleDescription().contains(u"order …3155"_s));
    checkButtonWords(dialog);
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(alive.isNull());
    QCOMPARE(kept.size(), 1);
    QCOMPARE(canceled.size(), 0);
}

void TestDialogs::recordCancelsAfterTheArmDelay()
{
    auto *dialog = new RecordQuestion(samples::live(), samples::plain(), 1, {}, nullptr);
    QSignalSpy kept(dialog, &RecordQuestion::kept);
    QSignalSpy canceled(dialog, &RecordQuestion::cancelWithoutRecord);
    QVERIFY(show(dialog));
    QTRY_VERIFY(button(dialog, "recordCancelButton")->isEnabled());
    QTest::mouseClick(button(dialog, "recordCancelButton"), Qt::LeftButton);
    QCOMPARE(canceled.size(), 1);
    QCOMPARE(kept.size(), 0);
}

void TestDialogs::orderDetails()
{
    Order order = samples::partlyFilled();
    order.triggerPrice = Decimal::fromText(u"64000.50");
    order.clientOrderId = u"my-7"_s;
    auto *dialog = new DetailsDialog(samples::live(), order, samples::now(), nullptr);
    QPointer<QDialog> alive = dialog;
    QVERIFY(show(dialog));
    QCOMPARE(dialog->objectName(), u"detailsDialog"_s);
    const auto fact = [dialog](const char *key) {
        return dialog->findChild<QLabel *>(u"detailsValue_"_s + QString::fromLatin1(key))->accessibleName();
    };
    QCOMPARE(fact("triggerPrice"), u"Trigger price: 64,000.50"_s);
    QCOMPARE(fact("clientId"), u"Client ID: my-7"_s);
    QCOMPARE(fact("leverage"), u"Leverage: 20"_s);
    QCOMPARE(fact("instrumentName"), u"Name at CoinW: BTC"_s);
    QCOMPARE(fact("placed"), u"Placed: 2026-03-04 14:03:22 +01:00 · 2026-03-04 13:03:22 UTC"_s);
    QCOMPARE(fact("updated"), u"Updated: —"_s);
    for (const QPushButton *each : dialog->findChildren<QPushButton *>())
        QVERIFY(!each->text().contains(u"Cancel"_s));
    QVERIFY(button(dialog, "detailsCloseButton")->isDefault());
    // It follows the order, to its end.
    order.leverage = Decimal(25);
    order.filledQuantity = Decimal(3);
    dialog->updateOrder(order, samples::now());
    QCOMPARE(fact("leverage"), u"Leverage: 25"_s);
    QCOMPARE(fact("filled"), u"Filled, contracts: 3"_s);
    QVERIFY(dialog->accessibleDescription().contains(u"Leverage: 25"_s));
    QVERIFY(dialog->plainText().contains(u"Leverage\t25"_s));
    dialog->orderGone();
    QVERIFY(dialog->accessibleDescription().startsWith(u"Order details\nThis order is no longer open\n"_s));
    QTest::mouseClick(button(dialog, "detailsCopyButton"), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), dialog->plainText());
    QVERIFY(dialog->plainText().contains(u"Trigger price\t64000.50\n"_s));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(alive.isNull());
}

void TestDialogs::recordDetails()
{
    CancelRecord record = with(recordAt(CancelStage::Canceled), accepted());
    record.recordedAt = record.sentAt = record.answeredAt = record.settledAt = samples::now();
    record.settledBy = SettledBy::History;
    record.evidence = {u"list plan begun 10 ms after the request ended: whole, not listed"_s,
                       u"deals of BTC begun 310 ms after the request ended: 2 rows, the order was canceled in one"_s,
                       u"history begun 420 ms after the request ended: 1 row, 2 of 5 filled and 3 canceled"_s};
    auto *dialog = new DetailsDialog(record, true, nullptr);
    QVERIFY(show(dialog));
    QVERIFY(!dialog->findChild<QPushButton *>(u"detailsResultsButton"_s));
    const auto *area = dialog->findChild<TallArea *>();
    const int needed = area->heightForWidth(area->width());
    QVERIFY2(area->height() <= needed + 8, qPrintable(u"%1 for %2"_s.arg(area->height()).arg(needed)));
    QTest::mouseClick(button(dialog, "detailsCopyButton"), Qt::LeftButton);
    QVERIFY(QApplication::clipboard()->text().contains(u"Outcome\tCanceled\n"_s));
    record.stage = CancelStage::CanceledAfterPartFill;
    record.filledQuantity = Decimal(2);
    dialog->updateRecord(record);
    QCOMPARE(dialog->findChild<QLabel *>(u"detailsValue_filledAtEnd"_s)->text(), u"2"_s);
    dialog->close();
}

void TestDialogs::outcomeDetails()
{
    DetailsDialog dialog(u"Not canceled — rejected"_s, u"Code: 9111\n<b>not markup</b>"_s, nullptr);
    QLabel *text = dialog.findChild<QLabel *>(u"detailsText"_s);
    QCOMPARE(text->text(), u"Code: 9111\n<b>not markup</b>"_s);
    QCOMPARE(text->textFormat(), Qt::PlainText);
    QCOMPARE(dialog.plainText(), text->text());
}

void TestDialogs::shortcuts()
{
    const ShortcutsDialog dialog({{u"Del"_s, u"Cancel"_s}, {u"F5, Ctrl+R"_s, u"Read <b>again</b>"_s}}, nullptr);
    QCOMPARE(dialog.objectName(), u"shortcutsDialog"_s);
    QCOMPARE(dialog.accessibleDescription(), u"Keyboard shortcuts\nDel: Cancel\nF5, Ctrl+R: Read <b>again</b>"_s);
    QStringList shown;
    for (const QLabel *label : dialog.findChildren<QLabel *>())
        shown.append(label->text());
    for (const QString &text : {u"Del"_s, u"Cancel"_s, u"F5, Ctrl+R"_s, u"Read <b>again</b>"_s})
        QVERIFY2(shown.contains(text), qPrintable(text));
}

void TestDialogs::about()
{
    const AboutDialog dialog(u"0.1.0"_s, nullptr);
    const QString facts = dialog.findChild<QLabel *>(u"aboutFacts"_s)->text();
    QCOMPARE(facts, QString(u"Version 0.1.0 · Qt "_s + QString::fromLatin1(qVersion()) + u" · MIT license"_s));
}

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"

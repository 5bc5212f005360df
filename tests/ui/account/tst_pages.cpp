#include "tests/support/waiting.h"
#include "ui/account/keychainpage.h"
#include "ui/account/unlockpage.h"
#include "ui/account/welcomepage.h"
#include "ui/table/listpages.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

QPushButton *button(const QWidget &page, const char *name)
{
    return page.findChild<QPushButton *>(QString::fromLatin1(name));
}

QStringList shownButtons(const QWidget &page)
{
    QStringList names;
    for (const QPushButton *each : page.findChildren<QPushButton *>()) {
        if (!each->isHidden())
            names.append(each->objectName() + u'=' + each->accessibleName());
    }
    return names;
}

} // namespace

class TestPages : public QObject
{
    Q_OBJECT

private slots:
    void welcomeFocusesPractice();
    void welcomeCardsAreOfEqualSize();
    void unlock();
    void unlockAfterLocking_data();
    void unlockAfterLocking();
    void waitingHasAnEnd();
    void keychain_data();
    void keychain();
    void keychainSignals();
    void lists();
};

void TestPages::welcomeFocusesPractice()
{
    QWidget window;
    WelcomePage page(&window);
    page.resize(880, 460);
    QSignalSpy practice(&page, &WelcomePage::practiceChosen);
    QSignalSpy account(&page, &WelcomePage::connectChosen);
    window.show();
    window.activateWindow();
    QVERIFY(waitForActive(&window));
    QCOMPARE(page.objectName(), u"welcomePage"_s);
    QPushButton *first = button(page, "welcomePracticeButton");
    QPushButton *second = button(page, "welcomeConnectButton");
    QCOMPARE(first->accessibleName(), u"Try practice mode"_s);
    QCOMPARE(second->accessibleName(), u"Connect a CoinW account"_s);
    QVERIFY(first->hasFocus());
    QVERIFY(first->isDefault());
    QTest::keyClick(first, Qt::Key_Return);
    QCOMPARE(practice.size(), 1);
    QTest::keyClick(first, Qt::Key_Tab);
    QVERIFY(second->hasFocus());
    QTest::keyClick(second, Qt::Key_Return);
    QCOMPARE(account.size(), 1);
    QCOMPARE(practice.size(), 1);
}

void TestPages::welcomeCardsAreOfEqualSize()
{
    for (const QSize size : {QSize(880, 420), QSize(1200, 660)}) {
        WelcomePage page(nullptr);
        page.resize(size);
        page.show();
        QVERIFY(waitForExposed(&page));
        const QWidget *first = button(page, "welcomePracticeButton")->parentWidget();
        const QWidget *second = button(page, "welcomeConnectButton")->parentWidget();
        QVERIFY(first != second);
        QCOMPARE(first->size(), second->size());
        QCOMPARE(first->y(), second->y());
        QVERIFY(page.minimumSizeHint().width() <= 880);
        QVERIFY(page.minimumSizeHint().height() <= 420);
    }
}

void TestPages::unlock()
{
    UnlockPage page(nullptr);
    QSignalSpy asked(&page, &UnlockPage::unlockRequested);
    QCOMPARE(page.objectName(), u"unlockPage"_s);
    page.setLock(UnlockPage::Lock::Keychain, u"Main"_s, false);
    QCOMPARE(page.accessibleName(), u"Your keys are in the system keychain, which is locked."_s);
    QCOMPARE(shownButtons(page), QStringList{u"unlockButton=Unlock keychain"_s});
    page.show();
    QCOMPARE(asked.size(), 0);
    QTest::keyClick(button(page, "unlockButton"), Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    page.setLock(UnlockPage::Lock::Keychain, u"Main"_s, true);
    QVERIFY(!button(page, "unlockButton")->isEnabled());
    QCOMPARE(button(page, "unlockButton")->accessibleDescription(), u"Waiting for the keychain…"_s);
    page.setLock(UnlockPage::Lock::Keychain, u"Main"_s, false);
    QVERIFY(button(page, "unlockButton")->isEnabled());
}

void TestPages::unlockAfterLocking_data()
{
    using enum UnlockPage::Lock;
    QTest::addColumn<int>("lock");
    QTest::addColumn<QString>("heading");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("label");
    QTest::newRow("not known yet") << int(Here) << u"Countermand is locked."_s << QString() << u"Unlock"_s;
    QTest::newRow("keychain open") << int(HereOpen) << u"Countermand is locked."_s
                                   << u"The keychain is open: unlocking asks for no password."_s << u"Unlock"_s;
    QTest::newRow("keychain locked") << int(Keychain) << u"Your keys are in the system keychain, which is locked."_s
                                     << QString() << u"Unlock keychain"_s;
    QTest::newRow("keys wiped") << int(HereAndWiped) << u"Countermand is locked."_s
                                << u"The keys were in memory only and have been wiped: they must be entered again."_s
                                << u"Enter keys again"_s;
}

void TestPages::unlockAfterLocking()
{
    QFETCH(int, lock);
    QFETCH(QString, label);
    UnlockPage page(nullptr);
    page.setLock(UnlockPage::Lock(lock), u"Main"_s, false);
    QTEST(page.accessibleName(), "heading");
    QTEST(page.accessibleDescription(), "text");
    QCOMPARE(shownButtons(page), QStringList{u"unlockButton="_s + label});
}

void TestPages::waitingHasAnEnd()
{
    UnlockPage page(nullptr);
    page.show();
    button(page, "unlockButton")->setFocus();
    QSignalSpy stopped(&page, &UnlockPage::stopRequested);
    page.setLock(UnlockPage::Lock::Keychain, u"Main"_s, true);
    QCOMPARE(page.accessibleDescription(), u"Waiting for the keychain…"_s);
    QTRY_COMPARE(page.accessibleDescription(),
                 u"Waiting for the keychain. If no password window has appeared, your desktop has no keychain prompt "
                 "running."_s);
    QCOMPARE(shownButtons(page),
             (QStringList{u"unlockButton=Unlock keychain"_s, u"unlockStopButton=Stop waiting"_s}));
    QCOMPARE(page.focusWidget(), button(page, "unlockStopButton"));
    // No error, and no end by itself: the heading stays.
    QCOMPARE(page.accessibleName(), u"Your keys are in the system keychain, which is locked."_s);
    button(page, "unlockStopButton")->click();
    QCOMPARE(stopped.size(), 1);
    page.setLock(UnlockPage::Lock::Keychain, u"Main"_s, false);
    QCOMPARE(shownButtons(page), QStringList{u"unlockButton=Unlock keychain"_s});
    QVERIFY(page.accessibleDescription().isEmpty());
}

void TestPages::keychain_data()
{
    QTest::addColumn<int>("problem");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("buttons");
    const QString retry = u"keychainRetryButton=Try again"_s;
    const QString practice = u"keychainPracticeButton=Use practice mode"_s;
    QTest::newRow("H1") << int(KeychainProblem::Locked) << QString()
                        << u"Your keys are in the system keychain, which is locked."_s
                        << QString(retry + u' ' + practice);
    QTest::newRow("H2") << int(KeychainProblem::Denied) << u"denied"_s
                        << u"The keychain refused access. The keys stay where they are."_s
                        << QString(retry + u' ' + practice);
    QTest::newRow("H3")
        << int(KeychainProblem::NoKeychain) << QString()
        << u"No keychain is available on this system. Keys can be kept in memory until you quit; "
           "nothing is written to disk."_s
        << u"keychainRetryButton=Try again keychainMemoryButton=Use until I quit keychainDismissButton=Not now"_s;
    QTest::newRow("H4") << int(KeychainProblem::NoEntry) << QString() << u"No keys are stored for “Main account”."_s
                        << QString(u"keychainEnterButton=Enter keys again "_s + practice);
    QTest::newRow("bad entry")
        << int(KeychainProblem::BadEntry) << u"The stored entry can't be read."_s
        << u"The keys stored for “Main account” can't be used. The stored entry can't be read."_s
        << QString(u"keychainEnterButton=Enter keys again "_s + practice);
    QTest::newRow("H5") << int(KeychainProblem::Other) << u"D-Bus <b>broke</b>"_s
                        << u"The keychain reported: D-Bus <b>broke</b>"_s << QString(retry + u' ' + practice);
    QTest::newRow("H5 without words") << int(KeychainProblem::Other) << QString()
                                      << u"The keychain reported an error and no reason."_s
                                      << QString(retry + u' ' + practice);
}

void TestPages::keychain()
{
    QFETCH(int, problem);
    QFETCH(QString, text);
    QFETCH(QString, buttons);
    KeychainPage page(nullptr);
    page.setProblem({static_cast<KeychainProblem>(problem), text}, u"Main account"_s);
    QCOMPARE(page.objectName(), u"keychainPage"_s);
    QTEST(page.accessibleName(), "words");
    QCOMPARE(shownButtons(page).join(u' '), buttons);
    page.show();
    QVERIFY(page.focusProxy()->isVisible());
}

void TestPages::keychainSignals()
{
    KeychainPage page(nullptr);
    QStringList heard;
    connect(&page, &KeychainPage::retryRequested, this, [&heard] { heard.append(u"retry"_s); });
    connect(&page, &KeychainPage::memoryRequested, this, [&heard] { heard.append(u"memory"_s); });
    connect(&page, &KeychainPage::enterKeysRequested, this, [&heard] { heard.append(u"enter"_s); });
    connect(&page, &KeychainPage::practiceRequested, this, [&heard] { heard.append(u"practice"_s); });
    connect(&page, &KeychainPage::dismissed, this, [&heard] { heard.append(u"dismissed"_s); });
    for (const char *name : {"keychainRetryButton", "keychainMemoryButton", "keychainEnterButton",
                             "keychainPracticeButton", "keychainDismissButton"})
        button(page, name)->click();
    QCOMPARE(heard.join(u' '), u"retry memory enter practice dismissed"_s);
}

void TestPages::lists()
{
    const EmptyPage empty(nullptr);
    QCOMPARE(empty.objectName(), u"emptyPage"_s);
    QCOMPARE(empty.accessibleName(), u"No open orders"_s);
    QCOMPARE(empty.accessibleDescription(), u"New orders appear here by themselves."_s);

    LoadingPage loading(nullptr);
    QCOMPARE(loading.objectName(), u"loadingPage"_s);
    loading.setProgress(2, 5);
    QCOMPARE(loading.accessibleName(), u"Reading open orders… 2 of 5"_s);

    ErrorPage error(nullptr);
    QSignalSpy retry(&error, &ErrorPage::retryRequested);
    error.setReason(u"no connection: connection refused"_s);
    QCOMPARE(error.objectName(), u"errorPage"_s);
    QCOMPARE(error.accessibleName(), u"Orders could not be read"_s);
    QCOMPARE(error.accessibleDescription(), u"no connection: connection refused"_s);
    QCOMPARE(shownButtons(error), QStringList{u"retryButton=Try again"_s});
    QTest::keyClick(button(error, "retryButton"), Qt::Key_Return);
    QCOMPARE(retry.size(), 1);
}

QTEST_MAIN(TestPages)
#include "tst_pages.moc"

#include "ui/account/firststepsdialog.h"

#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestFirstStepsDialog : public QObject
{
    Q_OBJECT

private slots:
    void offersBothWays_data();
    void offersBothWays();
    void escapeChoosesNothing();
};

void TestFirstStepsDialog::offersBothWays_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<int>("practice");
    QTest::newRow("practice") << u"welcomePracticeButton"_s << 1;
    QTest::newRow("connect") << u"welcomeConnectButton"_s << 0;
}

void TestFirstStepsDialog::offersBothWays()
{
    QFETCH(QString, button);
    QFETCH(int, practice);
    QWidget window;
    window.show();
    auto *dialog = new FirstStepsDialog(&window);
    const QSignalSpy practiceSpy(dialog, &FirstStepsDialog::practiceChosen);
    const QSignalSpy connectSpy(dialog, &FirstStepsDialog::connectChosen);
    dialog->open();
    QCOMPARE(dialog->objectName(), u"firstStepsDialog"_s);
    QCOMPARE(dialog->accessibleName(), u"First steps"_s);
    dialog->findChild<QPushButton *>(button)->click();
    QCOMPARE(practiceSpy.size(), practice);
    QCOMPARE(connectSpy.size(), 1 - practice);
    QVERIFY(!dialog->isVisible());
}

void TestFirstStepsDialog::escapeChoosesNothing()
{
    QWidget window;
    window.show();
    QPointer<FirstStepsDialog> dialog = new FirstStepsDialog(&window);
    const QSignalSpy practice(dialog, &FirstStepsDialog::practiceChosen);
    const QSignalSpy connecting(dialog, &FirstStepsDialog::connectChosen);
    dialog->open();
    QTest::keyClick(dialog, Qt::Key_Escape);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!dialog);
    QVERIFY(practice.isEmpty() && connecting.isEmpty());
}

QTEST_MAIN(TestFirstStepsDialog)
#include "tst_firststepsdialog.moc"

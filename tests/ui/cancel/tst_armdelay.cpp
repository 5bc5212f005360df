#include "tests/support/waiting.h"
#include "ui/cancel/armdelay.h"

#include <QDialog>
#include <QPushButton>
#include <QtTest>

using namespace countermand;
using namespace std::chrono_literals;

/// When the button of a question may be pressed. How the question looks meanwhile: tst_confirmcanceldialog.
class TestArmDelay : public QObject
{
    Q_OBJECT

private slots:
    void armsAfterAWhile();
    void afterASleepItMustBeSeenAnew();
};

namespace {

struct Question {
    explicit Question(std::chrono::seconds &slept)
        : arm(new ArmDelay(&dialog, &yes, &no, [&slept] { return BootClock::now() + slept; }))
    {
        dialog.show();
    }

    QDialog dialog;
    QPushButton yes{&dialog};
    QPushButton no{&dialog};
    ArmDelay *arm;
};

} // namespace

void TestArmDelay::armsAfterAWhile()
{
    std::chrono::seconds slept{0};
    const Question question(slept);
    QVERIFY(!question.arm->isArmed());
    QVERIFY(!question.yes.isEnabled());
    QTRY_VERIFY(question.arm->isArmed());
    QVERIFY(question.yes.isEnabled());
}

void TestArmDelay::afterASleepItMustBeSeenAnew()
{
    std::chrono::seconds slept{0};
    const Question question(slept);
    QTRY_VERIFY(question.arm->isArmed());
    QSignalSpy changed(question.arm, &ArmDelay::armedChanged);
    slept = 8h;
    // At once, before anything has looked: the press that wakes the computer presses nothing.
    QVERIFY(!question.arm->isArmed());
    QTRY_COMPARE(changed.size(), 2);
    QCOMPARE(changed.first().first().toBool(), false);
    QVERIFY(question.arm->isArmed());
}

QTEST_MAIN(TestArmDelay)
#include "tst_armdelay.moc"

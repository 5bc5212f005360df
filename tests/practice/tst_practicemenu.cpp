#include "practice/practicemenu.h"

#include <QSet>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestPracticeMenu : public QObject
{
    Q_OBJECT

private slots:
    void answersReadAsAgreed();
    void commandsReadAsAgreed();
    void everyChoiceIsThereOnce();
};

// The forms that scripts from outside rely on.
void TestPracticeMenu::answersReadAsAgreed()
{
    QStringList lines;
    for (const PracticeAnswerItem &item : practiceAnswerItems())
        lines.append(item.name + u": "_s + item.text);
    const QStringList expected = {
        u"normal: Normal"_s,
        u"goneFilled: Gone, filled"_s,
        u"goneCanceled: Gone, canceled"_s,
        u"rejected: Rejected 9111"_s,
        u"signInRefused: Sign-in refused"_s,
        u"permissionMissing: Permission missing"_s,
        u"rateLimit: Rate limit"_s,
        u"noAnswerCanceled: No answer, canceled"_s,
        u"noAnswerFilled: No answer, filled"_s,
        u"noAnswerOpen: No answer, still open"_s,
        u"noAnswerUnknown: No answer, unknown"_s,
        u"acceptedStillListed: Accepted, still listed"_s,
        u"noConnection: No connection"_s,
        u"notSecure: Not secure"_s,
        u"slow: Slow 4 s"_s,
        u"clockOff: Clock 90 s off"_s,
    };
    QCOMPARE(lines, expected);
}

void TestPracticeMenu::commandsReadAsAgreed()
{
    QStringList lines;
    for (const PracticeCommandItem &item : practiceCommandItems()) {
        lines.append(item.name + u": "_s + item.text + (item.checkable ? u" [switch]"_s : QString()) +
                     (item.needsOrder ? u" [order]"_s : QString()));
    }
    const QStringList expected = {
        u"repeatForAll: Repeat for all [switch]"_s,
        u"fillPartly: Fill selected partly [order]"_s,
        u"fillPartlyIn3s: Fill selected partly in 3 s [order]"_s,
        u"fillFully: Fill selected fully [order]"_s,
        u"fillFullyIn3s: Fill selected fully in 3 s [order]"_s,
        u"removeElsewhere: Remove selected elsewhere [order]"_s,
        u"removeElsewhereIn3s: Remove selected elsewhere in 3 s [order]"_s,
        u"addOlder: Add 1 older order"_s,
        u"add15: Add 15 orders"_s,
        u"marketMoves: Let the market move [switch]"_s,
        u"goOffline: Go offline [switch]"_s,
        u"closePosition: Close a position elsewhere"_s,
        u"addOrphan: Add an order without a position"_s,
        u"positionsUnreadable: Positions not readable [switch]"_s,
        u"editElsewhere: Edited elsewhere [order]"_s,
        u"reset: Reset"_s,
    };
    QCOMPARE(lines, expected);
}

void TestPracticeMenu::everyChoiceIsThereOnce()
{
    QSet<int> answers;
    QSet<QString> names;
    for (const PracticeAnswerItem &item : practiceAnswerItems()) {
        answers.insert(int(item.answer));
        names.insert(item.name);
    }
    QCOMPARE(answers.size(), int(PracticeAnswer::ClockOff) + 1);
    QSet<int> commands;
    for (const PracticeCommandItem &item : practiceCommandItems()) {
        commands.insert(int(item.command));
        names.insert(item.name);
    }
    QCOMPARE(commands.size(), int(PracticeCommand::Reset) + 1);
    QCOMPARE(names.size(), answers.size() + commands.size());
}

QTEST_GUILESS_MAIN(TestPracticeMenu)
#include "tst_practicemenu.moc"

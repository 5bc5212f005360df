#include "tests/ui/sampleorders.h"
#include "ui/table/rowstate.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestRowState : public QObject
{
    Q_OBJECT

private slots:
    void withoutCancel();
    void stages_data();
    void stages();
    void anOrderWithoutItsPositionHasAMark();
};

void TestRowState::withoutCancel()
{
    OrderRow row{sample::startList().at(0), {}};
    QCOMPARE(rowState(row), RowState::Open);
    QVERIFY(!rowStateIcon(rowState(row)));
    QCOMPARE(rowActionText(rowAction(row)), u"Cancel…"_s);
    QCOMPARE(cancelBlockReason(row, {}), QString());
    QCOMPARE(cancelBlockReason(row, u"Offline"_s), u"Offline"_s);

    row.order = sample::startList().at(1);
    QCOMPARE(rowState(row), RowState::PartlyFilled);
    QCOMPARE(rowStateWord(rowState(row)), u"Partly filled"_s);
    QCOMPARE(rowStateIcon(rowState(row)), std::optional(Icon::Partly));
}

void TestRowState::stages_data()
{
    QTest::addColumn<CancelStage>("stage");
    QTest::addColumn<QString>("state");
    QTest::addColumn<Icon>("icon");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("reason");
    const auto row = [](CancelStage stage, const QString &state, Icon icon, const QString &action,
                        const QString &reason) {
        QTest::newRow(qPrintable(stageWord(stage))) << stage << state << icon << action << reason;
    };
    const QString again = u"Cancel…"_s;
    const QString canceling = u"Canceling…"_s;
    const QString checking = u"Checking…"_s;
    const QString running = u"Already being canceled"_s;
    const QString unknown = u"Result still unknown"_s;
    const QString gone = u"No longer open"_s;
    row(CancelStage::Waiting, canceling, Icon::Pending, canceling, running);
    row(CancelStage::Sending, canceling, Icon::Pending, canceling, running);
    row(CancelStage::Accepted, canceling, Icon::Pending, canceling, running);
    row(CancelStage::AcceptedStillListed, checking, Icon::Unknown, again, {});
    row(CancelStage::AcceptedUnconfirmed, u"Unknown"_s, Icon::Unknown, u"Unknown"_s, unknown);
    row(CancelStage::Canceled, u"Canceled"_s, Icon::Ok, u"Gone"_s, gone);
    row(CancelStage::CanceledAfterPartFill, u"Canceled"_s, Icon::Ok, u"Gone"_s, gone);
    row(CancelStage::CanceledFillUnknown, u"Canceled"_s, Icon::Ok, u"Gone"_s, gone);
    row(CancelStage::FilledThoughAccepted, u"Filled"_s, Icon::Filled, u"Gone"_s, gone);
    row(CancelStage::GoneLookingUp, checking, Icon::Unknown, checking, unknown);
    row(CancelStage::GoneFilled, u"Filled"_s, Icon::Filled, u"Gone"_s, gone);
    row(CancelStage::GoneCanceledEarlier, u"Canceled"_s, Icon::Ok, u"Gone"_s, gone);
    row(CancelStage::GoneNoRecord, u"Unknown"_s, Icon::Unknown, u"Unknown"_s, unknown);
    row(CancelStage::Rejected, u"Failed"_s, Icon::Error, again, {});
    row(CancelStage::NotSent, u"Failed"_s, Icon::Error, again, {});
    row(CancelStage::UnknownChecking, checking, Icon::Unknown, checking, unknown);
    row(CancelStage::UnknownCanceled, u"Canceled"_s, Icon::Ok, u"Gone"_s, gone);
    row(CancelStage::UnknownFilled, u"Filled"_s, Icon::Filled, u"Gone"_s, gone);
    row(CancelStage::UnknownStillOpen, u"Failed"_s, Icon::Error, again, {});
    row(CancelStage::UnknownUnresolved, u"Unknown"_s, Icon::Unknown, u"Unknown"_s, unknown);
    row(CancelStage::CorrectedFilled, u"Filled"_s, Icon::Filled, u"Gone"_s, gone);
    row(CancelStage::CorrectedPartFill, u"Canceled"_s, Icon::Ok, u"Gone"_s, gone);
    row(CancelStage::CorrectedFillUnknown, u"Canceled"_s, Icon::Ok, u"Gone"_s, gone);
    row(CancelStage::CorrectedStillOpen, u"Failed"_s, Icon::Error, again, {});
}

void TestRowState::stages()
{
    QFETCH(const CancelStage, stage);
    QFETCH(const Icon, icon);
    // What is more pressing comes first; a part fill stands beside it as long as something is left of the order.
    for (const Order &order : {sample::startList().at(0), sample::startList().at(1)}) {
        const OrderRow row{order, stage};
        QTEST(rowStateWord(rowState(row)), "state");
        QCOMPARE(rowStateIcon(rowState(row)), std::optional(icon));
        const bool isToo = isPartlyFilled(order) && rowAction(row) != RowAction::Gone;
        QCOMPARE(isPartlyFilledToo(row, false), isToo);
        QVERIFY(!isPartlyFilledToo(row, true));
        QCOMPARE(rowStateText(row, false), rowStateWord(rowState(row)) + (isToo ? u" · Partly filled"_s : QString()));
        QTEST(rowActionText(rowAction(row)), "action");
        QTEST(cancelBlockReason(row, {}), "reason");
        QCOMPARE(cancelBlockReason(row, u"Locked"_s), u"Locked"_s);
        if (blocksAnotherCancel(stage))
            QVERIFY(!cancelBlockReason(row, {}).isEmpty());
    }
}

void TestRowState::anOrderWithoutItsPositionHasAMark()
{
    OrderRow row{sample::startList().at(0), {}};
    QVERIFY(rowMarks(row, false).isEmpty());
    QCOMPARE(rowMarksText(row, false), u"Open"_s);
    row.position = {.isRead = true, .tie = {.kind = PositionTie::Kind::None}, .loss = {PositionLoss::Kind::Closed}};
    QCOMPARE(rowMarksText(row, false), u"⊘ no position"_s);
    QCOMPARE(rowMarks(row, false).constFirst().icon, Icon::NoPosition);
    QCOMPARE(rowStateText(row, false), u"Open"_s);
    // Beside what is more pressing, and beside a part fill.
    row.stage = CancelStage::Rejected;
    QCOMPARE(rowMarksText(row, false), u"Failed · ⊘ no position"_s);
    row.order = sample::startList().at(1);
    QCOMPARE(rowMarksText(row, false), u"Failed · Partly filled · ⊘ no position"_s);
    // Of what is gone, or can't be told, nothing is said.
    QVERIFY(!rowMarksText(row, true).contains(u'⊘'));
    row.stage = CancelStage::Canceled;
    QVERIFY(!rowMarksText(row, false).contains(u'⊘'));
    row.stage = {};
    row.position.isRead = false;
    QCOMPARE(rowMarksText(row, false), u"Partly filled"_s);
}

QTEST_GUILESS_MAIN(TestRowState)
#include "tst_rowstate.moc"

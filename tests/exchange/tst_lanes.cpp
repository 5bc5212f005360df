#include "exchange/lanes.h"

#include <QObject>
#include <QTest>

using namespace countermand;

class TestLanes : public QObject
{
    Q_OBJECT

private slots:
    void readsTakeTurns()
    {
        Lanes lanes;
        for (int i = 0; i < 6; ++i) {
            const int lane = lanes.takeForRead();
            QCOMPARE(lane, i % 2);
            lanes.release(lane);
        }
    }

    void aCancelAvoidsTheRead()
    {
        Lanes lanes;
        for (int i = 0; i < 4; ++i) {
            const int read = lanes.takeForRead();
            const int cancel = lanes.takeForCancel();
            QCOMPARE(cancel, 1 - read);
            lanes.release(cancel);
            QCOMPARE(lanes.takeForCancel(), 1 - read);
            lanes.release(1 - read);
            lanes.release(read);
        }
    }

    void aReadAvoidsTheCancel()
    {
        Lanes lanes;
        for (int i = 0; i < 4; ++i) {
            const int cancel = lanes.takeForCancel();
            const int read = lanes.takeForRead();
            QCOMPARE(read, 1 - cancel);
            lanes.release(read);
            lanes.release(cancel);
        }
    }

    void cancelsSpread()
    {
        Lanes lanes;
        for (int i = 0; i < 8; ++i)
            lanes.takeForCancel();
        QCOMPARE(lanes.inFlight(0), 4);
        QCOMPARE(lanes.inFlight(1), 4);
    }

    void aLostLaneIsLeftAloneUntilItIsFound()
    {
        for (int lane = 0; lane < Lanes::count; ++lane) {
            Lanes lanes;
            lanes.lost(lane);
            for (int i = 0; i < 3; ++i) {
                QCOMPARE(lanes.takeForRead(), 1 - lane);
                QCOMPARE(lanes.takeForCancel(), 1 - lane);
                lanes.release(1 - lane);
                lanes.release(1 - lane);
            }
            lanes.found(lane);
            QCOMPARE(lanes.takeForRead(), lane);
        }
    }

    void twoLostLanesTakeTurns()
    {
        Lanes lanes;
        lanes.lost(0);
        lanes.lost(1);
        for (int i = 0; i < 6; ++i) {
            const int lane = lanes.takeForRead();
            QCOMPARE(lane, i % 2);
            lanes.release(lane);
        }
    }

    void anIdleCancelTakesTheConnectionThatAnsweredLast()
    {
        Lanes lanes;
        for (int i = 0; i < 3; ++i) {
            const int read = lanes.takeForRead();
            lanes.release(read);
            const int cancel = lanes.takeForCancel();
            QCOMPARE(cancel, read);
            lanes.release(cancel);
        }
    }
};

QTEST_GUILESS_MAIN(TestLanes)
#include "tst_lanes.moc"

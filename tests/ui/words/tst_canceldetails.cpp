#include "domain/qtversions.h"
#include "tests/ui/cancelrecords.h"
#include "ui/words/canceldetails.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;

class TestCancelDetails : public QObject
{
    Q_OBJECT

private slots:
    void sayEverything();
};

void TestCancelDetails::sayEverything()
{
    CancelRecord record = with(recordAt(CancelStage::Rejected), refused(Refusal::Other, 9111, u"Not %1 tradable"_s));
    record.outcome->latency = 84ms;
    record.outcome->clockDifference = -1200ms;
    record.recordedAt = QDateTime(QDate(2026, 3, 4), QTime(13, 3, 22, 7), inUtc);
    record.settledBy = SettledBy::Answer;
    const QString details = outcomeDetails(record);
    for (const QString &line : {u"Outcome: Not canceled — rejected"_s, u"Code: 9111"_s, u"Message: Not %1 tradable"_s,
                                u"HTTP status: 200"_s, u"Latency: 84 ms"_s, u"Clock difference: -1200 ms"_s,
                                u"Order ID: 33308741701971947"_s, u"Instrument: BTC-USDT"_s,
                                u"Account: ● LIVE Main account"_s, u"Settled by: answer"_s})
        QVERIFY2(details.split(u'\n').contains(line), qPrintable(line + u" in\n"_s + details));
    QVERIFY(details.contains(u"UTC 2026-03-04 13:03:22.007"_s));
    QVERIFY(!details.contains(u"Sent:"_s));
}

QTEST_MAIN(TestCancelDetails)
#include "tst_canceldetails.moc"

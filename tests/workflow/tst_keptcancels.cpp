#include "workflow/keptcancels.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const TimePoint start{1000s};

CancelRecord named(const QString &cancelId)
{
    CancelRecord record;
    record.cancelId = cancelId;
    record.stage = CancelStage::Canceled;
    return record;
}

} // namespace

class TestKeptCancels : public QObject
{
    Q_OBJECT

private slots:
    void keptForAWhile()
    {
        KeptCancels kept;
        kept.keep(named(u"a"_s), start);
        kept.keep(named(u"b"_s), start + 1s);
        kept.letGo(start + KeptCancels::keptFor - 1ms);
        QVERIFY(kept.find(u"a"_s));
        QCOMPARE(kept.find(u"a"_s)->stage, CancelStage::Canceled);
        kept.letGo(start + KeptCancels::keptFor);
        QVERIFY(!kept.find(u"a"_s));
        QVERIFY(kept.find(u"b"_s));
        kept.letGo(start + KeptCancels::keptFor + 1s);
        QCOMPARE(kept.count(), 0);
    }

    void onlyTheLast()
    {
        KeptCancels kept;
        for (qsizetype i = 0; i <= KeptCancels::most; ++i)
            kept.keep(named(QString::number(i)), start);
        QCOMPARE(kept.count(), KeptCancels::most);
        QVERIFY(!kept.find(u"0"_s));
        QVERIFY(kept.find(u"1"_s));
        QVERIFY(kept.find(QString::number(KeptCancels::most)));
    }

    /// Of the eleven faults: records that came late were not heard any more.
    void aContradictionCorrects_data()
    {
        QTest::addColumn<CancelStage>("told");
        QTest::addColumn<QString>("toldFilled");
        QTest::addColumn<QString>("filled");
        QTest::addColumn<QString>("canceled");
        QTest::addColumn<CancelStage>("then");
        QTest::addColumn<QString>("thenFilled");
        using S = CancelStage;
        const QString none;
        QTest::newRow("filled whole") << S::Canceled << u"0"_s << u"5"_s << u"0"_s << S::CorrectedFilled << u"5"_s;
        QTest::newRow("filled in part") << S::Canceled << u"0"_s << u"2"_s << u"3"_s << S::CorrectedPartFill
                                        << u"2"_s;
        QTest::newRow("another part") << S::CanceledAfterPartFill << u"2"_s << u"3"_s << u"2"_s
                                      << S::CorrectedPartFill << u"3"_s;
        QTest::newRow("as told") << S::CanceledAfterPartFill << u"2"_s << u"2"_s << u"3"_s << S::CanceledAfterPartFill
                                 << u"2"_s;
        QTest::newRow("the answer to what was not known")
            << S::CanceledFillUnknown << none << u"2"_s << u"3"_s << S::CanceledAfterPartFill << u"2"_s;
        QTest::newRow("not known, and filled after all")
            << S::CanceledFillUnknown << none << u"5"_s << u"0"_s << S::CorrectedFilled << u"5"_s;
        QTest::newRow("late, filled after all")
            << S::UnknownCanceled << u"0"_s << u"5"_s << u"0"_s << S::CorrectedFilled << u"5"_s;
        QTest::newRow("earlier, filled after all")
            << S::GoneCanceledEarlier << none << u"5"_s << u"0"_s << S::CorrectedFilled << u"5"_s;
    }

    void aContradictionCorrects()
    {
        QFETCH(CancelStage, told);
        QFETCH(QString, toldFilled);
        QFETCH(QString, filled);
        QFETCH(QString, canceled);
        QFETCH(CancelStage, then);
        QFETCH(QString, thenFilled);
        CancelRecord record = named(u"a"_s);
        record.order.id = OrderId(u"7"_s);
        record.order.quantity = Decimal(5);
        record.stage = told;
        record.filledQuantity = Decimal::fromText(toldFilled);
        KeptCancels kept;
        kept.keep(record, start);
        HistoryRecord row;
        row.id = u"7"_s;
        row.kind = HistoryRecord::Kind::Finished;
        row.total = Decimal(5);
        row.filled = Decimal::fromText(filled);
        row.canceled = Decimal::fromText(canceled);
        HistoryRecord other = row;
        other.id = u"8"_s;
        const QDateTime utc = QDateTime::currentDateTimeUtc();
        QCOMPARE(kept.historyRead({other}, start + 1s, utc).size(), 0);
        const auto news = kept.historyRead({row}, start + 1s, utc);
        QCOMPARE(news.size(), told == then ? 0 : 1);
        QCOMPARE(kept.find(u"a"_s)->stage, then);
        QCOMPARE(kept.find(u"a"_s)->filledQuantity->toText(), thenFilled);
        // Told once.
        QCOMPARE(kept.historyRead({row}, start + 2s, utc).size(), 0);
        // Let go of: nobody is told any more.
        kept.keep(record, start);
        QCOMPARE(kept.historyRead({row}, start + KeptCancels::keptFor, utc).size(), 0);
    }

    void aTradeSpeaksAgainstNothingFilled()
    {
        CancelRecord record = named(u"a"_s);
        record.order.id = OrderId(u"7"_s);
        record.order.quantity = Decimal(5);
        record.filledQuantity = Decimal(0);
        KeptCancels kept;
        kept.keep(record, start);
        DealRecord row;
        row.orderId = u"7"_s;
        row.kind = DealRecord::Kind::Cancellation;
        const QDateTime utc = QDateTime::currentDateTimeUtc();
        QCOMPARE(kept.dealsRead({row}, start + 1s, utc).size(), 0);
        row.kind = DealRecord::Kind::Execution;
        const auto news = kept.dealsRead({row}, start + 1s, utc);
        QCOMPARE(news.size(), 1);
        QCOMPARE(news.constFirst().stage, CancelStage::CorrectedFillUnknown);
        QVERIFY(!news.constFirst().filledQuantity);
        QCOMPARE(news.constFirst().correctedAt, utc);
    }

    void listedTwiceIsStillOpen()
    {
        CancelRecord record = named(u"a"_s);
        record.order.id = OrderId(u"7"_s);
        record.filledQuantity = Decimal(0);
        KeptCancels kept;
        kept.keep(record, start);
        Order listed = record.order;
        listed.filledQuantity = Decimal(1);
        const QDateTime utc = QDateTime::currentDateTimeUtc();
        const auto look = [](std::chrono::milliseconds begun) {
            return ListLook{{ListKind::Plan, {}}, start + begun, start + begun + 50ms, ListExtent::Whole};
        };
        const auto has = [&listed](const OrderId &) { return &listed; };
        // Begun before it was told: no news.
        QCOMPARE(kept.listRead(look(-10ms), has, start + 1s, utc).size(), 0);
        QCOMPARE(kept.listRead(look(1000ms), has, start + 1s, utc).size(), 0);
        QCOMPARE(kept.listRead(look(2900ms), has, start + 3s, utc).size(), 0);
        const auto news = kept.listRead(look(3000ms), has, start + 3s, utc);
        QCOMPARE(news.size(), 1);
        QCOMPARE(news.constFirst().stage, CancelStage::CorrectedStillOpen);
        QCOMPARE(news.constFirst().filledQuantity->toText(), u"1"_s);
        QCOMPARE(kept.listRead(look(9000ms), has, start + 9s, utc).size(), 0);
    }

    void unknownIsNotFound() { QVERIFY(!KeptCancels().find(u"a"_s)); }
};

QTEST_GUILESS_MAIN(TestKeptCancels)
#include "tst_keptcancels.moc"

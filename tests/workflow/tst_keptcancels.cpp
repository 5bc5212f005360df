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
        QVERIFY(kept.all().empty());
    }

    void onlyTheLast()
    {
        KeptCancels kept;
        for (size_t i = 0; i <= KeptCancels::most; ++i)
            kept.keep(named(QString::number(i)), start);
        QCOMPARE(kept.all().size(), KeptCancels::most);
        QVERIFY(!kept.find(u"0"_s));
        QVERIFY(kept.find(u"1"_s));
        QVERIFY(kept.find(QString::number(KeptCancels::most)));
    }

    void unknownIsNotFound() { QVERIFY(!KeptCancels().find(u"a"_s)); }
};

QTEST_GUILESS_MAIN(TestKeptCancels)
#include "tst_keptcancels.moc"

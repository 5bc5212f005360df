#include "local/processguard.h"

#include <QTest>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace countermand;

class TestProcessGuard : public QObject
{
    Q_OBJECT

private slots:
    void noCoreAndNoDebugger()
    {
        QCOMPARE(::prctl(PR_GET_DUMPABLE), 1);
        keepMemoryPrivate();
        QCOMPARE(::prctl(PR_GET_DUMPABLE), 0);
        rlimit limit{1, 1};
        QCOMPARE(::getrlimit(RLIMIT_CORE, &limit), 0);
        QCOMPARE(limit.rlim_cur, rlim_t(0));
        QCOMPARE(limit.rlim_max, rlim_t(0));
    }
};

QTEST_GUILESS_MAIN(TestProcessGuard)
#include "tst_processguard.moc"

#include "workflow/keyrefusal.h"

#include <QtTest>

using namespace countermand;
using namespace std::chrono_literals;

class TestKeyRefusal : public QObject
{
    Q_OBJECT

private slots:
    void oneRefusalIsADoubt();
    void twoDifferentCallsTwoSecondsApart();
    void theSameCallAgainProvesNothing();
    void aListThatIsGivenEndsTheDoubt();
    void aListRefusedAloneDoesNotHideARefusedKey();

private:
    const ListSource m_plan{ListKind::Plan, {}};
    const ListSource m_protective{ListKind::StopProfitLoss, {}};
    const ListSource m_trailing{ListKind::Trailing, {}};
    const TimePoint m_start = TimePoint(1h);
};

void TestKeyRefusal::oneRefusalIsADoubt()
{
    KeyRefusal key;
    QVERIFY(!key.next());
    QVERIFY(key.nextAt() <= m_start);
    QCOMPARE(key.refused(m_plan, m_start), KeyRefusal::Verdict::Doubt);
    QVERIFY(*key.next() == m_protective);
    QCOMPARE(key.nextAt() - m_start, TimePoint::duration(2s));
    key.forget();
    QVERIFY(!key.next());
    QCOMPARE(key.refused(m_trailing, m_start), KeyRefusal::Verdict::Doubt);
    QVERIFY(*key.next() == m_plan);
}

void TestKeyRefusal::twoDifferentCallsTwoSecondsApart()
{
    KeyRefusal key;
    key.refused(m_plan, m_start);
    QCOMPARE(key.refused(m_protective, m_start + 1999ms), KeyRefusal::Verdict::Doubt);
    QCOMPARE(key.refused(m_protective, m_start + 2s), KeyRefusal::Verdict::OfKey);
    // It stays so until a list is given.
    QCOMPARE(key.refused(m_trailing, m_start + 62s), KeyRefusal::Verdict::OfKey);
}

void TestKeyRefusal::theSameCallAgainProvesNothing()
{
    KeyRefusal key;
    key.refused(m_plan, m_start);
    QCOMPARE(key.refused(m_plan, m_start + 1min), KeyRefusal::Verdict::Doubt);
    QCOMPARE(key.refused(m_trailing, m_start + 1min), KeyRefusal::Verdict::OfKey);
}

void TestKeyRefusal::aListThatIsGivenEndsTheDoubt()
{
    KeyRefusal key;
    key.refused(m_plan, m_start);
    key.given(m_protective);
    QVERIFY(!key.next());
    QCOMPARE(key.refused(m_plan, m_start + 4s), KeyRefusal::Verdict::OfList);
    // Given after all: the next refusal is a doubt anew.
    key.given(m_plan);
    QCOMPARE(key.refused(m_plan, m_start + 8s), KeyRefusal::Verdict::Doubt);
}

void TestKeyRefusal::aListRefusedAloneDoesNotHideARefusedKey()
{
    KeyRefusal key;
    key.refused(m_trailing, m_start);
    key.given(m_plan);
    QCOMPARE(key.refused(m_trailing, m_start + 10s), KeyRefusal::Verdict::OfList);
    QCOMPARE(key.refused(m_plan, m_start + 20s), KeyRefusal::Verdict::Doubt);
    QCOMPARE(key.refused(m_protective, m_start + 22s), KeyRefusal::Verdict::OfKey);
}

QTEST_GUILESS_MAIN(TestKeyRefusal)
#include "tst_keyrefusal.moc"

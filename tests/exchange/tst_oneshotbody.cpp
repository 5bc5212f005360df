#include "exchange/oneshotbody.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace countermand;

class TestOneShotBody : public QObject
{
    Q_OBJECT

private slots:
    void handsOutItsBytesOnce()
    {
        OneShotBody body("{\"id\":\"1\"}"_ba);
        QVERIFY(body.isOpen());
        QVERIFY(body.isSequential());
        QCOMPARE(body.bytesAvailable(), 10);
        QVERIFY(!body.wasAskedFor());
        QCOMPARE(body.readAll(), "{\"id\":\"1\"}"_ba);
        QVERIFY(body.wasAskedFor());
        QVERIFY(body.atEnd());
        char more = 0;
        QCOMPARE(body.read(&more, 1), -1);
        QVERIFY(!body.reset());
        QVERIFY(!body.seek(0));
        QCOMPARE(body.bytesAvailable(), 0);
    }

    void theFirstByteCounts()
    {
        OneShotBody body("ab"_ba);
        QCOMPARE(body.read(0), QByteArray());
        QVERIFY(!body.wasAskedFor());
        QCOMPARE(body.read(1), "a"_ba);
        QVERIFY(body.wasAskedFor());
        QVERIFY(!body.atEnd());
        QCOMPARE(body.read(5), "b"_ba);
        QVERIFY(body.atEnd());
    }

    void lookingAtItAsksForNothing()
    {
        OneShotBody body("ab"_ba);
        QVERIFY(!body.atEnd());
        QCOMPARE(body.size(), 2);
        QCOMPARE(body.pos(), 0);
        QVERIFY(!body.wasAskedFor());
    }

    void takesNothing()
    {
        OneShotBody body("ab"_ba);
        QVERIFY(!body.isWritable());
    }
};

QTEST_GUILESS_MAIN(TestOneShotBody)
#include "tst_oneshotbody.moc"

#include "domain/wipe.h"
#include "tests/support/memoryscan.h"

#include <QTest>

#include <array>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestWipe : public QObject
{
    Q_OBJECT

private slots:
    void memory()
    {
        char bytes[] = "abc";
        wipe(bytes, 2);
        QCOMPARE(QByteArray(bytes, 3), QByteArray("\0\0c", 3));
    }

    void bytesOfOneHolder()
    {
        QByteArray bytes(100, 'x');
        // Room that is kept, so that it can be looked at.
        const QByteArray keeper = bytes;
        QVERIFY(!bytes.isDetached());
        bytes.detach();
        const char *at = bytes.constData();
        wipe(bytes);
        QVERIFY(bytes.isEmpty());
        QVERIFY(at != keeper.constData());
        QCOMPARE(keeper, QByteArray(100, 'x'));
    }

    void sharedBytesAreTheOthers()
    {
        QByteArray bytes(100, 'x');
        const QByteArray other = bytes;
        wipe(bytes);
        QVERIFY(bytes.isEmpty());
        QCOMPARE(other, QByteArray(100, 'x'));

        QString text(100, u'x');
        const QString otherText = text;
        wipe(text);
        QVERIFY(text.isEmpty());
        QCOMPARE(otherText, QString(100, u'x'));
    }

    void forAllHolders()
    {
        QByteArray bytes(100, 'x');
        const QByteArray other = bytes;
        wipeForAll(bytes);
        QVERIFY(bytes.isEmpty());
        QCOMPARE(other, QByteArray(100, '\0'));
    }

    void literalsStay()
    {
        QByteArray bytes = "literal"_ba;
        wipeForAll(bytes);
        QByteArray again = "literal"_ba;
        wipe(again);
        QString text = u"literal"_s;
        wipe(text);
        QVERIFY(bytes.isEmpty() && again.isEmpty() && text.isEmpty());
        QCOMPARE("literal"_ba, QByteArray("literal"));
    }

    void whatIsFreedMeanwhile_data()
    {
        QTest::addColumn<int>("copies");
        for (const int copies : {2, 20, 300, 20'000})
            QTest::addRow("%d times the text", copies) << copies;
    }

    /// In many rooms of the size at once, so that the heap can't keep them all for those who ask next.
    void whatIsFreedMeanwhile()
    {
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__)
        QSKIP("Not glibc's heap");
#else
        QFETCH(const int, copies);
        QByteArray text = madeSecret(31);
        MemoryScan scan(text);
        {
            std::array<QByteArray, 12> rooms;
            const WipesWhatIsFreed wipes;
            for (QByteArray &room : rooms)
                room = text.repeated(copies);
            wipe(text);
            QVERIFY(scan.copies() >= int(rooms.size()) * copies);
            // One after the other: the ends of all but one lie beside what is still held.
            for (QByteArray &room : rooms)
                room = QByteArray();
        }
        QCOMPARE(scan.copies(), 0);
#endif
    }

    void nothingIsNothing()
    {
        QByteArray bytes;
        wipe(bytes);
        wipeForAll(bytes);
        QString text;
        wipe(text);
        QVERIFY(bytes.isNull() || bytes.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWipe)
#include "tst_wipe.moc"

#include "domain/credentials.h"
#include "domain/wipe.h"
#include "tests/support/memoryscan.h"

#include <QDebug>
#include <QTest>
#include <QTextStream>

#include <ostream>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

template <typename T>
concept PrintsToDebug = requires(QDebug debug, const T &value)
{
    debug << value;
};
template <typename T>
concept PrintsToStream = requires(std::ostream &stream, const T &value)
{
    stream << value;
};
template <typename T>
concept PrintsToText = requires(QTextStream &stream, const T &value)
{
    stream << value;
};

static_assert(PrintsToDebug<QByteArray>);
static_assert(!PrintsToDebug<Credentials> && !PrintsToStream<Credentials> && !PrintsToText<Credentials>);

} // namespace

class TestCredentials : public QObject
{
    Q_OBJECT

private slots:
    void holdsUtf8();
    void copiesOutliveTheFirst();
    void isInMemoryOnce();
    void scrubbingLeavesNothing();
    void foreignCharacters();
    void scrubs_data();
    void scrubs();
};

void TestCredentials::holdsUtf8()
{
    const Credentials credentials(u"kéy"_s, u"secret"_s);
    QCOMPARE(credentials.key(), QByteArray("k\xc3\xa9y"));
    QCOMPARE(credentials.secret(), QByteArray("secret"));
    QVERIFY(credentials == Credentials(u"kéy"_s, u"secret"_s));
    QVERIFY(!(credentials == Credentials(u"kéy"_s, u"other"_s)));
    QVERIFY(!(credentials == Credentials(u"key"_s, u"secret"_s)));
}

void TestCredentials::copiesOutliveTheFirst()
{
    std::optional<Credentials> first(std::in_place, u"key"_s, u"secret"_s);
    const Credentials copy(*first);
    Credentials assigned(u"a"_s, u"b"_s);
    assigned = *first;
    first.reset();
    QCOMPARE(copy.secret(), QByteArray("secret"));
    QCOMPARE(assigned.secret(), QByteArray("secret"));

    const Credentials &itself = assigned;
    assigned = itself;
    QCOMPARE(assigned.secret(), QByteArray("secret"));
    Credentials moved(std::move(assigned));
    assigned = Credentials(u"c"_s, u"d"_s);
    QCOMPARE(moved.secret(), QByteArray("secret"));
    QCOMPARE(assigned.secret(), QByteArray("d"));
}

void TestCredentials::isInMemoryOnce()
{
    QByteArray secret = madeSecret(3);
    MemoryScan scan(secret);
    QCOMPARE(scan.copies(), 1);
    QString text = QString::fromLatin1(secret);
    wipe(secret);
    QCOMPARE(scan.copies(), 1);

    std::optional<Credentials> first(std::in_place, u"key"_s, text);
    QCOMPARE(scan.copies(), 2);
    wipe(text);
    std::optional<Credentials> second(*first);
    std::optional<Credentials> third(Credentials::fromUtf8(first->key(), first->secret()));
    QVERIFY(*third == *first);
    QCOMPARE(scan.copies(), 2);
    third.reset();
    QCOMPARE(scan.copies(), 1);
    first.reset();
    QCOMPARE(scan.copies(), 1);
    second.reset();
    QCOMPARE(scan.copies(), 0);
}

void TestCredentials::scrubbingLeavesNothing()
{
    QByteArray secret = madeSecret(5);
    MemoryScan scan(secret);
    const Credentials credentials = Credentials::fromUtf8("key", secret);
    wipe(secret);
    QCOMPARE(scan.copies(), 1);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(credentials.scrubbed(u"HTTP 500: the key was wrong "_s + QString::number(i)).size(),
                 28 + (i < 10 ? 1 : 2));
    QCOMPARE(scan.copies(), 1);
}

void TestCredentials::foreignCharacters()
{
    for (const QByteArray &good : {QByteArray("aZ09"), QByteArray("!~+/="), QByteArray()}) {
        QVERIFY(!hasForeignCharacters(QByteArrayView(good)));
        QVERIFY(!hasForeignCharacters(QString::fromUtf8(good)));
    }
    for (const QByteArray &bad : {QByteArray("a b"), QByteArray("a\r\nb"), QByteArray("a\0b", 3), QByteArray("a\x7f"),
                                  QByteArray("k\xc3\xa9y")}) {
        QVERIFY(hasForeignCharacters(QByteArrayView(bad)));
        QVERIFY(hasForeignCharacters(QString::fromUtf8(bad)));
    }
}

void TestCredentials::scrubs_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("scrubbed");
    const QString k = u"KEY12345"_s;
    const QString s = u"SECRET99"_s;
    QTest::newRow("harmless") << k << s << u"sign error"_s << u"sign error"_s;
    QTest::newRow("key") << k << s << u"bad key KEY12345."_s << u"bad key •••."_s;
    QTest::newRow("both, twice") << k << s << u"KEY12345SECRET99 SECRET99/KEY12345"_s << u"•••••• •••/•••"_s;
    QTest::newRow("secret holds key") << u"abc"_s << u"xabcx"_s << u"xabcx abc"_s << u"••• •••"_s;
    QTest::newRow("key holds secret") << u"xabcx"_s << u"abc"_s << u"xabcx abc"_s << u"••• •••"_s;
    QTest::newRow("echo of nearly all") << k << s << u"SECRET9SECRET99SECRET"_s << u"SECRET9•••SECRET"_s;
    QTest::newRow("not only ASCII") << u"kéy€😀"_s << s << u"a kéy€😀 b kéy€"_s << u"a ••• b kéy€"_s;
    QTest::newRow("a lone half") << k << s << QString(u"\xd83d KEY12345"_s) << QString(u"\xd83d •••"_s);
    QTest::newRow("empty") << QString() << QString() << u"text"_s << u"text"_s;
    QTest::newRow("empty text") << k << s << QString() << QString();
}

void TestCredentials::scrubs()
{
    QFETCH(const QString, key);
    QFETCH(const QString, secret);
    QFETCH(const QString, text);
    QTEST(Credentials(key, secret).scrubbed(text), "scrubbed");
}

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"

#include "domain/credentials.h"

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
    void copiesStandAlone();
    void movedFromIsEmpty();
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

void TestCredentials::copiesStandAlone()
{
    // Wiping one holder must not reach the other's bytes.
    std::optional<Credentials> first(std::in_place, u"key"_s, u"secret"_s);
    const Credentials copy(*first);
    QVERIFY(copy.secret().constData() != first->secret().constData());
    Credentials assigned(u"a"_s, u"b"_s);
    assigned = *first;
    QVERIFY(assigned.secret().constData() != first->secret().constData());
    first.reset();
    QCOMPARE(copy.secret(), QByteArray("secret"));
    QCOMPARE(assigned.secret(), QByteArray("secret"));

    const Credentials &itself = assigned;
    assigned = itself;
    QCOMPARE(assigned.secret(), QByteArray("secret"));
}

void TestCredentials::movedFromIsEmpty()
{
    Credentials source(u"key"_s, u"secret"_s);
    const Credentials target(std::move(source));
    QCOMPARE(target.secret(), QByteArray("secret"));
    QVERIFY(source.key().isEmpty() && source.secret().isEmpty());

    Credentials assigned(u"old"_s, u"oldsecret"_s);
    assigned = Credentials(target);
    QCOMPARE(assigned.key(), QByteArray("key"));
    QCOMPARE(assigned.secret(), QByteArray("secret"));
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

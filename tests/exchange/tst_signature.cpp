#include "domain/credentials.h"
#include "domain/wipe.h"
#include "exchange/signature.h"
#include "exchange/wire.h"
#include "tests/support/memoryscan.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QObject>
#include <QTest>

#include <chrono>
#include <optional>

using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

constexpr std::chrono::milliseconds instant{1767225600000};

Credentials example()
{
    return {u"ck_example_0123456789abcdef"_s, u"cs_example_DO_NOT_USE_fedcba9876543210"_s};
}

} // namespace

class TestSignature : public QObject
{
    Q_OBJECT

private slots:
    void vectors_data()
    {
        QTest::addColumn<bool>("isDelete");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("sign");
        const auto get = [](const char *name, const char *path, const char *query, const char *sign) {
            QTest::newRow(name) << false << QByteArray(path) << QByteArray(query) << QByteArray() << QByteArray(sign);
        };
        const auto del = [](const char *name, const char *path, const char *body, const char *sign) {
            QTest::newRow(name) << true << QByteArray(path) << QByteArray() << QByteArray(body) << QByteArray(sign);
        };
        del("V1", "/v1/perpum/order", R"({"id":"33309055657300001"})",
            "gpTdpAo9W4jT7IiOz4Nm5EKv/VhdYOfKn2uueoZlsUA=");
        del("V2", "/v1/perpum/order", R"({"id": "33309055657300001"})",
            "CAuq0vsXUpj5Eqn5IEHi/GR8yYCnDKTotfVplXX/MFg=");
        del("V3", "/v1/perpum/order", R"({"id":33309055657300001})", "UEvt08oKpD5O+8eZNFwQDP/jroODctWDkWTW5hnto2w=");
        get("V4", "/v1/perpum/orders/open", "instrument=BTC&positionType=plan&page=1&pageSize=50",
            "iW5BNvRYFwR4HQuvrrnfInpR8QI3BOVeOVlWRFhsb/I=");
        get("V5", "/v1/perpum/orders/open", "positionType=plan&instrument=BTC&page=1&pageSize=50",
            "XnVXvZ/76Rfif1k6QlpKK+dk4Y7s31cH2Iqr0nyF9sM=");
        get("V6", "/v1/perpum/orders/openQuantity", "", "wXjm9xm4enxXwg3j6khq/rzW03o95wULBPmaM5gmlJM=");
        get("V7", "/v1/perpum/order", "positionType=plan", "aEWzSIxlPxbl/U3/i0+1jM73Jr1LbFWTp0qXWKaP0O0=");
        get("V8", "/v1/perpum/order", "positionType=plan&sourceIds=33309055657300001,33309055657300002",
            "4b76y3/xwFHT5dOi6bG43M8M332mDxouxOUKKqDr1dc=");
        del("V9", "/v1/perpum/batchOrders", R"({"sourceIds":["33309055657300001","33309055657300002"]})",
            "SNv3LxEpcLiHOWn6DgIntnyPY2rnn4k4qC98ji9uDr4=");
        del("V10", "/v1/perpum/batchOrders",
            R"({"posType":"plan","sourceIds":["33309055657300001","33309055657300002"]})",
            "nGWHdOiaey4SAn8KIGVAlK4p1Htec9gYc8iL/oDFpZE=");
    }

    void vectors()
    {
        QFETCH(bool, isDelete);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, query);
        QFETCH(QByteArray, body);
        const ApiRequest request{isDelete ? Verb::Delete : Verb::Get, path, query, body, RateBucket::Cancel};
        const SignedHeaders headers = sign(request, example(), instant);
        QTEST(headers.sign, "sign");
        QCOMPARE(headers.apiKey, "ck_example_0123456789abcdef"_ba);
        QCOMPARE(headers.timestamp, "1767225600000"_ba);
    }

    void publicVector()
    {
        // A POST, which the client never sends: the same bytes by way of path and body.
        const ApiRequest request{Verb::Get, {}, {}, {}, RateBucket::Cancel};
        QCOMPARE(signedText(request, "1701945494169"_ba), "1701945494169GET"_ba);
        const ApiRequest post{Verb::Delete, "/v1/fapi/open"_ba, {}, R"({"instrument":"ADA"})"_ba, RateBucket::Cancel};
        const QByteArray text = signedText(post, "1701945494169"_ba).replace("DELETE", "POST");
        QCOMPARE(text, R"(1701945494169POST/v1/fapi/open{"instrument":"ADA"})"_ba);
        QCOMPARE(hmacBase64(text, Credentials({}, u"secret"_s)), "lHHB2LP6weApCS4ezLsIndvCuZNIEsMnvoB01/O7lXc="_ba);
    }

    void anyLength()
    {
        // RFC 4231, cases 2 and 6; the reference is Qt's for every length around the block of 64 bytes.
        QCOMPARE(
            QByteArray::fromBase64(hmacBase64("what do ya want for nothing?"_ba, Credentials({}, u"Jefe"_s))).toHex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"_ba);
        for (const int length : {1, 31, 32, 63, 64, 65, 100, 128, 131}) {
            const QByteArray secret(length, 'k');
            for (const int textLength : {0, 1, 55, 56, 64, 200}) {
                const QByteArray text(textLength, 't');
                QCOMPARE(hmacBase64(text, Credentials::fromUtf8({}, secret)),
                         QMessageAuthenticationCode::hash(text, secret, QCryptographicHash::Sha256).toBase64());
            }
        }
    }

    void leavesNoSecretBehind()
    {
        QByteArray secret = madeSecret(9);
        MemoryScan scan(secret);
        std::optional<Credentials> credentials(Credentials::fromUtf8("key", secret));
        wipe(secret);
        for (int i = 0; i < 100; ++i)
            sign(cancelRequest(OrderId(u"33309055657300001"_s)), *credentials, instant);
        QCOMPARE(scan.copies(), 1);
        credentials.reset();
        QCOMPARE(scan.copies(), 0);
    }

    void ownRequests()
    {
        const SignedHeaders cancel = sign(cancelRequest(OrderId(u"33309055657300001"_s)), example(), instant);
        QCOMPARE(cancel.sign, "gpTdpAo9W4jT7IiOz4Nm5EKv/VhdYOfKn2uueoZlsUA="_ba);
        QCOMPARE(sign(*listRequest(ListKind::Plan, {}, 1), example(), instant).sign,
                 "aEWzSIxlPxbl/U3/i0+1jM73Jr1LbFWTp0qXWKaP0O0="_ba);
        QCOMPARE(sign(countRequest(), example(), instant).sign, "wXjm9xm4enxXwg3j6khq/rzW03o95wULBPmaM5gmlJM="_ba);
    }
};

QTEST_GUILESS_MAIN(TestSignature)
#include "tst_signature.moc"

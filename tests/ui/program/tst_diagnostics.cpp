#include "local/eventlog.h"
#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "ui/program/diagnostics.h"
#include "workflow/orderfeed.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QUrl>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// A word as it is, and in the forms in which it could slip through.
QStringList formsOf(const QByteArray &word)
{
    const QString text = QString::fromUtf8(word);
    QByteArray json = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return {text, QString::fromLatin1(word.toBase64(QByteArray::OmitTrailingEquals)),
            QString::fromLatin1(word.toHex()), QString::fromLatin1(QUrl::toPercentEncoding(text)),
            QString::fromUtf8(json.sliced(2, json.size() - 4))};
}

} // namespace

class TestDiagnostics : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatIsAskedFor()
    {
        const QString text = diagnosticsText({.way = u"direct"_s,
                                              .keychain = u"ready"_s,
                                              .limits = u"48 of 50 calls free"_s,
                                              .events = {u"one"_s, u"two"_s}});
        for (const QString &line :
             {u"Countermand "_s, u"Qt: "_s, u"System: "_s, u"Platform: offscreen"_s, u"TLS: "_s, u"Way: direct"_s,
              u"Keychain: ready"_s, u"Limits: 48 of 50 calls free"_s, u"Last events: 2\n  one\n  two\n"_s})
            QVERIFY2(text.contains(line), qPrintable(text));
        QVERIFY(diagnosticsText({}).contains(u"Way: —"_s));
    }

    void namesNoUser()
    {
        const QString text = diagnosticsText({.events = {QDir::homePath() + u"/countermand"_s}});
        QVERIFY2(text.contains(u"~/countermand"_s), qPrintable(text));
    }

    void nothingSecretIsAmongTheEvents()
    {
        const EventLog log;
        const Credentials odd(u"ck\"/+odd&key_0123"_s, u"cs\\=/+odd&secret_4567"_s);
        for (const Credentials &credentials : {PracticeMarket::credentials(), odd}) {
            OpenSession open(Environment::Live, credentials);
            open.session->start({});
            const OrderFeed &feed = open.session->feed();
            QVERIFY(waitFor([&] { return feed.status().loaded || feed.status().keyRefused; }));
        }
        const QString text = diagnosticsText({.events = log.lastEvents()});
        QVERIFY2(text.contains(u"GET /v1/perpum/order"_s), qPrintable(text));
        for (const Credentials &credentials : {PracticeMarket::credentials(), odd}) {
            for (const QString &form : formsOf(credentials.key()) + formsOf(credentials.secret()))
                QVERIFY(!text.contains(form));
        }
        // A signature is base64 of 32 bytes, whatever it is of.
        static const QRegularExpression signature(u"[A-Za-z0-9+/]{43}(=|%3D)"_s);
        QVERIFY2(!signature.match(text).hasMatch(), qPrintable(text));
    }
};

QTEST_MAIN(TestDiagnostics)
#include "tst_diagnostics.moc"

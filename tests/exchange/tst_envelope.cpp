#include "exchange/envelope.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QMetaEnum>
#include <QObject>
#include <QTest>

#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;

Q_DECLARE_METATYPE(countermand::ApiError::Kind)
Q_DECLARE_METATYPE(countermand::ApiError::Cause)

namespace {

using Kind = ApiError::Kind;
using Cause = ApiError::Cause;
using Net = QNetworkReply::NetworkError;

Credentials keys()
{
    return {u"KEY-1234"_s, u"SECRET-5678"_s};
}

RawReply answer(const QByteArray &body, int status = 200, Verb verb = Verb::Delete)
{
    RawReply reply;
    reply.verb = verb;
    reply.bodyAskedFor = verb == Verb::Delete;
    reply.httpStatus = status;
    reply.body = body;
    reply.latency = 84ms;
    reply.clockDifference = 0ms;
    return reply;
}

/// As QNetworkAccessManager reports an HTTP status.
Net errorForStatus(int status)
{
    if (status == 401)
        return QNetworkReply::AuthenticationRequiredError;
    if (status == 403)
        return QNetworkReply::ContentAccessDenied;
    if (status == 404)
        return QNetworkReply::ContentNotFoundError;
    if (status == 400)
        return QNetworkReply::ProtocolInvalidOperationError;
    if (status == 500)
        return QNetworkReply::InternalServerError;
    if (status == 503)
        return QNetworkReply::ServiceUnavailableError;
    if (status >= 500)
        return QNetworkReply::UnknownServerError;
    return status >= 400 ? QNetworkReply::UnknownContentError : QNetworkReply::NoError;
}

} // namespace

class TestEnvelope : public QObject
{
    Q_OBJECT

private slots:
    void goodAnswers_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("data");
        QTest::newRow("number") << R"({"code":0,"data":{"value":2},"msg":""})"_ba << u"2"_s;
        QTest::newRow("text") << R"({"code":"0","data":{"value":"2"},"msg":"Success"})"_ba << u"2"_s;
        QTest::newRow("no data") << R"({"code":0,"msg":"Success"})"_ba << QString();
        QTest::newRow("blanks") << " \n{ \"code\" : 0, \"message\" : \"\" }\n"_ba << QString();
    }

    void goodAnswers()
    {
        QFETCH(QByteArray, body);
        const auto data = readEnvelope(answer(body), keys());
        QVERIFY(data);
        QTEST(data->toObject().value("value"_L1).toString(), "data");
        QCOMPARE(data->isUndefined(), data->toObject().isEmpty());
    }

    void ofAnOlderAnswerOnlyATimeThatIsRefusedIsBelieved()
    {
        const auto old = [](const QByteArray &body) {
            RawReply reply = answer(body);
            reply.bodyAskedFor = true;
            reply.isOlderThanLast = true;
            return readEnvelope(reply, keys());
        };
        for (const char *body : {R"({"code":0,"msg":"Success"})", R"({"code":9012,"msg":"Position not found."})"}) {
            const auto data = old(body);
            QVERIFY(!data);
            QCOMPARE(int(data.error().kind), int(ApiError::Kind::Unknown));
            QVERIFY(!data.error().code);
        }
        const auto data = old(R"({"code":6001,"msg":"signature error"})");
        QVERIFY(!data);
        QCOMPARE(int(data.error().kind), int(ApiError::Kind::Unauthorized));
        QCOMPARE(data.error().code.value_or(0), 6001);
    }

    void refusals_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, int status, const char *body, Kind kind, Cause cause, int code,
                            const char *message = "") {
            QTest::newRow(name) << status << QByteArray(body) << kind << cause << code << QString::fromUtf8(message);
        };
        const char *html = "<html><body>Access denied</body></html>";
        row("9012", 200, R"({"code":9012,"msg":"Position not found."})", Kind::Rejected, Cause::Refused, 9012,
            "Position not found.");
        row("9012 as text", 200, R"({"code":"9012","msg":"Position not found."})", Kind::Rejected, Cause::Refused,
            9012, "Position not found.");
        row("9012 http 400", 400, R"({"code":9012,"msg":"x"})", Kind::Rejected, Cause::Refused, 9012, "x");
        row("9111", 200, R"({"code":9111,"msg":"not tradable","data":null})", Kind::Rejected, Cause::Refused, 9111,
            "not tradable");
        row("1", 200, R"({"code":1,"msg":"invalid"})", Kind::Rejected, Cause::Refused, 1, "invalid");
        row("402", 200, R"({"code":402,"msg":"param required"})", Kind::Rejected, Cause::Refused, 402,
            "param required");
        row("904", 400, R"({"code":904,"msg":"Method parameters verification failed"})", Kind::Rejected,
            Cause::Refused, 904, "Method parameters verification failed");
        row("9001", 200, R"({"code":9001,"msg":"Contract not found."})", Kind::Rejected, Cause::Refused, 9001,
            "Contract not found.");
        row("9002", 200, R"({"code":9002,"msg":""})", Kind::Rejected, Cause::Refused, 9002);
        row("9016", 200, R"({"code":9016,"msg":"Incorrect parameter format/type or missing information."})",
            Kind::Rejected, Cause::Refused, 9016, "Incorrect parameter format/type or missing information.");
        row("9042", 200, R"({"code":9042,"msg":""})", Kind::Rejected, Cause::Refused, 9042);
        row("404", 404, R"({"code":404,"msg":"Requested address does not exist"})", Kind::Rejected, Cause::Refused,
            404, "Requested address does not exist");
        row("negative", 200, R"({"code":-1,"msg":"no"})", Kind::Rejected, Cause::Refused, -1, "no");
        row("29001", 200, R"({"code":29001,"msg":"API access frequently"})", Kind::Throttled, Cause::Refused, 29001,
            "API access frequently");
        row("29001 http 429", 429, R"({"code":29001,"msg":"API access frequently"})", Kind::Throttled, Cause::Refused,
            29001, "API access frequently");
        row("http 429", 429, html, Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("6000", 200, R"({"code":6000,"msg":"bad key"})", Kind::Unauthorized, Cause::Refused, 6000, "bad key");
        row("6001", 200, R"({"code":6001,"msg":"signature error"})", Kind::Unauthorized, Cause::Refused, 6001,
            "signature error");
        row("6003", 200, R"({"code":6003,"message":"require more permission","retry":false,"success":false})",
            Kind::Unauthorized, Cause::Refused, 6003, "require more permission");
        row("6099", 200, R"({"code":6099,"msg":""})", Kind::Unauthorized, Cause::Refused, 6099);
        row("6100", 200, R"({"code":6100,"msg":""})", Kind::Rejected, Cause::Refused, 6100);
        row("5999", 200, R"({"code":5999,"msg":""})", Kind::Rejected, Cause::Refused, 5999);
        row("http 401", 401, "", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("http 403 html", 403, html, Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("http 403 code", 403, R"({"code":6003,"message":"x"})", Kind::Unauthorized, Cause::Refused, 6003, "x");
        row("http 403 another code", 403, R"({"code":1,"msg":"x"})", Kind::Rejected, Cause::Refused, 1, "x");
        row("http 401 code", 401, R"({"code":6001,"msg":"x"})", Kind::Unauthorized, Cause::Refused, 6001, "x");
        row("500", 200, R"({"code":500,"msg":"Internal server error"})", Kind::Unknown, Cause::ServerError, 500,
            "Internal server error");
        row("http 500", 500, "", Kind::Unknown, Cause::ServerError, INT_MIN);
        row("http 502 html", 502, html, Kind::Unknown, Cause::ServerError, INT_MIN);
        row("http 503 and code 0", 503, R"({"code":0,"msg":"Success"})", Kind::Unknown, Cause::ServerError, INT_MIN,
            "Success");
        row("http 503 and code", 503, R"({"code":9012,"msg":"x"})", Kind::Unknown, Cause::ServerError, 9012, "x");
        row("302", 302, html, Kind::Unknown, Cause::Redirect, INT_MIN);
        row("307 and code 0", 307, R"({"code":0,"msg":""})", Kind::Unknown, Cause::Redirect, 0);
        row("304", 304, "", Kind::Unknown, Cause::Redirect, INT_MIN);
        row("html", 200, html, Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("html 404", 404, html, Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("code 0 in a 400", 400, R"({"code":0,"msg":""})", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("no text", 200, R"({"code":9012})", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("done without a text", 200, R"({"code":0,"data":null})", Kind::Malformed, Cause::Unreadable, INT_MIN);
        for (const int status : {401, 403, 404, 407, 418, 429, 451}) {
            // What stands between us and the exchange may speak JSON, and have codes of its own.
            const std::pair<const char *, const char *> answers[] = {
                {"", ""},
                {html, ""},
                {R"({"error":"denied"})", ""},
                {R"({"code":401,"msg":"Unauthorized"})", "Unauthorized"},
                {R"({"code":6099,"msg":"denied"})", "denied"},
                {R"({"code":10001,"message":"blocked"})", "blocked"}};
            for (const auto &[body, message] : answers)
                row(qPrintable(u"http %1 %2"_s.arg(status).arg(QLatin1StringView(body))), status, body,
                    Kind::Malformed, Cause::Unreadable, INT_MIN, message);
        }
        row("empty", 200, "", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("204", 204, "", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("array", 200, "[]", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("no code", 200, R"({"msg":"Success"})", Kind::Malformed, Cause::Unreadable, INT_MIN, "Success");
        row("code null", 200, R"({"code":null})", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("code false", 200, R"({"code":false})", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("code word", 200, R"({"code":"ok"})", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("code empty", 200, R"({"code":""})", Kind::Malformed, Cause::Unreadable, INT_MIN);
        for (const char *code : {"\"+0\"", "\" 0\"", "\"0 \"", "\"0x0\"", "\"-\"", "0e0", "\"٠\"", "[0]", "{}"})
            row(qPrintable(u"code %1"_s.arg(QString::fromUtf8(code))), 200,
                QByteArray("{\"msg\":\"\",\"code\":").append(code).append('}').constData(), Kind::Malformed,
                Cause::Unreadable, INT_MIN);
        row("code 0.0", 200, R"({"code":0.0})", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("code too long", 200, R"({"code":99999999999999999999})", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("garbage after", 200, R"({"code":0}x)", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("two", 200, R"({"code":0}{"code":0})", Kind::Malformed, Cause::Unreadable, INT_MIN);
        row("bad utf-8", 200, "{\"code\":0,\"msg\":\"\xff\xfe\"}", Kind::Malformed, Cause::Unreadable, INT_MIN);
    }

    void refusals()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(Kind, kind);
        QFETCH(Cause, cause);
        QFETCH(int, code);
        QFETCH(QString, message);
        for (const Verb verb : {Verb::Get, Verb::Delete}) {
            RawReply reply = answer(body, status, verb);
            reply.error = errorForStatus(status);
            const auto data = readEnvelope(reply, keys());
            QVERIFY(!data);
            QCOMPARE(int(data.error().kind), int(kind));
            QCOMPARE(int(data.error().cause), int(cause));
            QCOMPARE(data.error().code.value_or(INT_MIN), code);
            QCOMPARE(data.error().message, message);
            QCOMPARE(data.error().httpStatus, status);
            QCOMPARE(data.error().latency, 84ms);
            QCOMPARE(*data.error().clockDifference, 0ms);
        }
    }

    void transport_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<int>("status");
        QTest::addColumn<Kind>("get");
        QTest::addColumn<Cause>("getCause");
        QTest::addColumn<Cause>("notAskedCause");
        const auto row = [](Net error, int status, Kind get, Cause getCause, Cause notAsked = Cause::NoConnection) {
            const auto name = QMetaEnum::fromType<Net>().valueToKey(error);
            QTest::addRow("%s %d", name, status) << int(error) << status << get << getCause << notAsked;
        };
        row(QNetworkReply::ConnectionRefusedError, 0, Kind::NotSent, Cause::NoConnection);
        row(QNetworkReply::HostNotFoundError, 0, Kind::NotSent, Cause::NoConnection);
        row(QNetworkReply::TimeoutError, 0, Kind::NotSent, Cause::NoConnection);
        row(QNetworkReply::TemporaryNetworkFailureError, 0, Kind::NotSent, Cause::NoConnection);
        row(QNetworkReply::SslHandshakeFailedError, 0, Kind::NotSent, Cause::NotSecure, Cause::NotSecure);
        row(QNetworkReply::ProxyConnectionRefusedError, 0, Kind::NotSent, Cause::NoConnection);
        row(QNetworkReply::ProxyAuthenticationRequiredError, 407, Kind::NotSent, Cause::NoConnection);
        row(QNetworkReply::RemoteHostClosedError, 0, Kind::Unknown, Cause::ConnectionLost);
        row(QNetworkReply::OperationCanceledError, 0, Kind::Unknown, Cause::ConnectionLost);
        row(QNetworkReply::UnknownNetworkError, 0, Kind::Unknown, Cause::ConnectionLost);
        row(QNetworkReply::ContentReSendError, 0, Kind::Unknown, Cause::ConnectionLost);
    }

    void transport()
    {
        QFETCH(int, error);
        QFETCH(int, status);
        QFETCH(Kind, get);
        QFETCH(Cause, getCause);
        QFETCH(Cause, notAskedCause);
        RawReply reply = answer({}, status, Verb::Get);
        reply.error = Net(error);
        reply.errorText = u"no way through KEY-1234"_s;
        reply.reportedSent = true;
        const bool isProxys = reply.error == QNetworkReply::ProxyAuthenticationRequiredError;
        if (isProxys)
            reply.proxy = u"proxy.example:3128"_s;
        const auto read = readEnvelope(reply, keys());
        QCOMPARE(int(read.error().kind), int(get));
        QCOMPARE(int(read.error().cause), int(getCause));

        if (reply.error == QNetworkReply::RemoteHostClosedError ||
            reply.error == QNetworkReply::UnknownNetworkError) {
            reply.reportedSent = false;
            QCOMPARE(int(readEnvelope(reply, keys()).error().kind), int(Kind::NotSent));
        }

        // A cancel: only the body decides between "not sent" and "unknown".
        reply.verb = Verb::Delete;
        reply.bodyAskedFor = false;
        const auto notSent = readEnvelope(reply, keys());
        QCOMPARE(int(notSent.error().kind), int(Kind::NotSent));
        QCOMPARE(int(notSent.error().cause), int(notAskedCause));
        QCOMPARE(notSent.error().message,
                 isProxys ? u"proxy proxy.example:3128: no way through •••"_s : u"no way through •••"_s);
        QCOMPARE(notSent.error().latency, 0ms);

        reply.bodyAskedFor = true;
        const auto unknown = readEnvelope(reply, keys());
        QCOMPARE(int(unknown.error().kind), int(Kind::Unknown));
        QCOMPARE(int(unknown.error().cause), int(Cause::ConnectionLost));
        QCOMPARE(unknown.error().latency, 84ms);
    }

    void aGoodBodyThatIsNotWholeIsNoSuccess_data()
    {
        QTest::addColumn<int>("error");
        for (const Net error : {QNetworkReply::RemoteHostClosedError, QNetworkReply::UnknownNetworkError,
                                QNetworkReply::ContentReSendError, QNetworkReply::ProtocolFailure,
                                QNetworkReply::OperationCanceledError, QNetworkReply::TimeoutError})
            QTest::newRow(QMetaEnum::fromType<Net>().valueToKey(error)) << int(error);
    }

    void aGoodBodyThatIsNotWholeIsNoSuccess()
    {
        QFETCH(int, error);
        RawReply reply = answer(R"({"code":0,"msg":"Success"})"_ba);
        reply.error = Net(error);
        const auto data = readEnvelope(reply, keys());
        QVERIFY(!data);
        QVERIFY(data.error().kind == Kind::Unknown || data.error().kind == Kind::Malformed);
    }

    void aRedirectThatAskedForTheBodyAgain()
    {
        RawReply reply = answer({}, 307);
        reply.error = QNetworkReply::ContentReSendError;
        QCOMPARE(int(readEnvelope(reply, keys()).error().kind), int(Kind::Unknown));
        QCOMPARE(int(readEnvelope(reply, keys()).error().cause), int(Cause::Redirect));
    }

    void theProxyIsNamed()
    {
        RawReply reply = answer({}, 0);
        reply.bodyAskedFor = false;
        reply.error = QNetworkReply::UnknownNetworkError;
        reply.errorText = u"refused"_s;
        reply.proxy = u"proxy.example:3128"_s;
        QCOMPARE(readEnvelope(reply, keys()).error().message, u"proxy proxy.example:3128: refused"_s);
        reply.timedOut = true;
        reply.timeLimit = 8s;
        QCOMPARE(readEnvelope(reply, keys()).error().message, u"proxy proxy.example:3128: no connection in 8 s"_s);
        // The certificate's own fault is not the proxy's.
        reply.timedOut = false;
        reply.error = QNetworkReply::SslHandshakeFailedError;
        QCOMPARE(readEnvelope(reply, keys()).error().message, u"refused"_s);
    }

    void timeouts()
    {
        RawReply reply = answer({}, 0);
        reply.timedOut = true;
        reply.timeLimit = 8s;
        reply.error = QNetworkReply::OperationCanceledError;
        QCOMPARE(int(readEnvelope(reply, keys()).error().kind), int(Kind::Unknown));
        QCOMPARE(int(readEnvelope(reply, keys()).error().cause), int(Cause::Timeout));
        // A status line alone is no answer.
        reply.httpStatus = 200;
        QCOMPARE(int(readEnvelope(reply, keys()).error().cause), int(Cause::Timeout));
        reply.httpStatus = 0;
        reply.bodyAskedFor = false;
        const ApiError error = readEnvelope(reply, keys()).error();
        QCOMPARE(int(error.kind), int(Kind::NotSent));
        QCOMPARE(int(error.cause), int(Cause::NoConnection));
        QCOMPARE(error.message, u"no connection in 8 s"_s);
        // A read has no body: the network's own word tells whether it ever had a connection.
        reply.verb = Verb::Get;
        reply.timeLimit = 2500ms;
        reply.reportedSent = true;
        QCOMPARE(int(readEnvelope(reply, keys()).error().cause), int(Cause::Timeout));
        reply.reportedSent = false;
        QCOMPARE(int(readEnvelope(reply, keys()).error().kind), int(Kind::NotSent));
        QCOMPARE(readEnvelope(reply, keys()).error().message, u"no connection in 3 s"_s);
    }

    void tooLarge()
    {
        RawReply reply = answer(R"({"code":0})"_ba);
        reply.tooLarge = true;
        QCOMPARE(int(readEnvelope(reply, keys()).error().kind), int(Kind::Malformed));
        QCOMPARE(int(readEnvelope(reply, keys()).error().cause), int(Cause::Unreadable));
        QCOMPARE(readEnvelope(reply, keys()).error().largerThanMegabytes, std::optional(32));
        QVERIFY(!readEnvelope(answer("{}"), keys()).error().largerThanMegabytes);
    }

    void wrongDates()
    {
        RawReply reply;
        reply.error = QNetworkReply::SslHandshakeFailedError;
        reply.onlyDatesAreWrong = true;
        QVERIFY(readEnvelope(reply, keys()).error().onlyDatesAreWrong);
        reply.onlyDatesAreWrong = false;
        QVERIFY(!readEnvelope(reply, keys()).error().onlyDatesAreWrong);
        reply.error = QNetworkReply::ConnectionRefusedError;
        reply.onlyDatesAreWrong = true;
        QVERIFY(!readEnvelope(reply, keys()).error().onlyDatesAreWrong);
    }

    void noStatusAndNoError()
    {
        QCOMPARE(int(readEnvelope(answer({}, 0), keys()).error().kind), int(Kind::Malformed));
    }

    void messages_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("as sent") << u"Position “x” not found."_s << u"Position “x” not found."_s;
        QTest::newRow("lines") << u"a\nb\tc\r"_s << u"a b c"_s;
        QTest::newRow("controls") << u"a\u0000b\u001b[31mc\u007f"_s << u"ab[31mc"_s;
        QTest::newRow("directions") << u"abc\u202Edef\u200B\u2028g"_s << u"abcdefg"_s;
        QTest::newRow("key") << u"key KEY-1234 unknown"_s << u"key ••• unknown"_s;
        QTest::newRow("secret") << u"SECRET-5678!"_s << u"•••!"_s;
        QTest::newRow("hidden key") << u"KEY\u200B-12\u000034"_s << u"•••"_s;
        QTest::newRow("long") << QString(300, u'x') << QString(200, u'x');
        QTest::newRow("key at the cut") << QString(QString(196, u'x') + u"KEY-1234"_s)
                                        << QString(QString(196, u'x') + u"•••"_s);
        QTest::newRow("pair at the cut") << QString(QString(199, u'x') + u"\U0001F600yy"_s) << QString(199, u'x');
    }

    void messages()
    {
        QFETCH(QString, text);
        QTEST(presentable(text, keys()), "shown");
    }

    void prefersMsg()
    {
        const auto text = [](const QByteArray &body) { return readEnvelope(answer(body), keys()).error().message; };
        QCOMPARE(text(R"({"code":1,"msg":"a","message":"b"})"_ba), u"a"_s);
        QCOMPARE(text(R"({"code":1,"msg":"","message":"b"})"_ba), u"b"_s);
        QCOMPARE(text(R"({"code":1,"msg":null,"message":"b"})"_ba), u"b"_s);
        QCOMPARE(text(R"({"code":1,"msg":12.50})"_ba), u"12.50"_s);
    }
};

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"

#include "domain/qtversions.h"
#include "local/journalline.h"
#include "samplerecords.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestJournalLine : public QObject
{
    Q_OBJECT

private slots:
    void everyStageComesBack();
    void everyFieldComesBack();
    void absentStaysAbsent();
    void everyWordComesBack();
    void randomRecordsComeBack();
    void hasTheAgreedForm();
    void numbersAreText();
    void timesAreUtc();
    void refusesWhatIsNoRecord_data();
    void refusesWhatIsNoRecord();
    void everyTruncationIsRefused();
    void forgivesOptionalFields();
    void tellsLaterVersions();
};

namespace {

QJsonObject jsonOf(const CancelRecord &record)
{
    return QJsonDocument::fromJson(journalLine(record)).object();
}

QByteArray lineOf(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

/// Empty, or what is lost on the way to the line and back.
QString lost(const CancelRecord &record)
{
    const QByteArray line = journalLine(record);
    if (line.contains('\n') || line.contains('\r'))
        return u"more than one line"_s;
    const auto back = recordFromLine(line);
    if (!back)
        return u"unreadable"_s;
    return firstDifference(record, *back);
}

} // namespace

void TestJournalLine::everyStageComesBack()
{
    const QList<CancelStage> stages = allStages();
    for (const CancelStage stage : stages) {
        for (CancelRecord record : {smallestRecord(), fullestRecord()}) {
            record.stage = stage;
            QCOMPARE(lost(record), QString());
        }
    }
}

void TestJournalLine::everyFieldComesBack()
{
    const CancelRecord record = fullestRecord();
    QCOMPARE(lost(record), QString());
    const auto back = recordFromLine(journalLine(record));
    QVERIFY(back);
    QCOMPARE(back->order.id.text(), u"9223372036854775807"_s);
    QCOMPARE(back->order.price->toText(), u"95400.10"_s);
    QCOMPARE(back->order.triggerPrice->toText(), u"0.0000123"_s);
    QCOMPARE(back->order.takeProfitPrice->toText(), u"0.0000001"_s);
    QCOMPARE(back->outcome->code, 0);
    QCOMPARE(back->sentAt.toString(Qt::ISODateWithMs), u"2026-02-28T23:59:59.101Z"_s);
}

void TestJournalLine::absentStaysAbsent()
{
    const CancelRecord record = smallestRecord();
    QCOMPARE(lost(record), QString());
    const QJsonObject json = jsonOf(record);
    QCOMPARE(json.keys(), (QStringList{u"account"_s, u"cancel"_s, u"environment"_s, u"order"_s, u"program"_s,
                                       u"stage"_s, u"v"_s}));
    QCOMPARE(json["order"_L1].toObject().keys(), (QStringList{u"id"_s, u"type"_s}));
    const auto back = recordFromLine(journalLine(record));
    QVERIFY(back && !back->outcome && !back->order.price && !back->sentAt.isValid() && !back->order.positionSide);
}

void TestJournalLine::everyWordComesBack()
{
    CancelRecord record = fullestRecord();
    for (int i = 0; i <= int(Environment::Practice); ++i) {
        record.account.environment = Environment(i);
        QCOMPARE(lost(record), QString());
    }
    for (int i = 0; i <= int(OrderType::Other); ++i) {
        record.order.type = OrderType(i);
        QCOMPARE(lost(record), QString());
    }
    for (int i = 0; i <= int(CancelOutcomeKind::Unknown); ++i) {
        record.outcome->kind = CancelOutcomeKind(i);
        QCOMPARE(lost(record), QString());
    }
    for (int i = 0; i <= int(Refusal::RateLimit); ++i) {
        record.outcome->refusal = Refusal(i);
        QCOMPARE(lost(record), QString());
    }
    for (int i = 0; i <= int(ApiError::Cause::Unreadable); ++i) {
        record.outcome->cause = ApiError::Cause(i);
        QCOMPARE(lost(record), QString());
    }
    for (int i = 0; i <= int(SettledBy::History); ++i) {
        record.settledBy = SettledBy(i);
        QCOMPARE(lost(record), QString());
    }
    record.order.positionSide = PositionSide::Long;
    record.order.positionEffect = PositionEffect::Open;
    QCOMPARE(lost(record), QString());
    QCOMPARE(jsonOf(record)["order"_L1].toObject()["side"_L1].toString(), u"long"_s);
}

void TestJournalLine::randomRecordsComeBack()
{
    QRandomGenerator random(20260228);
    const auto text = [&] {
        QString result;
        for (int i = random.bounded(12); i > 0; --i) {
            char32_t c = random.bounded(0x2ffffu);
            if (c >= 0xd800 && c < 0xe000)
                c -= 0xd000;
            result += QString::fromUcs4(&c, 1);
        }
        return result;
    };
    const auto number = [&]() -> std::optional<Decimal> {
        if (random.bounded(4) == 0)
            return {};
        QString digits = QString::number(random.bounded(1000000)) + QString::number(random.bounded(100000));
        if (random.bounded(2) == 0)
            digits.insert(digits.size() / 2, u'.');
        if (digits.startsWith(u'.'))
            digits.prepend(u'0');
        return Decimal::fromText(digits);
    };
    const auto instant = [&] {
        return random.bounded(4) == 0
                   ? QDateTime()
                   : QDateTime::fromMSecsSinceEpoch(qint64(random.bounded(4102444800.0) * 1000), inUtc);
    };
    const auto stages = allStages();
    for (int i = 0; i < 500; ++i) {
        CancelRecord record = fullestRecord();
        record.cancelId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        record.stage = stages[random.bounded(int(stages.size()))];
        record.account.name = text();
        record.account.host = text();
        record.order.id = OrderId(u"x"_s + text());
        record.order.instrument = text();
        record.order.price = number();
        record.order.quantity = number();
        record.order.leverage = number();
        record.order.source = text();
        record.order.placedAt = instant();
        record.sentAt = instant();
        record.answeredAt = instant();
        record.averagePrice = number();
        record.reason = text();
        if (random.bounded(3) == 0) {
            record.outcome.reset();
        } else {
            record.outcome->message = text();
            record.outcome->code = random.bounded(2) == 0 ? std::optional<int>() : random.bounded(100000);
            record.outcome->cause.reset();
            record.outcome->clockDifference.reset();
        }
        QVERIFY2(lost(record).isEmpty(), qPrintable(lost(record) + u": "_s + QString::fromUtf8(journalLine(record))));
    }
}

void TestJournalLine::hasTheAgreedForm()
{
    const QJsonObject json = jsonOf(fullestRecord());
    QCOMPARE(json["v"_L1].toInt(), 1);
    QVERIFY(!json["program"_L1].toString().isEmpty());
    QCOMPARE(json["cancel"_L1].toString(), u"6f2b6c1e-7d1a-4d7e-9a53-0f1f6e2b8c11"_s);
    QCOMPARE(json["stage"_L1].toString(), stageWord(CancelStage::Rejected));
    QCOMPARE(json["environment"_L1].toString(), u"test"_s);
    QCOMPARE(json["host"_L1].toString(), u"127.0.0.1:8443"_s);
    QCOMPARE(json["account"_L1]["id"_L1].toString(), u"1d5c"_s);
    QCOMPARE(json["recordedAt"_L1].toString(), u"2026-02-28T23:59:59.100Z"_s);
    QCOMPARE(json["outcome"_L1]["kind"_L1].toString(), u"rejected"_s);
    QCOMPARE(json["outcome"_L1]["latencyMs"_L1].toInt(), 7999);
    QCOMPARE(json["filled"_L1].toString(), u"3.10"_s);
    QCOMPARE(json["settledBy"_L1].toString(), u"history"_s);
    QCOMPARE(jsonOf(smallestRecord())["environment"_L1].toString(), u"practice"_s);
}

void TestJournalLine::numbersAreText()
{
    const QJsonObject order = jsonOf(fullestRecord())["order"_L1].toObject();
    for (const auto name : {"id"_L1, "price"_L1, "triggerPrice"_L1, "quantity"_L1, "leverage"_L1})
        QVERIFY2(order[name].isString(), name.data());
    QVERIFY(journalLine(fullestRecord()).contains("\"price\":\"95400.10\""));
    QVERIFY(journalLine(fullestRecord()).contains("\"id\":\"9223372036854775807\""));
}

void TestJournalLine::timesAreUtc()
{
    CancelRecord record = smallestRecord();
    record.sentAt = QDateTime(QDate(2026, 3, 1), QTime(1, 30), QTimeZone(2 * 3600));
    QCOMPARE(jsonOf(record)["sentAt"_L1].toString(), u"2026-02-28T23:30:00.000Z"_s);
    const auto back = recordFromLine(journalLine(record));
    QVERIFY(back);
    QCOMPARE(back->sentAt, record.sentAt);
    QCOMPARE(back->sentAt.timeSpec(), Qt::UTC);
}

void TestJournalLine::refusesWhatIsNoRecord_data()
{
    QTest::addColumn<QByteArray>("line");
    const auto with = [](const QString &name, const QJsonValue &value) {
        QJsonObject json = jsonOf(fullestRecord());
        json[name] = value;
        return lineOf(json);
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blank") << QByteArray("  ");
    QTest::newRow("zeros") << QByteArray(300, '\0');
    QTest::newRow("words") << QByteArray("hello");
    QTest::newRow("array") << QByteArray("[1]");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("two objects") << journalLine(smallestRecord()) + journalLine(smallestRecord());
    QTest::newRow("no version") << with(u"v"_s, QJsonValue::Undefined);
    QTest::newRow("version 0") << with(u"v"_s, 0);
    QTest::newRow("version as text") << with(u"v"_s, u"1"_s);
    QTest::newRow("no cancel id") << with(u"cancel"_s, QJsonValue::Undefined);
    QTest::newRow("cancel id is a number") << with(u"cancel"_s, 5);
    QTest::newRow("no stage") << with(u"stage"_s, QJsonValue::Undefined);
    QTest::newRow("unknown stage") << with(u"stage"_s, u"teleported"_s);
    QTest::newRow("unknown environment") << with(u"environment"_s, u"moon"_s);
    QTest::newRow("no order") << with(u"order"_s, QJsonValue::Null);
    QTest::newRow("order without id") << with(u"order"_s, QJsonObject{{u"price"_s, u"1"_s}});
    QTest::newRow("unknown outcome") << with(u"outcome"_s, QJsonObject{{u"kind"_s, u"maybe"_s}});
}

void TestJournalLine::refusesWhatIsNoRecord()
{
    QFETCH(const QByteArray, line);
    QVERIFY(!recordFromLine(line));
    QVERIFY(readJournalLine(line).kind == JournalLineKind::Unreadable);
}

void TestJournalLine::everyTruncationIsRefused()
{
    const QByteArray line = journalLine(fullestRecord());
    for (qsizetype size = 0; size < line.size(); ++size)
        QVERIFY2(readJournalLine(QByteArrayView(line).first(size)).kind == JournalLineKind::Unreadable,
                 line.left(size).constData());
}

void TestJournalLine::forgivesOptionalFields()
{
    QJsonObject json = jsonOf(fullestRecord());
    QJsonObject order = json["order"_L1].toObject();
    order["price"_L1] = u"1,5"_s;
    order["side"_L1] = u"sideways"_s;
    json["order"_L1] = order;
    json["sentAt"_L1] = u"yesterday"_s;
    json["settledBy"_L1] = 7;
    json["later field"_L1] = QJsonObject{};
    const auto record = recordFromLine(lineOf(json) + "\r");
    QVERIFY(record);
    QVERIFY(!record->order.price && !record->order.positionSide && !record->sentAt.isValid());
    QVERIFY(record->settledBy == SettledBy::Nothing);
    QCOMPARE(record->order.id.text(), u"9223372036854775807"_s);
}

void TestJournalLine::tellsLaterVersions()
{
    QVERIFY(readJournalLine("{\"v\":2}").kind == JournalLineKind::Newer);
    QVERIFY(readJournalLine("{\"v\":99,\"cancel\":{}}").kind == JournalLineKind::Newer);
    QVERIFY(readJournalLine("{\"v\":2").kind == JournalLineKind::Unreadable);
}

QTEST_GUILESS_MAIN(TestJournalLine)
#include "tst_journalline.moc"

#include "domain/qtversions.h"
#include "tests/ui/cancelrecords.h"
#include "ui/activity/activitycsv.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// The cells of one line, read back as RFC 4180 says.
QStringList cells(const QString &line)
{
    QStringList found;
    QString cell;
    bool quoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        if (quoted && c == u'"' && line.sliced(i + 1).startsWith(u'"')) {
            cell += c;
            ++i;
        } else if (c == u'"') {
            quoted = !quoted;
        } else if (c == u',' && !quoted) {
            found.append(std::exchange(cell, {}));
        } else {
            cell += c;
        }
    }
    return found << cell;
}

} // namespace

class TestActivityCsv : public QObject
{
    Q_OBJECT

private slots:
    void formulasAreText_data();
    void formulasAreText();
    void oneRow();
    void idsForPrograms();
    void anAccountForgotten();
    void hostileText();
    void opensAsColumnsWhereItIsMade();
    void empty();
};

void TestActivityCsv::formulasAreText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("cell");
    QTest::newRow("plain") << u"BTC-USDT"_s << u"BTC-USDT"_s;
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("equals") << u"=HYPERLINK(1)"_s << u"'=HYPERLINK(1)"_s;
    QTest::newRow("plus") << u"+1"_s << u"'+1"_s;
    QTest::newRow("minus") << u"-1"_s << u"'-1"_s;
    QTest::newRow("at") << u"@SUM(A1)"_s << u"'@SUM(A1)"_s;
    QTest::newRow("tab") << u"\t=1"_s << u"'\t=1"_s;
    QTest::newRow("carriage return") << u"\r=1"_s << u"\"'\r=1\""_s;
    QTest::newRow("NUL") << QString(QChar(u'\0')) + u"=1"_s << u"'=1"_s;
    QTest::newRow("comma") << u"a,b"_s << u"\"a,b\""_s;
    QTest::newRow("quote") << u"say \"no\""_s << u"\"say \"\"no\"\"\""_s;
    QTest::newRow("line") << u"a\nb"_s << u"\"a\nb\""_s;
    QTest::newRow("formula with a comma") << u"=A1,B1"_s << u"\"'=A1,B1\""_s;
}

void TestActivityCsv::formulasAreText()
{
    QFETCH(QString, text);
    QTEST(csvText(text), "cell");
}

void TestActivityCsv::oneRow()
{
    CancelRecord record = recordAt(CancelStage::Canceled);
    record.order.id = OrderId(u"9223372036854775807"_s);
    record.order.price = Decimal::fromText(u"95400.10");
    record.order.quantity = Decimal(2500);
    record.order.remainingQuantity = Decimal(2500);
    record.outcome = accepted();
    record.sentAt = QDateTime(QDate(2026, 3, 4), QTime(13, 3, 22, 123), inUtc);
    record.settledBy = SettledBy::OpenList;
    const QByteArray csv = activityCsv({record}, CsvReader::Spreadsheet);
    QVERIFY(csv.endsWith("\r\n"));
    const QStringList lines = QString::fromUtf8(csv).split(u"\r\n"_s);
    QCOMPARE(lines.size(), 3);
    const QStringList names = cells(lines.at(0));
    const QStringList row = cells(lines.at(1));
    QCOMPARE(row.size(), names.size());
    const auto of = [&](const QString &name) { return row.at(names.indexOf(name)); };
    QCOMPARE(of(u"Time sent (UTC)"_s), u"2026-03-04T13:03:22.123Z"_s);
    QCOMPARE(of(u"Order ID"_s), u"'9223372036854775807"_s);
    QCOMPARE(of(u"Price"_s), u"95400.10"_s);
    QCOMPARE(of(u"Remaining"_s), u"2500"_s);
    QCOMPARE(of(u"Outcome"_s), u"Canceled"_s);
    QCOMPARE(of(u"Code"_s), u"0"_s);
    QCOMPARE(of(u"Latency (ms)"_s), u"84"_s);
    QCOMPARE(of(u"Environment"_s), u"live"_s);
    QCOMPARE(of(u"Settled by"_s), u"open list"_s);
}

void TestActivityCsv::idsForPrograms()
{
    CancelRecord record = recordAt(CancelStage::Canceled);
    record.account.environment = Environment::Practice;
    const QString csv = QString::fromUtf8(activityCsv({record}, CsvReader::Program));
    QVERIFY(csv.contains(u",33308741701971947,"_s));
    QVERIFY(csv.contains(u",practice,"_s));
}

void TestActivityCsv::anAccountForgotten()
{
    const QList<CancelRecord> records{recordAt(CancelStage::UnknownUnresolved), recordAt(CancelStage::Canceled)};
    const auto isAbandoned = [](const CancelRecord &record) { return record.stage != CancelStage::Canceled; };
    for (const CsvReader reader : {CsvReader::Program, CsvReader::Spreadsheet}) {
        const QByteArray csv = activityCsv(records, reader, QLocale::c(), isAbandoned);
        const QStringList lines = QString::fromUtf8(csv).split(u"\r\n"_s);
        const qsizetype outcome = cells(lines.at(0)).indexOf(u"Outcome"_s);
        QCOMPARE(cells(lines.at(1)).at(outcome), u"Never settled — account forgotten"_s);
        QCOMPARE(cells(lines.at(2)).at(outcome), u"Canceled"_s);
    }
}

void TestActivityCsv::hostileText()
{
    CancelRecord record = recordAt(CancelStage::Rejected);
    CancelOutcome outcome;
    outcome.kind = CancelOutcomeKind::Rejected;
    outcome.refusal = Refusal::Other;
    outcome.code = 9111;
    outcome.message = u"=cmd|' /C calc'!A0, \"x\""_s;
    record.outcome = outcome;
    record.account.name = u"+Main"_s;
    record.order.id = OrderId(u"=1+1"_s);
    const QStringList lines = QString::fromUtf8(activityCsv({record}, CsvReader::Program)).split(u"\r\n"_s);
    const QStringList row = cells(lines.at(1));
    QVERIFY(row.contains(u"'=cmd|' /C calc'!A0, \"x\""_s));
    QVERIFY(row.contains(u"'+Main"_s));
    QVERIFY(row.contains(u"'=1+1"_s));
    for (const QString &cell : row)
        QVERIFY2(cell.isEmpty() || !u"=+@"_s.contains(cell.front()), qPrintable(cell));
}

void TestActivityCsv::opensAsColumnsWhereItIsMade()
{
    CancelRecord record = recordAt(CancelStage::Canceled);
    record.order.price = Decimal::fromText(u"95400.10");
    record.account.name = u"a;b"_s;
    const QByteArray csv = activityCsv({record}, CsvReader::Spreadsheet, QLocale(QLocale::German));
    QVERIFY(csv.startsWith("\xef\xbb\xbfTime sent (UTC);Time sent (local);Account;"));
    QVERIFY2(csv.contains(";95400,10;"), csv.constData());
    QVERIFY2(csv.contains(";\"a;b\";"), csv.constData());
    // Where numbers have a point cells have commas; and a program reads the same everywhere.
    const QByteArray english = activityCsv({record}, CsvReader::Spreadsheet, QLocale(QLocale::English));
    QVERIFY(english.startsWith("\xef\xbb\xbfTime sent (UTC),"));
    QVERIFY(english.contains(",95400.10,"));
    QCOMPARE(activityCsv({record}, CsvReader::Program, QLocale(QLocale::German)),
             activityCsv({record}, CsvReader::Program));
    QVERIFY(activityCsv({record}, CsvReader::Program).startsWith("Time sent (UTC),"));
}

void TestActivityCsv::empty()
{
    QCOMPARE(activityCsv({}, CsvReader::Spreadsheet).count('\n'), 1);
}

QTEST_GUILESS_MAIN(TestActivityCsv)
#include "tst_activitycsv.moc"

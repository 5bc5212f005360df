#include "domain/qtversions.h"
#include "tests/ui/cancelrecords.h"
#include "ui/activity/recordsmodel.h"
#include "ui/look/theme.h"

#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Arrangement = RecordsModel::Arrangement;
using Column = RecordsModel::Column;

namespace {

CancelRecord named(const QString &cancelId, CancelStage stage)
{
    CancelRecord record = recordAt(stage);
    record.cancelId = cancelId;
    return record;
}

QString idsOf(const RecordsModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.recordAt(row).cancelId);
    return ids.join(u' ');
}

QString cell(const RecordsModel &model, int row, Column column, int role = Qt::DisplayRole)
{
    return model.data(model.index(row, column), role).toString();
}

} // namespace

class TestRecordsModel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("TZ", "CET-1"); }
    void arrangements();
    void newsChangesItsRowOnly();
    void aNewCancelComesWhereTheNewestStand();
    void words_data();
    void words();
    void timeOfOneThatNeverLeft();
    void messageIsTheExchangesElseOurs();
    void practiceNamesItselfOnce();
    void screenReadersHearTheColumn();
    void numbersStandRight();
    void sidesHaveTheirColors();
    void ofAForgottenAccountNothingIsToCome();
};

void TestRecordsModel::ofAForgottenAccountNothingIsToCome()
{
    RecordsModel model(Arrangement::AsGiven);
    model.setAbandoned([](const CancelRecord &record) { return record.cancelId == "a"_L1; });
    model.setRecords({named(u"a"_s, CancelStage::UnknownChecking), named(u"b"_s, CancelStage::UnknownChecking)});
    QCOMPARE(cell(model, 0, Column::Outcome), u"Never settled — account forgotten"_s);
    QCOMPARE(cell(model, 0, Column::Outcome, Qt::AccessibleTextRole),
             u"Outcome: Never settled — account forgotten"_s);
    QVERIFY(cell(model, 0, Column::Message).contains(u"“Clear” removes it"_s));
    QCOMPARE(cell(model, 1, Column::Outcome), u"Unknown — checking…"_s);
}

void TestRecordsModel::arrangements()
{
    const QList<CancelRecord> records{named(u"a"_s, CancelStage::Canceled), named(u"b"_s, CancelStage::Rejected)};
    RecordsModel newest(Arrangement::NewestFirst);
    newest.setRecords(records);
    QCOMPARE(idsOf(newest), u"b a"_s);
    RecordsModel given(Arrangement::AsGiven);
    given.setRecords(records);
    QCOMPARE(idsOf(given), u"a b"_s);
    QCOMPARE(given.columnCount(), int(RecordsModel::ColumnCount));
    given.setRecords({});
    QCOMPARE(given.rowCount(), 0);
}

void TestRecordsModel::newsChangesItsRowOnly()
{
    for (const auto arrangement : {Arrangement::NewestFirst, Arrangement::AsGiven}) {
        RecordsModel model(arrangement);
        model.setRecords({named(u"a"_s, CancelStage::Sending), named(u"b"_s, CancelStage::Sending),
                          named(u"c"_s, CancelStage::Sending)});
        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.put(named(u"a"_s, CancelStage::Canceled));
        QCOMPARE(changed.size(), 1);
        const int row = arrangement == Arrangement::NewestFirst ? 2 : 0;
        QCOMPARE(changed.first().at(0).toModelIndex(), model.index(row, 0));
        QCOMPARE(changed.first().at(1).toModelIndex(), model.index(row, RecordsModel::ColumnCount - 1));
        QCOMPARE(cell(model, row, Column::Outcome), u"Canceled"_s);
        QCOMPARE(model.rowCount(), 3);
    }
}

void TestRecordsModel::aNewCancelComesWhereTheNewestStand()
{
    RecordsModel model(Arrangement::NewestFirst);
    model.setRecords({named(u"a"_s, CancelStage::Canceled)});
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.put(named(u"b"_s, CancelStage::Sending));
    QCOMPARE(inserted.first().at(1).toInt(), 0);
    QCOMPARE(idsOf(model), u"b a"_s);
    // Its place is known from now on.
    model.put(named(u"b"_s, CancelStage::Canceled));
    QCOMPARE(idsOf(model), u"b a"_s);

    RecordsModel given(Arrangement::AsGiven);
    given.setRecords({named(u"a"_s, CancelStage::Canceled)});
    given.put(named(u"b"_s, CancelStage::Sending));
    QCOMPARE(idsOf(given), u"a b"_s);
}

void TestRecordsModel::words_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    const auto row = [](Column column, const QString &name, const QString &text) {
        QTest::newRow(qPrintable(name)) << int(column) << name << text;
    };
    row(Column::TimeSent, u"Time sent"_s, u"2026-03-04 14:03:22"_s);
    row(Column::AccountName, u"Account"_s, u"Main account (LIVE)"_s);
    row(Column::Instrument, u"Instrument"_s, u"BTC-USDT"_s);
    row(Column::Side, u"Side"_s, u"▲ Open long"_s);
    row(Column::Remaining, u"Remaining"_s, u"5 of 5 cont."_s);
    row(Column::Price, u"Price"_s, u"64,210.0"_s);
    row(Column::Id, u"Order ID"_s, u"33308741701971947"_s);
    row(Column::Outcome, u"Outcome"_s, u"Not canceled — rejected"_s);
    row(Column::Code, u"Code"_s, u"9111"_s);
    row(Column::Message, u"Message"_s, u"Not tradable"_s);
    row(Column::Latency, u"Latency"_s, u"84 ms"_s);
    row(Column::Settled, u"Settled by"_s, u"answer"_s);
}

void TestRecordsModel::words()
{
    QFETCH(int, column);
    QFETCH(QString, name);
    QFETCH(QString, text);
    CancelRecord record = with(recordAt(CancelStage::Rejected), refused(Refusal::Other, 9111, u"Not tradable"_s));
    record.outcome->latency = 84ms;
    record.recordedAt = QDateTime(QDate(2026, 3, 4), QTime(13, 3, 20), inUtc);
    record.sentAt = QDateTime(QDate(2026, 3, 4), QTime(13, 3, 22), inUtc);
    record.settledBy = SettledBy::Answer;
    RecordsModel model(Arrangement::AsGiven);
    model.setRecords({record});
    QCOMPARE(cell(model, 0, Column(column)), text);
    QCOMPARE(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), name);
    // Nothing is known before there is an answer, and nothing is made up.
    model.setRecords({recordAt(CancelStage::Waiting)});
    if (column == Column::Code || column == Column::Latency || column == Column::Settled)
        QCOMPARE(cell(model, 0, Column(column)), QString());
}

void TestRecordsModel::timeOfOneThatNeverLeft()
{
    CancelRecord record = recordAt(CancelStage::NotSent);
    record.recordedAt = QDateTime(QDate(2026, 3, 4), QTime(13, 3, 20), inUtc);
    QCOMPARE(RecordsModel::text(record, Column::TimeSent), u"2026-03-04 14:03:20"_s);
}

void TestRecordsModel::messageIsTheExchangesElseOurs()
{
    const CancelRecord silent = with(recordAt(CancelStage::Canceled), accepted());
    QVERIFY(silent.outcome->message.isEmpty());
    // Every word of it stands in other columns.
    QCOMPARE(RecordsModel::text(silent, Column::Message), QString());
    CancelRecord doubtful = recordAt(CancelStage::CanceledFillUnknown);
    doubtful.reason = u"6003 no permission"_s;
    QCOMPARE(RecordsModel::text(doubtful, Column::Message),
             u"gone, but how much had filled is not known (6003 no permission)."_s);
    const CancelRecord http = with(recordAt(CancelStage::Rejected), refused(Refusal::SignIn, {}, {}, 401));
    QCOMPARE(RecordsModel::text(http, Column::Code), u"HTTP 401"_s);
    // The whole sentence is in the tooltip.
    RecordsModel model(Arrangement::AsGiven);
    model.setRecords({silent});
    QVERIFY(cell(model, 0, Column::Outcome, Qt::ToolTipRole).contains(u"…1947"_s));
    QCOMPARE(cell(model, 0, Column::Message, Qt::ToolTipRole), cell(model, 0, Column::Outcome, Qt::ToolTipRole));
}

void TestRecordsModel::practiceNamesItselfOnce()
{
    CancelRecord record = recordAt(CancelStage::Canceled);
    record.account = {u"practice"_s, u"Practice"_s, Environment::Practice, u"practice.invalid"_s, 0};
    QCOMPARE(RecordsModel::text(record, Column::AccountName), u"Practice"_s);
    QCOMPARE(RecordsModel::text(record, Column::Outcome), u"Canceled"_s);
}

void TestRecordsModel::screenReadersHearTheColumn()
{
    RecordsModel model(Arrangement::AsGiven);
    model.setRecords({with(recordAt(CancelStage::Canceled), accepted())});
    for (int column = 0; column < RecordsModel::ColumnCount; ++column)
        QCOMPARE(cell(model, 0, Column(column), Qt::AccessibleTextRole),
                 u"%1: %2"_s.arg(RecordsModel::columnName(Column(column)), cell(model, 0, Column(column))));
    QVERIFY(!model.data(model.index(0, Column::Outcome), Qt::DecorationRole).isNull());
    QVERIFY(model.data(model.index(0, Column::Id), Qt::DecorationRole).isNull());
}

void TestRecordsModel::numbersStandRight()
{
    RecordsModel model(Arrangement::AsGiven);
    model.setRecords({recordAt(CancelStage::Canceled)});
    for (int column = 0; column < RecordsModel::ColumnCount; ++column) {
        const bool right = column == Column::Remaining || column == Column::Price || column == Column::Latency;
        const int cells = model.data(model.index(0, column), Qt::TextAlignmentRole).toInt();
        QCOMPARE(bool(cells & Qt::AlignRight), right);
        QCOMPARE(model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt(), cells);
    }
}

void TestRecordsModel::sidesHaveTheirColors()
{
    CancelRecord buys = recordAt(CancelStage::Canceled);
    buys.order.positionSide = PositionSide::Long;
    buys.order.positionEffect = PositionEffect::Open;
    CancelRecord sells = buys;
    sells.cancelId += u'2';
    sells.order.positionEffect = PositionEffect::Close;
    CancelRecord unknown = buys;
    unknown.cancelId += u'3';
    unknown.order.positionSide.reset();
    RecordsModel model(Arrangement::AsGiven);
    model.setRecords({buys, sells, unknown});
    const auto ink = [&model](int row, Column column) {
        return model.data(model.index(row, column), Qt::ForegroundRole);
    };
    const QPalette palette = QGuiApplication::palette();
    const Theme &theme = themeOf(palette);
    QCOMPARE(ink(0, Column::Side).value<QColor>(), theme.buy);
    QCOMPARE(ink(1, Column::Side).value<QColor>(), theme.sell);
    QVERIFY(ink(2, Column::Side).isNull());
    QVERIFY(ink(0, Column::Price).isNull());
}

QTEST_MAIN(TestRecordsModel)
#include "tst_recordsmodel.moc"

#include "practiceline.h"
#include "tests/support/waiting.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestPracticeCommands : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_line = std::make_unique<practicecall::Line>(); }
    void cleanup() { m_line.reset(); }

    void tellsWhenTheChoiceFallsBack();
    void performsEveryCommand();
    void positionsComeAndGo();
    void anEditIsAnotherOrder();

private:
    std::unique_ptr<practicecall::Line> m_line;
};

namespace {

const QByteArray plain = "P-33308741700007828";
const QByteArray second = "P-33308741700003155";

} // namespace

void TestPracticeCommands::tellsWhenTheChoiceFallsBack()
{
    QSignalSpy changed(&m_line->network, &PracticeNetwork::nextAnswerChanged);
    m_line->network.setNextAnswer(PracticeAnswer::Rejected);
    m_line->network.setNextAnswer(PracticeAnswer::Rejected);
    QCOMPARE(changed.size(), 1);
    QNetworkReply *reply = m_line->cancel(plain);
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.at(1).at(0).value<PracticeAnswer>(), PracticeAnswer::Normal);

    m_line->network.perform(PracticeCommand::RepeatForAll);
    m_line->network.setNextAnswer(PracticeAnswer::RateLimit);
    QNetworkReply *refused = m_line->cancel(plain);
    QTRY_VERIFY(refused->isFinished());
    QCOMPARE(changed.size(), 3);
    QCOMPARE(m_line->network.nextAnswer(), PracticeAnswer::RateLimit);
    m_line->network.perform(PracticeCommand::Reset);
    QCOMPARE(changed.size(), 4);
    QVERIFY(!m_line->network.isOn(PracticeCommand::RepeatForAll));
}

void TestPracticeCommands::performsEveryCommand()
{
    QSignalSpy switches(&m_line->network, &PracticeNetwork::switchesChanged);
    QSignalSpy markets(&m_line->network, &PracticeNetwork::marketChanged);
    const OrderId id(QString::fromLatin1(second));
    const auto remaining = [this, &id]() -> qint64 {
        for (const PracticeOrder &order : m_line->network.market().orders()) {
            if (order.id == id)
                return order.remaining();
        }
        return -1;
    };
    const auto after = [this, &remaining](int seconds) {
        m_line->now = m_line->now.addSecs(seconds);
        QNetworkReply *reply = m_line->get("/v1/perpum/orders/openQuantity");
        [reply] { QTRY_VERIFY(reply->isFinished()); }();
        return remaining();
    };

    m_line->network.perform(PracticeCommand::FillPartly, id);
    QCOMPARE(remaining(), 7);
    m_line->network.perform(PracticeCommand::FillPartlyIn3s, id);
    QCOMPARE(remaining(), 7);
    QCOMPARE(after(3), 5);
    m_line->network.perform(PracticeCommand::FillFullyIn3s, id);
    QCOMPARE(after(2), 5);
    QCOMPARE(after(1), -1);
    m_line->network.perform(PracticeCommand::Reset);
    m_line->network.perform(PracticeCommand::FillFully, id);
    QCOMPARE(remaining(), -1);
    m_line->network.perform(PracticeCommand::Reset);
    m_line->network.perform(PracticeCommand::RemoveElsewhere, id);
    QCOMPARE(remaining(), -1);
    m_line->network.perform(PracticeCommand::Reset);
    m_line->network.perform(PracticeCommand::RemoveElsewhereIn3s, id);
    QCOMPARE(after(2), 10);
    QCOMPARE(after(1), -1);
    m_line->network.perform(PracticeCommand::AddOlder);
    m_line->network.perform(PracticeCommand::Add15);
    QCOMPARE(m_line->network.market().orders().size(), 23);
    m_line->network.perform(PracticeCommand::FillPartly);
    m_line->network.perform(PracticeCommand::RemoveElsewhere);
    QCOMPARE(m_line->network.market().orders().size(), 23);
    QCOMPARE(switches.size(), 3);
    QCOMPARE(markets.size(), 10);

    for (PracticeCommand command : {PracticeCommand::RepeatForAll, PracticeCommand::MarketMoves,
                                    PracticeCommand::GoOffline, PracticeCommand::PositionsUnreadable}) {
        QVERIFY(!m_line->network.isOn(command));
        m_line->network.perform(command);
        QVERIFY(m_line->network.isOn(command));
    }
    QCOMPARE(switches.size(), 7);
    m_line->network.perform(PracticeCommand::Reset);
    for (PracticeCommand command : {PracticeCommand::RepeatForAll, PracticeCommand::MarketMoves,
                                    PracticeCommand::GoOffline, PracticeCommand::PositionsUnreadable})
        QVERIFY(!m_line->network.isOn(command));
    QCOMPARE(m_line->network.market().orders().size(), 8);
}

void TestPracticeCommands::positionsComeAndGo()
{
    const auto rows = [this] {
        QNetworkReply *reply = m_line->get("/v1/perpum/positions/all");
        [reply] { QTRY_VERIFY(reply->isFinished()); }();
        QStringList positions;
        const QJsonArray data = QJsonDocument::fromJson(reply->readAll()).object().value("data"_L1).toArray();
        for (const QJsonValue row : data)
            positions.append(u"%1 %2 %3"_s.arg(row["instrument"_L1].toString(), row["direction"_L1].toString())
                                 .arg(row["currentPiece"_L1].toInteger()));
        return positions;
    };
    const QStringList start{u"SOL long 20"_s, u"BTC long 4"_s, u"BTC short 2"_s};
    QCOMPARE(rows(), start);
    // A fill opens what an order opens, and closes what it closes.
    m_line->network.perform(PracticeCommand::FillFully, OrderId(QString::fromLatin1(second)));
    QCOMPARE(rows(), (QStringList{u"SOL long 20"_s, u"BTC long 14"_s, u"BTC short 2"_s}));
    m_line->network.perform(PracticeCommand::FillFully, OrderId(QString::fromLatin1(plain)));
    QCOMPARE(rows().constLast(), u"ETH short 4"_s);
    m_line->network.perform(PracticeCommand::FillFully, OrderId(u"P-33308741700005512"_s));
    QCOMPARE(rows().constFirst(), u"BTC long 14"_s);

    m_line->network.perform(PracticeCommand::Reset);
    m_line->network.perform(PracticeCommand::ClosePosition, OrderId(u"P-33308741700002046"_s));
    QCOMPARE(rows(), (QStringList{u"SOL long 20"_s, u"BTC long 4"_s}));
    m_line->network.perform(PracticeCommand::ClosePosition);
    QCOMPARE(rows(), QStringList(u"BTC long 4"_s));
    m_line->network.perform(PracticeCommand::AddOrphan);
    const PracticeOrder &orphan = m_line->network.market().orders().constLast();
    QCOMPARE(orphan.effect, PositionEffect::Close);
    QVERIFY(std::none_of(m_line->network.market().book().positions().cbegin(),
                         m_line->network.market().book().positions().cend(),
                         [&orphan](const PracticePosition &position) { return position.isOf(orphan); }));
    m_line->network.perform(PracticeCommand::PositionsUnreadable);
    QCOMPARE(rows(), QStringList());
    m_line->network.perform(PracticeCommand::Reset);
    QCOMPARE(rows(), start);
}

void TestPracticeCommands::anEditIsAnotherOrder()
{
    const OrderId id(QString::fromLatin1(second));
    m_line->network.perform(PracticeCommand::EditElsewhere, id);
    const QList<PracticeOrder> &orders = m_line->network.market().orders();
    QCOMPARE(orders.size(), 8);
    QVERIFY(
        std::none_of(orders.cbegin(), orders.cend(), [&id](const PracticeOrder &order) { return order.id == id; }));
    QCOMPARE(orders.constLast().price, u"63500.1"_s);
    QCOMPARE(orders.constLast().total, 10);
    QNetworkReply *gone = m_line->cancel(second);
    QTRY_VERIFY(gone->isFinished());
    QVERIFY(gone->readAll().contains("9012"));
}

QTEST_GUILESS_MAIN(TestPracticeCommands)
#include "tst_practicecommands.moc"

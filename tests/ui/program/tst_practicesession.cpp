#include "exchange/coinwclient.h"
#include "local/journal.h"
#include "practice/practicemarket.h"
#include "practice/practicenetwork.h"
#include "tests/support/waiting.h"
#include "ui/program/practicemenu.h"
#include "ui/window/mainwindow.h"
#include "workflow/cancelworkflow.h"
#include "workflow/orderfeed.h"
#include "workflow/session.h"

#include <QAction>
#include <QDateTime>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

/// A session with the practice exchange, and the menu that changes that exchange.
class TestPracticeSession : public QObject
{
    Q_OBJECT

private slots:
    /// Reset puts the same orders back: a cancel told before is no longer contradicted by them.
    void resetContradictsNoEarlierCancel()
    {
        QTemporaryDir folder;
        QVERIFY(folder.isValid());
        Journal journal = Journal::open(folder.path(), QDateTime::currentDateTimeUtc());
        const Account account{u"practice"_s, u"Practice"_s, Environment::Practice, PracticeMarket::baseUrl().host(),
                              0};
        auto *network = new PracticeNetwork;
        auto client = std::make_unique<CoinwClient>(*network, Endpoint{PracticeMarket::baseUrl()},
                                                    CoinwClient::Timing{}, QSslConfiguration::defaultConfiguration());
        client->setCredentials(PracticeMarket::credentials());
        network->setParent(client.get());
        Session session(account, std::move(client), journal);
        MainWindow window;
        fillPracticeMenu(window, *network, session);
        session.start({});

        const OrderId id(u"P-33308741700007828"_s);
        QTRY_VERIFY(session.cancels().prepare(id));
        const auto submission = session.cancels().submit(*session.cancels().prepare(id), RecordPolicy::Required);
        QCOMPARE(submission.state, CancelWorkflow::Submitted::Queued);
        const QString cancel = submission.cancelIds.constFirst();
        const auto stage = [&] { return session.cancels().record(cancel).value_or(CancelRecord{}).stage; };
        QTRY_COMPARE(stage(), CancelStage::Canceled);

        auto *reset = window.findChild<QAction *>(u"practice_reset"_s);
        QVERIFY(reset);
        reset->trigger();
        QVERIFY(!session.cancels().record(cancel));
        QTRY_VERIFY(session.cancels().prepare(id));
    }
};

QTEST_MAIN(TestPracticeSession)
#include "tst_practicesession.moc"

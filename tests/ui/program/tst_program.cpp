#include "ui/program/options.h"
#include "ui/program/program.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// Every limit of patience in this test.
constexpr int patience = 60000;

QAction *actionOf(const QWidget &window, const QString &text)
{
    for (QAction *action : window.findChildren<QAction *>()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

} // namespace

/// The whole program but for main(), on a data folder of its own and without a keychain.
class TestProgram : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void practiceOpensFromTheWelcomePage();
    void firstStepsCloseIt();

private:
    void openPractice();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    MainWindow *m_window = nullptr;
};

void TestProgram::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_program = std::make_unique<Program>(*qApp, Options{}, m_folder->path());
    m_window = nullptr;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<MainWindow *>(widget))
            m_window = window;
    }
    QVERIFY(m_window);
    m_window->show();
}

void TestProgram::cleanup()
{
    m_program.reset();
    m_folder.reset();
}

void TestProgram::openPractice()
{
    auto *button = m_window->findChild<QPushButton *>(u"welcomePracticeButton"_s);
    QVERIFY(button);
    button->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<QPushButton *>(u"cancelAllButton"_s)->isEnabled(), patience);
}

void TestProgram::practiceOpensFromTheWelcomePage()
{
    QCOMPARE(m_window->windowTitle(), u"Countermand"_s);
    QVERIFY(!actionOf(*m_window, u"Practice"_s)->isVisible());
    openPractice();
    QVERIFY2(m_window->windowTitle().startsWith(u"PRACTICE — "_s), qPrintable(m_window->windowTitle()));
    // Its menu and its line among the accounts.
    int shown = 0;
    int current = 0;
    for (const QAction *action : m_window->findChildren<QAction *>()) {
        if (action->text() == "Practice"_L1) {
            shown += action->isVisible();
            current += action->isChecked();
        }
    }
    QCOMPARE(shown, 2);
    QCOMPARE(current, 1);
    QVERIFY(actionOf(*m_window, u"Refresh"_s)->isEnabled());
    // Practice has no keys to lock away.
    QVERIFY(!actionOf(*m_window, u"Lock now"_s)->isEnabled());
}

void TestProgram::firstStepsCloseIt()
{
    openPractice();
    actionOf(*m_window, u"First steps"_s)->trigger();
    QCOMPARE(m_window->windowTitle(), u"Countermand"_s);
    QVERIFY(m_window->findChild<QPushButton *>(u"welcomePracticeButton"_s)->isVisible());
    QVERIFY(!actionOf(*m_window, u"Refresh"_s)->isEnabled());
}

QTEST_MAIN(TestProgram)
#include "tst_program.moc"

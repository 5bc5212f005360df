#include "local/keychainstore.h"
#include "tests/support/waiting.h"
#include "ui/look/accesskeys.h"
#include "ui/look/theme.h"
#include "ui/program/options.h"
#include "ui/program/program.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QPointer>
#include <QPushButton>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_LINUX
#include <sys/inotify.h>
#include <unistd.h>
#endif

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

QAction *actionOf(const QWidget &window, const QString &text)
{
    for (QAction *action : window.findChildren<QAction *>()) {
        if (withoutAccessKey(action->text()) == text)
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
    void firstStepsCloseNothing();
    void bothPlacesAgreeOnTheTheme();
    void oneChangeIsOneWrite();
    void choicesAreThereAgain();
    void instantCancelHasOneOwner();
    void activityIsThereAgain();

private:
    void findWindow();
    void openPractice();
    /// Preferences as opened anew.
    QDialog *openPreferences() const;
    /// The theme that the menu shows as chosen; empty unless exactly one is.
    QString themeOfMenu() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    MainWindow *m_window = nullptr;
};

void TestProgram::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_program = std::make_unique<Program>(*qApp, Options{}, m_folder->path(), std::make_unique<KeychainStore>());
    findWindow();
}

void TestProgram::findWindow()
{
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
    QTRY_VERIFY(m_window->findChild<QPushButton *>(u"cancelAllButton"_s)->isEnabled());
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
        if (withoutAccessKey(action->text()) == "Practice"_L1) {
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

void TestProgram::firstStepsCloseNothing()
{
    openPractice();
    const QString title = m_window->windowTitle();
    actionOf(*m_window, u"First steps"_s)->trigger();
    const auto *dialog = m_window->findChild<QDialog *>(u"firstStepsDialog"_s);
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(m_window->windowTitle(), title);
    QVERIFY(actionOf(*m_window, u"Refresh"_s)->isEnabled());
    // Practice is there already.
    dialog->findChild<QPushButton *>(u"welcomePracticeButton"_s)->click();
    QVERIFY(!dialog->isVisible());
    QCOMPARE(m_window->windowTitle(), title);
}

QDialog *TestProgram::openPreferences() const
{
    delete m_window->findChild<QDialog *>(u"preferencesDialog"_s);
    actionOf(*m_window, u"Preferences…"_s)->trigger();
    return m_window->findChild<QDialog *>(u"preferencesDialog"_s);
}

QString TestProgram::themeOfMenu() const
{
    QStringList chosen;
    for (const QString &text : {u"Auto"_s, u"Light"_s, u"Dark"_s}) {
        if (actionOf(*m_window, text)->isChecked())
            chosen.append(text);
    }
    return chosen.size() == 1 ? chosen.constFirst() : QString();
}

void TestProgram::bothPlacesAgreeOnTheTheme()
{
    QCOMPARE(themeOfMenu(), u"Auto"_s);
    QCOMPARE(openPreferences()->findChild<QComboBox *>(u"prefTheme"_s)->currentText(), u"Auto"_s);
    for (const QString &theme : {u"Dark"_s, u"Light"_s, u"Auto"_s, u"Dark"_s}) {
        // Chosen in the menu, with Preferences open and opened afterwards.
        QPointer<QComboBox> box = openPreferences()->findChild<QComboBox *>(u"prefTheme"_s);
        actionOf(*m_window, theme)->trigger();
        QCOMPARE(themeOfMenu(), theme);
        QCOMPARE(box->currentText(), theme);
        QCOMPARE(openPreferences()->findChild<QComboBox *>(u"prefTheme"_s)->currentText(), theme);
        if (theme != "Auto"_L1)
            QCOMPARE(themeOf(QApplication::palette()).dark, theme == "Dark"_L1);
    }
    for (const QString &theme : {u"Light"_s, u"Dark"_s, u"Auto"_s}) {
        // Chosen in Preferences.
        auto *box = openPreferences()->findChild<QComboBox *>(u"prefTheme"_s);
        box->setCurrentText(theme);
        QCOMPARE(themeOfMenu(), theme);
        QCOMPARE(openPreferences()->findChild<QComboBox *>(u"prefTheme"_s)->currentText(), theme);
    }
}

#ifdef Q_OS_LINUX
namespace {

/// How often a file appeared or was put in the place of another, which is how settings are written, as the system
/// tells it.
class WriteCounter
{
public:
    explicit WriteCounter(const QString &folder) : m_watch(inotify_init1(IN_NONBLOCK))
    {
        // Where from too: two equal events in a row would be told as one.
        m_watches = inotify_add_watch(m_watch, QFile::encodeName(folder).constData(),
                                      IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO) >= 0;
    }
    ~WriteCounter() { close(m_watch); }
    bool watches() const { return m_watches; }

    /// Since the last call.
    int take(const QByteArray &name)
    {
        int writes = 0;
        alignas(inotify_event) char buffer[4096];
        for (ssize_t got = read(m_watch, buffer, sizeof buffer); got > 0;
             got = read(m_watch, buffer, sizeof buffer)) {
            for (ssize_t at = 0; at < got;) {
                const auto *event = reinterpret_cast<const inotify_event *>(buffer + at);
                writes += event->len > 0 && name == event->name;
                at += ssize_t(sizeof(inotify_event)) + event->len;
            }
        }
        return writes;
    }

private:
    int m_watch;
    bool m_watches = false;
};

} // namespace

void TestProgram::oneChangeIsOneWrite()
{
    openPractice();
    WriteCounter counter(m_folder->path());
    QVERIFY(counter.watches());
    const QDialog *dialog = openPreferences();
    QCOMPARE(counter.take("settings.ini"), 0);
    int changes = 0;
    for (QComboBox *box : dialog->findChildren<QComboBox *>()) {
        for (int index = box->count() - 1; index >= 0; --index) {
            if (index == box->currentIndex())
                continue;
            box->setCurrentIndex(index);
            const int writes = counter.take("settings.ini");
            QVERIFY2(writes == 1, qPrintable(u"%1: %2 writes"_s.arg(box->objectName()).arg(writes)));
            ++changes;
        }
    }
    for (const QString &name : {u"prefNotifications"_s, u"prefHideDetails"_s, u"prefContrast"_s, u"prefMotion"_s}) {
        for (int times = 0; times < 2; ++times) {
            dialog->findChild<QCheckBox *>(name)->toggle();
            const int writes = counter.take("settings.ini");
            QVERIFY2(writes == 1, qPrintable(u"%1: %2 writes"_s.arg(name).arg(writes)));
            ++changes;
        }
    }
    actionOf(*m_window, u"Dark"_s)->trigger();
    QCOMPARE(counter.take("settings.ini"), 1);
    QVERIFY(changes > 15);
}
#else
void TestProgram::oneChangeIsOneWrite()
{
    QSKIP("counted by Linux");
}
#endif

void TestProgram::choicesAreThereAgain()
{
    openPreferences()->findChild<QComboBox *>(u"prefTheme"_s)->setCurrentText(u"Dark"_s);
    openPreferences()->findChild<QComboBox *>(u"prefSideColors"_s)->setCurrentIndex(2);
    openPreferences()->findChild<QComboBox *>(u"prefIdleLock"_s)->setCurrentIndex(2);
    openPreferences()->findChild<QComboBox *>(u"prefToastTime"_s)->setCurrentIndex(3);
    for (const QString &name : {u"prefNotifications"_s, u"prefHideDetails"_s, u"prefContrast"_s, u"prefMotion"_s})
        openPreferences()->findChild<QCheckBox *>(name)->toggle();

    m_program.reset();
    m_program = std::make_unique<Program>(*qApp, Options{}, m_folder->path(), std::make_unique<KeychainStore>());
    findWindow();
    QCOMPARE(themeOfMenu(), u"Dark"_s);
    const QDialog *dialog = openPreferences();
    QCOMPARE(dialog->findChild<QComboBox *>(u"prefTheme"_s)->currentText(), u"Dark"_s);
    QCOMPARE(dialog->findChild<QComboBox *>(u"prefSideColors"_s)->currentIndex(), 2);
    QCOMPARE(dialog->findChild<QComboBox *>(u"prefIdleLock"_s)->currentIndex(), 2);
    QCOMPARE(dialog->findChild<QComboBox *>(u"prefToastTime"_s)->currentIndex(), 3);
    QVERIFY(!dialog->findChild<QCheckBox *>(u"prefNotifications"_s)->isChecked());
    QVERIFY(!dialog->findChild<QCheckBox *>(u"prefHideDetails"_s)->isChecked());
    QVERIFY(dialog->findChild<QCheckBox *>(u"prefContrast"_s)->isChecked());
    QVERIFY(dialog->findChild<QCheckBox *>(u"prefMotion"_s)->isChecked());
}

void TestProgram::instantCancelHasOneOwner()
{
    openPractice();
    const auto *chip = m_window->findChild<QPushButton *>(u"instantCancelChip"_s);
    QVERIFY(!chip->isVisible());
    const QDialog *dialog = openPreferences();
    auto *instant = dialog->findChild<QCheckBox *>(u"prefInstantCancel"_s);
    const auto *keep = dialog->findChild<QCheckBox *>(u"prefKeepInstantCancel"_s);
    instant->toggle();
    QVERIFY(!instant->isChecked());
    dialog->findChild<QPushButton *>(u"instantOnButton"_s)->click();
    QVERIFY(instant->isChecked() && keep->isEnabled());
    QVERIFY(chip->isVisible());

    // Off by the chip: Preferences are told.
    m_window->findChild<QPushButton *>(u"instantCancelChip"_s)->click();
    QVERIFY(!chip->isVisible());
    QVERIFY(!instant->isChecked() && !keep->isEnabled());

    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    // Not kept: off when the account is opened again.
    instant->toggle();
    dialog->findChild<QPushButton *>(u"instantOnButton"_s)->click();
    QVERIFY(chip->isVisible());
    m_program.reset();
    m_program = std::make_unique<Program>(*qApp, Options{}, m_folder->path(), std::make_unique<KeychainStore>());
    findWindow();
    openPractice();
    QVERIFY(!m_window->findChild<QPushButton *>(u"instantCancelChip"_s)->isVisible());
}

void TestProgram::activityIsThereAgain()
{
    openPractice();
    actionOf(*m_window, u"Activity"_s)->trigger();
    const auto activity = [this] { return m_window->findChild<QWidget *>(u"activityDock"_s); };
    QVERIFY(activity()->isVisible());
    QTRY_COMPARE(activity()->height(), 220);
    const int before = activity()->height();
    struct Movable : QSplitter {
        using QSplitter::moveSplitter;
    };
    // As by dragging its handle.
    auto *splitter = m_window->findChild<QSplitter *>();
    (splitter->*&Movable::moveSplitter)(splitter->handle(1)->y() - 70, 1);
    const int height = activity()->height();
    QVERIFY2(height > before + 40, qPrintable(u"%1, %2"_s.arg(before).arg(height)));

    const auto restart = [this] {
        m_window->close();
        m_program.reset();
        m_program = std::make_unique<Program>(*qApp, Options{}, m_folder->path(), std::make_unique<KeychainStore>());
        findWindow();
        openPractice();
    };
    restart();
    QVERIFY(activity()->isVisible());
    QVERIFY(actionOf(*m_window, u"Activity"_s)->isChecked());
    QTRY_COMPARE(activity()->height(), height);
    // Hidden it keeps its height.
    actionOf(*m_window, u"Activity"_s)->trigger();
    restart();
    QVERIFY(!activity()->isVisible());
    actionOf(*m_window, u"Activity"_s)->trigger();
    QTRY_COMPARE(activity()->height(), height);
}

QTEST_MAIN(TestProgram)
#include "tst_program.moc"

#include "tests/support/waiting.h"
#include "ui/look/accessible.h"
#include "ui/look/theme.h"
#include "ui/notices/toaststrip.h"

#include <QAccessible>
#include <QApplication>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>
#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

ToastContent toast(Severity severity, const QString &headline, const QString &text = u"Order …1947."_s,
                   ToastAction action = ToastAction::None)
{
    return {.severity = severity, .headline = headline, .text = text, .action = action};
}

/// A window as the strip lives in: a table stand-in above, a status stand-in below.
class Window : public QWidget
{
public:
    Window()
        : table(new QPushButton(u"table"_s, this)),
          strip(new ToastStrip(this)),
          below(new QPushButton(u"status"_s, this))
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
        column->addWidget(table, 1);
        column->addWidget(strip);
        column->addWidget(below);
        resize(900, 700);
        strip->setReducedMotion(true);
        QWidget::show();
        activateWindow();
        static_cast<void>(waitForActive(this));
        table->setFocus();
    }

    QWidget *card(int number) const { return strip->findChild<QWidget *>(u"toast_%1"_s.arg(number)); }
    QAbstractButton *close(int number) const
    {
        return strip->findChild<QAbstractButton *>(u"toastClose_%1"_s.arg(number));
    }
    QAbstractButton *action(int number) const
    {
        return strip->findChild<QAbstractButton *>(u"toastAction_%1"_s.arg(number));
    }

    QPushButton *table;
    ToastStrip *strip;
    QPushButton *below;
};

/// What assistive tools are told about: the widget goes, and comes with its name of that moment.
class ShowRecorder : public QObject
{
public:
    QStringList seen;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Hide)
            seen += u"hidden"_s;
        else if (event->type() == QEvent::Show)
            seen += u"shown: "_s + static_cast<QWidget *>(watched)->accessibleName();
        return false;
    }
};

} // namespace

class TestToastStrip : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void namesAndWords();
    void roleAlertAndNameBeforeShowing();
    void updateIsShownAgain();
    void updateKeepsFocus();
    void nothingIsCut_data();
    void nothingIsCut();
    void spaceComesFromBelowAndWaits();
    void closeAndAction();
    void whatMustBeSeen();
    void aClickShowsTheOrder();
    void escGivesFocusBack();
    void programGivesFocusBack();
    void focusOfAChosenToast();
    void arrivingNeverTakesFocus();
    void tabRunsNewestToOldest();
    void foldLine();
    void manyAreDismissedAtOnce();
    void lowWindowShowsTwo();
    void leavesByItself();
    void themeChange();
    void keyRepeatDismissesOne();
};

void TestToastStrip::initTestCase()
{
    installAccessibleToasts();
    applyLook(*qobject_cast<QApplication *>(QCoreApplication::instance()), {.theme = ThemeChoice::Light}, QPalette());
}

void TestToastStrip::namesAndWords()
{
    Window window;
    QCOMPARE(window.strip->objectName(), u"toastStrip"_s);
    QCOMPARE(window.strip->accessibleName(), u"Notifications"_s);
    QCOMPARE(window.strip->height(), 0);
    window.strip->show(
        u"a"_s, toast(Severity::Error, u"Not canceled — rejected"_s, u"CoinW refused it."_s, ToastAction::Details));
    QVERIFY(window.card(1));
    QCOMPARE(window.card(1)->accessibleName(), u"Not canceled — rejected CoinW refused it."_s);
    QVERIFY(window.card(1)->isVisible());
    QCOMPARE(window.action(1)->text(), u"Details"_s);
    QCOMPARE(window.action(1)->accessibleName(), u"Details"_s);
    QVERIFY(window.action(1)->isVisible());
    QCOMPARE(window.close(1)->accessibleName(), u"Dismiss"_s);
    QVERIFY(window.close(1)->width() >= 24 && window.close(1)->height() >= 24);
    QCOMPARE(window.card(1)->height(), 38);
    window.strip->show(u"b"_s, toast(Severity::Success, u"Canceled"_s));
    QVERIFY(window.card(2));
    QVERIFY(!window.action(2)->isVisible());
    QVERIFY(window.card(2)->y() < window.card(1)->y());
}

void TestToastStrip::aClickShowsTheOrder()
{
    Window window;
    QList<ToastAction> asked;
    const ToastHandler handler{window.strip, [&asked](ToastAction action) { asked.append(action); }};
    ToastContent content = toast(Severity::Success, u"Canceled"_s);
    window.strip->show(u"a"_s, content, handler);
    QTest::mouseClick(window.card(1), Qt::LeftButton, {}, {100, 10});
    QVERIFY(asked.isEmpty());
    content.showsOrder = true;
    window.strip->show(u"b"_s, content, handler);
    QTest::mouseClick(window.card(2), Qt::LeftButton, {}, {100, 10});
    QCOMPARE(asked, {ToastAction::ShowOrder});
    // Not on the way out, nor by another button.
    QTest::mousePress(window.card(2), Qt::LeftButton, {}, {100, 10});
    QTest::mouseRelease(window.card(2), Qt::LeftButton, {}, {100, 500});
    QTest::mouseClick(window.card(2), Qt::RightButton, {}, {100, 10});
    QTest::mouseClick(window.close(2), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
}

void TestToastStrip::roleAlertAndNameBeforeShowing()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Success, u"Canceled"_s, u"order …1947"_s));
    QAccessibleInterface *alert = QAccessible::queryAccessibleInterface(window.card(1));
    QVERIFY(alert);
    QCOMPARE(alert->role(), QAccessible::AlertMessage);
    QCOMPARE(alert->text(QAccessible::Name), u"Canceled order …1947"_s);
    QVERIFY(!alert->state().invisible);
}

void TestToastStrip::updateIsShownAgain()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Progress, u"Canceling…"_s));
    QWidget *card = window.card(1);
    QVERIFY(card->isVisible());
    ShowRecorder recorder;
    card->installEventFilter(&recorder);
    window.strip->show(u"a"_s, toast(Severity::Success, u"Canceled"_s));
    QCOMPARE(window.card(1), card);
    QCOMPARE(recorder.seen, (QStringList{u"hidden"_s, u"shown: Canceled Order …1947."_s}));
    // The same words are no news.
    window.strip->show(u"a"_s, toast(Severity::Success, u"Canceled"_s));
    QCOMPARE(recorder.seen.size(), 2);
}

void TestToastStrip::updateKeepsFocus()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Unknown, u"Unknown"_s, u"t"_s, ToastAction::CheckNow));
    window.action(1)->setFocus();
    QCOMPARE(window.strip->focusedKey(), u"a"_s);
    window.strip->show(u"a"_s, toast(Severity::Unknown, u"Still unknown"_s, u"t"_s, ToastAction::CheckNow));
    QCOMPARE(QApplication::focusWidget(), window.action(1));
    // The button is gone with the next news: the card takes the focus over.
    window.strip->show(u"a"_s, toast(Severity::Warning, u"Not canceled — filled"_s));
    QCOMPARE(QApplication::focusWidget(), window.card(1));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(QApplication::focusWidget(), window.table);
}

void TestToastStrip::nothingIsCut_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("lines");
    QTest::newRow("short") << u"Order …1947."_s << 1;
    QTest::newRow("long")
        << u"CoinW did not accept the API key or signature (6001 Signature failed). Usual causes: a "
           u"wrong key or secret, an IP address that isn't on the key's list, a wrong clock."_s
        << 2;
    QTest::newRow("one long word") << QString(400, u'W') << 5;
}

void TestToastStrip::nothingIsCut()
{
    QFETCH(const QString, text);
    QFETCH(const int, lines);
    Window window;
    window.strip->show(u"a"_s,
                       toast(Severity::Error, u"Not canceled — sign-in refused"_s, text, ToastAction::OpenAccount));
    QWidget *words = window.card(1)->findChild<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (QWidget *child : window.card(1)->findChildren<QWidget *>()) {
        if (child->inherits("countermand::NoticeText"))
            words = child;
    }
    QVERIFY(words->heightForWidth(words->width()) <= words->height());
    QVERIFY(words->height() >= lines * words->fontMetrics().height());
    QVERIFY(window.strip->height() >= window.card(1)->geometry().bottom());
    QVERIFY(words->geometry().right() < window.action(1)->geometry().left());
    QVERIFY(window.action(1)->geometry().right() < window.close(1)->geometry().left());
    QVERIFY(window.close(1)->geometry().right() < window.card(1)->width());
}

void TestToastStrip::spaceComesFromBelowAndWaits()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Error, u"one"_s));
    window.strip->show(u"b"_s, toast(Severity::Error, u"two"_s));
    QTRY_COMPARE(window.strip->height(), 6 + 2 * (38 + 6));
    QCOMPARE(window.table->y(), 0);
    // Nothing above may move.
    int spare = 0;
    window.strip->setSpareRoom([&spare] { return spare; });
    window.strip->remove(u"a"_s);
    window.strip->remove(u"b"_s);
    QCOMPARE(window.strip->height(), 94);
    // Growing is never held back.
    for (const QString &key : {u"c"_s, u"d"_s, u"e"_s})
        window.strip->show(key, toast(Severity::Error, key));
    QCOMPARE(window.strip->height(), 6 + 3 * 44);
    window.strip->clear();
    QCOMPARE(window.strip->height(), 6 + 3 * 44);
    // Asked again when it may be another, and only so much is given back.
    spare = 100;
    QCOMPARE(window.strip->height(), 6 + 3 * 44);
    window.strip->renewRoom();
    QCOMPARE(window.strip->height(), 6 + 3 * 44 - 100);
    spare = std::numeric_limits<int>::max();
    window.strip->renewRoom();
    QCOMPARE(window.strip->height(), 0);
    window.strip->show(u"f"_s, toast(Severity::Error, u"one"_s));
    QCOMPARE(window.strip->height(), 50);
    window.strip->remove(u"f"_s);
    QCOMPARE(window.strip->height(), 0);
    window.strip->setSpareRoom({});
}

void TestToastStrip::closeAndAction()
{
    Window window;
    QList<ToastAction> actions;
    QList<ToastAction> others;
    auto context = std::make_unique<QObject>();
    window.strip->show(u"a"_s, toast(Severity::Unknown, u"Unknown"_s, u"t"_s, ToastAction::CheckNow),
                       {context.get(), [&actions](ToastAction action) { actions.append(action); }});
    window.strip->show(u"b"_s, toast(Severity::Unknown, u"Other"_s, u"t"_s, ToastAction::Stop),
                       {context.get(), [&others](ToastAction action) { others.append(action); }});
    QTest::mouseClick(window.action(2), Qt::LeftButton);
    QCOMPARE(others, QList{ToastAction::Stop});
    QVERIFY(actions.isEmpty());
    window.strip->remove(u"b"_s);
    QSignalSpy closed(window.strip, &ToastStrip::dismissed);
    QTest::mouseClick(window.action(1), Qt::LeftButton);
    QCOMPARE(actions, QList{ToastAction::CheckNow});
    QVERIFY(window.card(1)->isVisible());
    // Whoever was to handle it is gone.
    context.reset();
    QTest::mouseClick(window.action(1), Qt::LeftButton);
    QCOMPARE(actions.size(), 1);
    QTest::mouseClick(window.close(1), Qt::LeftButton);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.first().at(0).toString(), u"a"_s);
    QTRY_VERIFY(!window.card(1));
    QCOMPARE(window.strip->height(), 0);
    // Clicking does not move the focus.
    QCOMPARE(QApplication::focusWidget(), window.table);
    // Closed by the user: good news stays away, bad news comes back under the same name.
    window.strip->show(u"a"_s, toast(Severity::Success, u"Canceled (confirmed late)"_s));
    QVERIFY(!window.card(1));
    window.strip->show(u"a"_s, toast(Severity::Error, u"Still open — not canceled"_s));
    QVERIFY(window.card(1) && window.card(1)->isVisible());
}

void TestToastStrip::whatMustBeSeen()
{
    Window window;
    ToastContent warning = toast(Severity::Warning, u"Stays"_s);
    warning.sticky = true;
    ToastContent progress = warning;
    progress.percentDone = 40;
    ToastContent ended = toast(Severity::Success, u"Finished"_s);
    ended.sticky = true;
    window.strip->show(u"unknown"_s, toast(Severity::Unknown, u"Unknown"_s, u"t"_s, ToastAction::CheckNow));
    window.strip->show(u"leaves"_s, toast(Severity::Warning, u"Leaves"_s));
    window.strip->show(u"progress"_s, progress);
    window.strip->show(u"ended"_s, ended);
    window.strip->show(u"warning"_s, warning);
    window.strip->show(u"folded"_s, toast(Severity::Error, u"Error"_s));
    QStringList keys;
    for (const auto &[key, content] : window.strip->needed()) {
        keys.append(key);
        QVERIFY(content.action == ToastAction::None && content.moreActions.isEmpty());
    }
    QCOMPARE(keys, (QStringList{u"unknown"_s, u"warning"_s, u"folded"_s}));
}

void TestToastStrip::escGivesFocusBack()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Error, u"one"_s));
    window.strip->show(u"b"_s, toast(Severity::Error, u"two"_s));
    QVERIFY(window.strip->focusNewest());
    QCOMPARE(window.strip->focusedKey(), u"b"_s);
    QSignalSpy closed(window.strip, &ToastStrip::dismissed);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.first().at(0).toString(), u"b"_s);
    QCOMPARE(QApplication::focusWidget(), window.table);
    QVERIFY(window.strip->focusNewest());
    window.close(1)->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(closed.size(), 2);
    QCOMPARE(QApplication::focusWidget(), window.table);
    QVERIFY(!window.strip->focusNewest());
}

void TestToastStrip::programGivesFocusBack()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Error, u"one"_s));
    window.strip->focusNewest();
    window.strip->clear();
    QCOMPARE(QApplication::focusWidget(), window.table);
}

void TestToastStrip::focusOfAChosenToast()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Error, u"one"_s));
    window.strip->show(u"b"_s, toast(Severity::Error, u"two"_s));
    QVERIFY(!window.strip->focusToast(u"c"_s));
    QVERIFY(window.table->hasFocus());
    // As after a click on a system notification: another window is active, and no change of focus tells where it was.
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(waitForActive(&other));
    QVERIFY(window.strip->focusToast(u"a"_s));
    window.activateWindow();
    QTRY_COMPARE(window.strip->focusedKey(), u"a"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(window.table->hasFocus());
}

void TestToastStrip::arrivingNeverTakesFocus()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Error, u"one"_s, u"t"_s, ToastAction::Details));
    QCOMPARE(QApplication::focusWidget(), window.table);
    window.strip->show(u"a"_s, toast(Severity::Error, u"two"_s, u"t"_s, ToastAction::Details));
    QCOMPARE(QApplication::focusWidget(), window.table);
    window.strip->focusNewest();
    window.strip->show(u"b"_s, toast(Severity::Error, u"three"_s));
    QCOMPARE(window.strip->focusedKey(), u"a"_s);
}

void TestToastStrip::tabRunsNewestToOldest()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Error, u"one"_s, u"t"_s, ToastAction::Details));
    window.strip->show(u"b"_s, toast(Severity::Success, u"two"_s));
    window.table->setFocus();
    QStringList names;
    for (int step = 0; step < 6; ++step) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        names += QApplication::focusWidget()->objectName();
    }
    QCOMPARE(names, (QStringList{u"toast_2"_s, u"toastClose_2"_s, u"toast_1"_s, u"toastAction_1"_s, u"toastClose_1"_s,
                                 QString()}));
    QCOMPARE(QApplication::focusWidget(), window.below);
}

void TestToastStrip::foldLine()
{
    Window window;
    for (const QString &key : {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s})
        window.strip->show(key, toast(Severity::Error, key));
    auto *more = window.strip->findChild<QPushButton *>(u"toastMoreButton"_s);
    QVERIFY(more && more->isVisible());
    QCOMPARE(more->text(), u"+2 more need attention"_s);
    QTRY_VERIFY(!window.card(1) && !window.card(2));
    QTest::mouseClick(window.close(4), Qt::LeftButton);
    QVERIFY(window.card(2) && window.card(2)->isVisible());
    QVERIFY(window.card(1) && window.card(1)->isVisible());
    QVERIFY(!more->isVisible());
}

void TestToastStrip::manyAreDismissedAtOnce()
{
    Window window;
    auto *all = window.strip->findChild<QPushButton *>(u"dismissAllButton"_s);
    QCOMPARE(all->accessibleName(), u"Dismiss all"_s);
    for (const QString &key : {u"a"_s, u"b"_s})
        window.strip->show(key, toast(Severity::Error, key));
    QVERIFY(!all->isVisible());
    ToastContent running = toast(Severity::Progress, u"c"_s);
    running.percentDone = 20;
    window.strip->show(u"c"_s, running);
    for (const QString &key : {u"d"_s, u"e"_s, u"f"_s})
        window.strip->show(key, toast(Severity::Error, key));
    QVERIFY(all->isVisible());
    auto *more = window.strip->findChild<QPushButton *>(u"toastMoreButton"_s);
    QSignalSpy wanted(window.strip, &ToastStrip::moreWanted);
    QTest::mouseClick(more, Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.constFirst().value(0).toStringList(), (QStringList{u"c"_s, u"b"_s, u"a"_s}));
    QVERIFY(window.strip->height() > more->geometry().bottom() && more->height() > 16);

    QSignalSpy dismissed(window.strip, &ToastStrip::dismissed);
    QTest::mouseClick(all, Qt::LeftButton);
    QCOMPARE(dismissed.size(), 5);
    // What is under way stays.
    QVERIFY(window.strip->has(u"c"_s));
    QVERIFY(!window.strip->has(u"a"_s) && !window.strip->has(u"f"_s));
    QVERIFY(!all->isVisible());
}

void TestToastStrip::lowWindowShowsTwo()
{
    Window window;
    for (const QString &key : {u"a"_s, u"b"_s, u"c"_s})
        window.strip->show(key, toast(Severity::Error, key));
    auto *more = window.strip->findChild<QPushButton *>(u"toastMoreButton"_s);
    QVERIFY(!more->isVisible());
    window.resize(900, 560);
    QTRY_VERIFY(more->isVisible());
    QCOMPARE(more->text(), u"+2 more need attention"_s);
    window.resize(900, 700);
    QTRY_VERIFY(!more->isVisible());
    QVERIFY(window.card(1)->isVisible());
}

void TestToastStrip::leavesByItself()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Neutral, u"Kept"_s, u"t"_s));
    QVERIFY(window.card(1));
    QTRY_VERIFY(!window.card(1));
    QCOMPARE(window.strip->height(), 0);
}

void TestToastStrip::themeChange()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Error, u"one"_s));
    auto *application = qobject_cast<QApplication *>(QCoreApplication::instance());
    const auto ground = [&] { return window.card(1)->grab().toImage().pixelColor(window.card(1)->width() / 2, 3); };
    QCOMPARE(ground().rgb(), lightTheme().tint(Severity::Error).rgb());
    applyLook(*application, {.theme = ThemeChoice::Dark}, QPalette());
    QTRY_COMPARE(ground().rgb(), darkTheme().tint(Severity::Error).rgb());
    applyLook(*application, {.theme = ThemeChoice::Light}, QPalette());
}

void TestToastStrip::keyRepeatDismissesOne()
{
    Window window;
    window.strip->show(u"a"_s, toast(Severity::Error, u"one"_s));
    window.strip->show(u"b"_s, toast(Severity::Error, u"two"_s));
    window.strip->focusNewest();
    QKeyEvent repeated(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier, QString(), true);
    QCoreApplication::sendEvent(QApplication::focusWidget(), &repeated);
    QVERIFY(window.card(2)->isVisible());
}

QTEST_MAIN(TestToastStrip)
#include "tst_toaststrip.moc"

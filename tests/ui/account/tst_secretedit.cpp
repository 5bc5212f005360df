#include "domain/wipe.h"
#include "tests/support/memoryscan.h"
#include "tests/support/waiting.h"
#include "ui/account/secretedit.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// Every text that left the field: in events for assistive tools, in signals, for an input method.
QStringList told;
int events = 0;

void keepTold(QAccessibleEvent *event)
{
    ++events;
    switch (event->type()) {
    case QAccessible::TextInserted:
        told.append(static_cast<QAccessibleTextInsertEvent *>(event)->textInserted());
        break;
    case QAccessible::TextRemoved:
        told.append(static_cast<QAccessibleTextRemoveEvent *>(event)->textRemoved());
        break;
    case QAccessible::TextUpdated:
        told.append(static_cast<QAccessibleTextUpdateEvent *>(event)->textInserted());
        told.append(static_cast<QAccessibleTextUpdateEvent *>(event)->textRemoved());
        break;
    case QAccessible::ValueChanged:
        told.append(static_cast<QAccessibleValueChangeEvent *>(event)->value().toString());
        break;
    default:
        break;
    }
    // Whatever the event says, a tool asks for the text when it comes.
    QAccessibleInterface *interface = event->accessibleInterface();
    if (interface && interface->textInterface())
        told.append(interface->textInterface()->text(0, interface->textInterface()->characterCount()));
}

/// What a hand does to a field.
using Hand = std::function<void(QLineEdit &)>;

/// Key presses with any character on them; QTest's own take ASCII only.
void type(QLineEdit &edit, const QString &text)
{
    for (const QChar character : text)
        QTest::sendKeyEvent(QTest::Click, &edit, Qt::Key_unknown, QString(character), Qt::NoModifier);
}

void commit(QLineEdit &edit, const QString &text, int from = 0, int length = 0)
{
    QInputMethodEvent event;
    event.setCommitString(text, from, length);
    QApplication::sendEvent(&edit, &event);
}

void compose(QLineEdit &edit, const QString &text)
{
    QInputMethodEvent event(text, {});
    QApplication::sendEvent(&edit, &event);
}

void drop(QLineEdit &edit, const QString &text)
{
    QMimeData data;
    data.setText(text);
    const QPoint at = edit.rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&edit, &enter);
    QDropEvent event(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&edit, &event);
}

void pasteByMenu(QLineEdit &edit)
{
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(3, 3), edit.mapToGlobal(QPoint(3, 3)));
    QApplication::sendEvent(&edit, &event);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    const QList<QAction *> actions = menu->actions();
    const auto paste = std::find_if(actions.cbegin(), actions.cend(),
                                    [](const QAction *action) { return action->text().startsWith("&Paste"_L1); });
    QVERIFY(paste != actions.cend());
    (*paste)->trigger();
    menu->close();
}

} // namespace

/// A plain password field takes the same events beside it: what the field keeps must be what that one holds.
class TestSecretEdit : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void worksLikeAPasswordField_data();
    void worksLikeAPasswordField();
    void nothingIsTold_data() { worksLikeAPasswordField_data(); }
    void nothingIsTold();
    void aToolThatWritesIsHeard();
    void readOnlyKeepsIt();
    void listenersFindTheNewSecret();
    void setFromOutside();
    void isInMemoryOnce();

private:
    void prepare(QLineEdit &edit) const;

    std::unique_ptr<QWidget> m_window;
    SecretEdit *m_edit = nullptr;
    QLineEdit *m_twin = nullptr;
};

void TestSecretEdit::init()
{
    m_window = std::make_unique<QWidget>();
    m_edit = new SecretEdit(m_window.get());
    m_twin = new QLineEdit(m_window.get());
    m_twin->setEchoMode(QLineEdit::Password);
    m_twin->move(0, 40);
    m_window->resize(300, 100);
    m_window->show();
    QVERIFY(waitForActive(m_window.get()));
    QApplication::clipboard()->setText(u"Kz9 Qx"_s);
}

void TestSecretEdit::cleanup()
{
    m_window.reset();
}

/// "abcdef" with the cursor behind it and the focus in it, as a user left it.
void TestSecretEdit::prepare(QLineEdit &edit) const
{
    edit.setFocus();
    QTest::keyClicks(&edit, u"abcdef"_s);
}

void TestSecretEdit::worksLikeAPasswordField_data()
{
    QTest::addColumn<Hand>("hand");
    const auto row = [](const char *name, const Hand &hand) { QTest::newRow(name) << hand; };
    const auto key = [](Qt::Key which, Qt::KeyboardModifiers modifiers = {}) {
        return [which, modifiers](QLineEdit &edit) { QTest::keyClick(&edit, which, modifiers); };
    };
    row("types", [](QLineEdit &edit) { type(edit, u"Gh1•ä"_s); });
    row("types in the middle", [](QLineEdit &edit) {
        edit.setCursorPosition(2);
        QTest::keyClicks(&edit, u"XY"_s);
    });
    row("types over a selection", [](QLineEdit &edit) {
        edit.setSelection(1, 3);
        QTest::keyClicks(&edit, u"X"_s);
    });
    row("types over a selection made backwards", [](QLineEdit &edit) {
        edit.setSelection(4, -3);
        QTest::keyClicks(&edit, u"XYZ"_s);
    });
    row("types over everything", [](QLineEdit &edit) {
        QTest::keySequence(&edit, QKeySequence::SelectAll);
        QTest::keyClicks(&edit, u"Q"_s);
    });
    row("Backspace", key(Qt::Key_Backspace));
    row("Backspace in the middle", [](QLineEdit &edit) {
        edit.setCursorPosition(3);
        QTest::keyClick(&edit, Qt::Key_Backspace);
        QTest::keyClick(&edit, Qt::Key_Backspace);
        QTest::keyClicks(&edit, u"Z"_s);
    });
    row("Backspace at the begin", [](QLineEdit &edit) {
        edit.setCursorPosition(0);
        QTest::keyClick(&edit, Qt::Key_Backspace);
    });
    row("Delete in the middle", [](QLineEdit &edit) {
        edit.setCursorPosition(2);
        QTest::keyClick(&edit, Qt::Key_Delete);
    });
    row("Delete a selection", [](QLineEdit &edit) {
        edit.setSelection(1, 2);
        QTest::keyClick(&edit, Qt::Key_Delete);
    });
    row("word before", key(Qt::Key_Backspace, Qt::ControlModifier));
    row("word behind", [](QLineEdit &edit) {
        edit.setCursorPosition(2);
        QTest::keyClick(&edit, Qt::Key_Delete, Qt::ControlModifier);
    });
    row("cursor keys", [](QLineEdit &edit) {
        QTest::keyClick(&edit, Qt::Key_Home);
        QTest::keyClicks(&edit, u"1"_s);
        QTest::keyClick(&edit, Qt::Key_Right);
        QTest::keyClick(&edit, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClicks(&edit, u"2"_s);
        QTest::keyClick(&edit, Qt::Key_Left, Qt::ControlModifier);
        QTest::keyClicks(&edit, u"3"_s);
        QTest::keyClick(&edit, Qt::Key_End);
        QTest::keyClicks(&edit, u"4"_s);
    });
    row("cut and copy do nothing", [](QLineEdit &edit) {
        edit.selectAll();
        QTest::keySequence(&edit, QKeySequence::Copy);
        QTest::keySequence(&edit, QKeySequence::Cut);
    });
    row("pastes", [](QLineEdit &edit) { QTest::keySequence(&edit, QKeySequence::Paste); });
    row("pastes over a selection", [](QLineEdit &edit) {
        edit.setSelection(0, 4);
        QTest::keySequence(&edit, QKeySequence::Paste);
        QTest::keyClicks(&edit, u"R"_s);
    });
    row("pastes by the menu", [](QLineEdit &edit) {
        edit.setCursorPosition(1);
        pasteByMenu(edit);
    });
    row("is dropped on", [](QLineEdit &edit) { drop(edit, u"WVU"_s); });
    row("middle button",
        [](QLineEdit &edit) { QTest::mouseClick(&edit, Qt::MiddleButton, {}, edit.rect().center()); });
    row("input method commits", [](QLineEdit &edit) {
        edit.setCursorPosition(2);
        compose(edit, u"ni"_s);
        compose(edit, u"nih"_s);
        commit(edit, u"日本"_s);
    });
    row("input method commits over a selection", [](QLineEdit &edit) {
        edit.setSelection(1, 3);
        commit(edit, u"é"_s);
    });
    row("input method replaces", [](QLineEdit &edit) {
        edit.setCursorPosition(4);
        commit(edit, u"XYZ"_s, -2, 3);
    });
    row("input method deletes", [](QLineEdit &edit) {
        edit.setCursorPosition(4);
        commit(edit, {}, -3, 2);
    });
    row("input method gives up", [](QLineEdit &edit) {
        compose(edit, u"ni"_s);
        compose(edit, {});
    });
    row("two halves of a character",
        [](QLineEdit &edit) { QTest::sendKeyEvent(QTest::Click, &edit, Qt::Key_unknown, u"😀"_s, {}); });
    row("clear", [](QLineEdit &edit) { edit.clear(); });
    row("a key with Ctrl", key(Qt::Key_G, Qt::ControlModifier));
}

void TestSecretEdit::worksLikeAPasswordField()
{
    QFETCH(const Hand, hand);
    prepare(*m_twin);
    hand(*m_twin);
    prepare(*m_edit);
    hand(*m_edit);
    QCOMPARE(m_edit->secret(), m_twin->text());
    QCOMPARE(m_edit->cursorPosition(), m_twin->cursorPosition());
    QCOMPARE(m_edit->displayText(), m_twin->displayText());
    QCOMPARE(m_edit->text(), QString(m_twin->text().size(), u'•'));
    QVERIFY(!m_edit->isUndoAvailable());
    // Where characters are hidden, the toolkit's undo empties the field and brings nothing back.
    for (QLineEdit *edit : {m_twin, static_cast<QLineEdit *>(m_edit)}) {
        QTest::keySequence(edit, QKeySequence::Undo);
        QTest::keySequence(edit, QKeySequence::Redo);
    }
    QCOMPARE(m_edit->secret(), m_twin->text());
    QVERIFY(m_edit->secret().isEmpty());
}

void TestSecretEdit::nothingIsTold()
{
    QFETCH(const Hand, hand);
    QAccessible::setActive(true);
    told.clear();
    events = 0;
    m_twin->hide(); // it tells everything
    const auto keep = [this](const QString &text) {
        told << text << m_edit->text() << m_edit->inputMethodQuery(Qt::ImSurroundingText).toString();
    };
    connect(m_edit, &QLineEdit::textChanged, this, keep);
    connect(m_edit, &QLineEdit::textEdited, this, keep);
    const auto before = QAccessible::installUpdateHandler(keepTold);
    QVERIFY(QAccessible::queryAccessibleInterface(m_edit));
    prepare(*m_edit);
    hand(*m_edit);
    QTest::keyClick(m_edit, Qt::Key_End);
    m_edit->setRevealed(true);
    m_edit->setRevealed(false);
    QAccessible::installUpdateHandler(before);
    // The field's own dots, and those that the style shows in their place.
    const QString masks = u"•●"_s;
    qsizetype longest = 0;
    for (const QString &text : std::as_const(told)) {
        longest = std::max(longest, text.size());
        QVERIFY2(std::all_of(text.cbegin(), text.cend(), [&](QChar c) { return masks.contains(c); }),
                 qPrintable(text));
    }
    QVERIFY(longest >= 6);
    // Where there is no display Qt 6.4 tells nobody anything; Qt 6.8 does.
    QVERIFY(events > 0 || !QAccessible::isActive());
}

void TestSecretEdit::aToolThatWritesIsHeard()
{
    prepare(*m_edit);
    m_edit->setText(u"••XYZ•"_s);
    QCOMPARE(m_edit->secret(), u"abXYZf"_s);
    QCOMPARE(m_edit->text(), u"••••••"_s);
    m_edit->setText(u"new"_s);
    QCOMPARE(m_edit->secret(), u"new"_s);
    QCOMPARE(m_edit->text(), u"•••"_s);
}

void TestSecretEdit::readOnlyKeepsIt()
{
    prepare(*m_edit);
    m_edit->setReadOnly(true);
    QTest::keyClicks(m_edit, u"X"_s);
    QTest::keyClick(m_edit, Qt::Key_Backspace);
    QTest::keySequence(m_edit, QKeySequence::Paste);
    QTest::mouseClick(m_edit, Qt::MiddleButton, {}, m_edit->rect().center());
    drop(*m_edit, u"X"_s);
    commit(*m_edit, u"X"_s);
    QCOMPARE(m_edit->secret(), u"abcdef"_s);
}

void TestSecretEdit::listenersFindTheNewSecret()
{
    QStringList seen;
    connect(m_edit, &QLineEdit::textEdited, this, [&] { seen.append(m_edit->secret()); });
    m_edit->setFocus();
    QTest::keyClicks(m_edit, u"ab"_s);
    QTest::keySequence(m_edit, QKeySequence::Paste);
    QTest::keyClick(m_edit, Qt::Key_Backspace);
    QCOMPARE(seen, (QStringList{u"a"_s, u"ab"_s, u"abKz9 Qx"_s, u"abKz9 Q"_s}));
    QVERIFY(m_edit->text().count(u'•') == m_edit->text().size());
}

void TestSecretEdit::setFromOutside()
{
    m_edit->setSecret(u"one"_s);
    m_edit->setSecret(u"two"_s); // as long as before
    QCOMPARE(m_edit->secret(), u"two"_s);
    m_edit->setSecret(m_edit->secret());
    QCOMPARE(m_edit->secret(), u"two"_s);
    QCOMPARE(m_edit->text(), u"•••"_s);
    m_edit->setFocus();
    QTest::keyClicks(m_edit, u"3"_s);
    QCOMPARE(m_edit->secret(), u"two3"_s);
    m_edit->setSecret({});
    QVERIFY(m_edit->secret().isEmpty());
    QVERIFY(m_edit->text().isEmpty());
}

void TestSecretEdit::isInMemoryOnce()
{
    QByteArray secret = madeSecret(13);
    MemoryScan scan(secret);
    m_edit->setFocus();
    for (const char c : std::as_const(secret))
        QTest::sendKeyEvent(QTest::Click, m_edit, Qt::Key_unknown, QString(QLatin1Char(c)), Qt::NoModifier);
    wipe(secret);
    QCOMPARE(m_edit->secret().size(), 48);
    QCOMPARE(scan.copies(), 1);
    m_edit->setRevealed(true);
    QVERIFY(m_edit->isRevealed());
    // Painted now, and what it is painted with is one more.
    QVERIFY(!m_window->grab().isNull());
    QCOMPARE(scan.copies(), 2);
    m_edit->setRevealed(false);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(scan.copies(), 1);
    m_edit->setSecret({});
    QCOMPARE(scan.copies(), 0);
}

QTEST_MAIN(TestSecretEdit)
#include "tst_secretedit.moc"

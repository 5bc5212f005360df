#include "ui/account/secretedit.h"

#include "domain/wipe.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace countermand {

namespace {

constexpr char16_t dot = u'•';
constexpr int padding = 6;

QString dots(qsizetype count)
{
    return QString(count, QChar(dot));
}

/// A copy in memory of its own, so that wiping it touches nobody else's.
QString deepCopy(const QString &text)
{
    return QString(text.constData(), text.size());
}

/// Whether the text of a key stands for a character, not for a command such as Backspace.
bool isCharacter(const QString &text)
{
    if (text.isEmpty())
        return false;
    const QChar first = text.front();
    return first.isPrint() || first.isSurrogate() || first.category() == QChar::Other_Format ||
           first.category() == QChar::Other_PrivateUse;
}

/// Paints a secret. Has no text that assistive tools could read, and lets the pointer through.
class PlainSecret : public QWidget
{
public:
    PlainSecret(const QString &text, const SecretEdit &field) : QWidget(field.window()), m_text(deepCopy(text))
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        fixed.setPointSizeF(field.font().pointSizeF() > 0 ? field.font().pointSizeF() : fixed.pointSizeF());
        setFont(fixed);
        const QRect over(field.mapTo(field.window(), QPoint(0, 0)), field.size());
        setGeometry(over.x(), over.y(), over.width(), over.height());
        const int high = walk([](QPoint, const QString &) {}) * fontMetrics().height() + 2 * padding;
        resize(width(), std::max(over.height(), high));
    }
    ~PlainSecret() override { wipe(m_text); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeOf(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillRect(rect(), theme.window);
        painter.setPen(theme.focus);
        painter.setBrush(theme.raised);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(theme.text);
        const int high = walk([](QPoint, const QString &) {}) * fontMetrics().height();
        const QPoint first(padding, (height() - high) / 2 + fontMetrics().ascent());
        walk([&](QPoint at, const QString &character) { painter.drawText(first + at, character); });
    }

private:
    /// Goes over the characters one by one, wrapped anywhere, with the place of each from the first one's; gives the
    /// number of lines. A text that is laid out as a whole leaves copies in freed memory.
    template <typename See>
    int walk(See see) const
    {
        const QFontMetrics metrics = fontMetrics();
        QPoint at;
        int lines = 1;
        for (qsizetype i = 0; i < m_text.size(); ++i) {
            const bool isPair = m_text[i].isHighSurrogate() && i + 1 < m_text.size();
            const QString character = m_text.sliced(i, isPair ? 2 : 1);
            i += isPair ? 1 : 0;
            const int wide = metrics.horizontalAdvance(character);
            if (at.x() > 0 && at.x() + wide > width() - 2 * padding) {
                at = QPoint(0, at.y() + metrics.height());
                ++lines;
            }
            see(at, character);
            at.rx() += wide;
        }
        return lines;
    }

    QString m_text;
};

} // namespace

SecretEdit::SecretEdit(QWidget *parent) : QLineEdit(parent)
{
    setEchoMode(QLineEdit::Password);
    setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhHiddenText | Qt::ImhNoAutoUppercase);
    setDragEnabled(false);
    // First of all listeners, so that each of them finds the new secret.
    connect(this, &QLineEdit::textEdited, this, &SecretEdit::follow);
    connect(this, &QLineEdit::textChanged, this, &SecretEdit::follow);
}

SecretEdit::~SecretEdit()
{
    expectNothing();
    wipe(m_secret);
}

void SecretEdit::setSecret(const QString &secret)
{
    expectNothing();
    take(deepCopy(secret));
    setText(dots(m_secret.size()));
}

void SecretEdit::setRevealed(bool revealed)
{
    if (revealed == isRevealed())
        return;
    if (revealed && !m_secret.isEmpty() && isVisible()) {
        m_plain = new PlainSecret(m_secret, *this);
        m_plain->show();
        m_plain->raise();
    } else if (m_plain) {
        // Gone from the screen at once, but deleted later: the window may be walking through its children just now.
        m_plain->hide();
        m_plain->deleteLater();
        m_plain.clear();
    }
}

/// The secret with a part replaced; in memory of its own.
QString SecretEdit::changed(qsizetype at, qsizetype removed, QStringView added) const
{
    at = std::clamp<qsizetype>(at, 0, m_secret.size());
    removed = std::clamp<qsizetype>(removed, 0, m_secret.size() - at);
    QString next;
    next.reserve(m_secret.size() - removed + added.size());
    next.append(QStringView(m_secret).first(at));
    next.append(added);
    next.append(QStringView(m_secret).sliced(at + removed));
    return next;
}

void SecretEdit::expect(QString next)
{
    expectNothing();
    m_next = std::move(next);
}

void SecretEdit::expectNothing()
{
    if (m_next)
        wipe(*m_next);
    m_next.reset();
}

/// Does with the characters what was done with the dots.
void SecretEdit::follow()
{
    const QString shown = text();
    const qsizetype dotted = shown.count(dot);
    if (m_next && m_next->size() == shown.size()) {
        take(*std::exchange(m_next, std::nullopt));
    } else if (dotted < shown.size()) {
        // By a way that is not ours, such as an assistive tool that writes: its text counts, dots are the old
        // characters.
        qsizetype first = 0;
        while (first < shown.size() && first < m_secret.size() && shown.at(first) == dot)
            ++first;
        qsizetype last = shown.size();
        while (last > first && shown.size() - last < m_secret.size() - first && shown.at(last - 1) == dot)
            --last;
        take(changed(first, m_secret.size() - first - (shown.size() - last),
                     QStringView(shown).sliced(first, last - first)));
    } else if (shown.size() < m_secret.size()) {
        // A deletion leaves the cursor where the deleted part began.
        take(changed(cursorPosition(), m_secret.size() - shown.size(), {}));
    } else if (shown.size() > m_secret.size()) {
        take(changed(m_secret.size(), 0, dots(shown.size() - m_secret.size())));
    } else {
        return;
    }
    // Setting the text is the one way to empty the undo history.
    const QSignalBlocker quiet(this);
    const int cursor = cursorPosition();
    setText(dots(m_secret.size()));
    setCursorPosition(cursor);
}

void SecretEdit::take(QString next)
{
    wipe(m_secret);
    m_secret = std::move(next);
    setRevealed(false);
}

/// Puts characters in the place of the selection, as typing does.
void SecretEdit::enter(const QString &characters)
{
    if (isReadOnly())
        return;
    const qsizetype at = hasSelectedText() ? selectionStart() : cursorPosition();
    const qsizetype room = std::max<qsizetype>(0, maxLength() - text().size() + selectionLength());
    const QStringView fitting = QStringView(characters).first(std::min(room, characters.size()));
    expect(changed(at, selectionLength(), fitting));
    insert(dots(fitting.size()));
    expectNothing();
}

void SecretEdit::enterClipboard(QClipboard::Mode mode)
{
    // The toolkit's own copies, on the way from the other program.
    const WipesWhatIsFreed wipes;
    QString pasted = QGuiApplication::clipboard()->text(mode);
    if (!pasted.isEmpty())
        enter(pasted);
    wipe(pasted);
}

void SecretEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste)) {
        const bool selection = QGuiApplication::clipboard()->supportsSelection() && event->key() == Qt::Key_Insert &&
                               event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
        enterClipboard(selection ? QClipboard::Selection : QClipboard::Clipboard);
        event->accept();
        return;
    }
    if (!isCharacter(event->text())) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    // Whether the key enters its character is the toolkit's to decide: it gets the same key with a dot on it.
    const qsizetype at = hasSelectedText() ? selectionStart() : cursorPosition();
    expect(changed(at, selectionLength(), event->text()));
    QKeyEvent dotted(event->type(), event->key(), event->modifiers(), event->nativeScanCode(),
                     event->nativeVirtualKey(), event->nativeModifiers(), dots(event->text().size()),
                     event->isAutoRepeat(), event->count(), event->device());
    QLineEdit::keyPressEvent(&dotted);
    event->setAccepted(dotted.isAccepted());
    expectNothing();
}

void SecretEdit::inputMethodEvent(QInputMethodEvent *event)
{
    if (isReadOnly() || (event->commitString().isEmpty() && event->replacementLength() == 0)) {
        QInputMethodEvent composing(dots(event->preeditString().size()), event->attributes());
        QLineEdit::inputMethodEvent(&composing);
        event->setAccepted(composing.isAccepted());
        return;
    }
    // The selection goes first, then the part that is replaced, told from the cursor.
    const qsizetype at = hasSelectedText() ? selectionStart() : cursorPosition();
    QString rest = changed(at, selectionLength(), {});
    const qsizetype from = std::clamp<qsizetype>(at + event->replacementStart(), 0, rest.size());
    const qsizetype behind = std::min(rest.size(), from + event->replacementLength());
    QString next;
    next.reserve(rest.size() + event->commitString().size());
    next.append(QStringView(rest).first(from));
    next.append(event->commitString());
    next.append(QStringView(rest).sliced(behind));
    wipe(rest);
    expect(std::move(next));
    QInputMethodEvent dotted(dots(event->preeditString().size()), event->attributes());
    dotted.setCommitString(dots(event->commitString().size()), event->replacementStart(), event->replacementLength());
    QLineEdit::inputMethodEvent(&dotted);
    event->setAccepted(dotted.isAccepted());
    expectNothing();
}

void SecretEdit::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton && QGuiApplication::clipboard()->supportsSelection() && !isReadOnly()) {
        deselect();
        enterClipboard(QClipboard::Selection);
        return;
    }
    QLineEdit::mouseReleaseEvent(event);
}

void SecretEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : menu->actions()) {
        // Only its words tell it in every version of Qt, and those are the toolkit's own.
        if (action->text().startsWith(QLineEdit::tr("&Paste"))) {
            action->disconnect();
            connect(action, &QAction::triggered, this, [this] { enterClipboard(QClipboard::Clipboard); });
        }
    }
    menu->popup(event->globalPos());
}

void SecretEdit::dropEvent(QDropEvent *event)
{
    const WipesWhatIsFreed wipes;
    const QString dropped = event->mimeData()->text();
    if (isReadOnly() || dropped.isEmpty()) {
        event->ignore();
        return;
    }
    deselect();
    setCursorPosition(cursorPositionAt(event->position().toPoint()));
    enter(dropped);
    event->acceptProposedAction();
}

bool SecretEdit::event(QEvent *event)
{
    if (event->type() == QEvent::WindowDeactivate)
        setRevealed(false);
    return QLineEdit::event(event);
}

void SecretEdit::hideEvent(QHideEvent *event)
{
    setRevealed(false);
    QLineEdit::hideEvent(event);
}

} // namespace countermand

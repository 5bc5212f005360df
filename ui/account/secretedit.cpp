#include "ui/account/secretedit.h"

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
constexpr int wrapping = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWrapAnywhere;

QString dots(qsizetype count)
{
    return QString(count, QChar(dot));
}

/// A copy in memory of its own, so that wiping it touches nobody else's.
QString deepCopy(const QString &text)
{
    return QString(text.constData(), text.size());
}

void wipe(QString &text)
{
    auto *at = reinterpret_cast<volatile char16_t *>(text.data());
    for (qsizetype i = 0; i < text.size(); ++i)
        at[i] = 0;
    text.clear();
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
        const int wide = over.width() - 2 * padding;
        const int high =
            fontMetrics().boundingRect(QRect(0, 0, wide, 10000), wrapping, m_text).height() + 2 * padding;
        setGeometry(over.x(), over.y(), over.width(), std::max(over.height(), high));
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
        painter.drawText(rect().adjusted(padding, 0, -padding, 0), wrapping, m_text);
    }

private:
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
QString SecretEdit::changed(qsizetype at, qsizetype removed, const QString &added) const
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
        take(changed(first, m_secret.size() - first - (shown.size() - last), shown.mid(first, last - first)));
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
    const QString fitting = characters.left(maxLength() - text().size() + selectionLength());
    expect(changed(at, selectionLength(), fitting));
    insert(dots(fitting.size()));
    expectNothing();
}

void SecretEdit::enterClipboard(QClipboard::Mode mode)
{
    const QString pasted = QGuiApplication::clipboard()->text(mode);
    if (!pasted.isEmpty())
        enter(pasted);
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
    const QString rest = changed(at, selectionLength(), {});
    const qsizetype from = std::clamp<qsizetype>(at + event->replacementStart(), 0, rest.size());
    const qsizetype behind = std::min(rest.size(), from + event->replacementLength());
    QString next;
    next.reserve(rest.size() + event->commitString().size());
    next.append(QStringView(rest).first(from));
    next.append(event->commitString());
    next.append(QStringView(rest).sliced(behind));
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

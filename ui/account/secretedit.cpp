#include "ui/account/secretedit.h"

#include "ui/look/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QPainter>
#include <QSignalBlocker>

#include <algorithm>

namespace countermand {

namespace {

constexpr int padding = 6;
constexpr int wrapping = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWrapAnywhere;

/// Paints a secret. Has no text that assistive tools could read, and lets the pointer through.
class PlainSecret : public QWidget
{
public:
    PlainSecret(const QString &text, const SecretEdit &field) : QWidget(field.window()), m_text(text)
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
    connect(this, &QLineEdit::textEdited, this, [this] {
        // Setting the text is the one way to empty the undo history.
        const QSignalBlocker quiet(this);
        const int cursor = cursorPosition();
        setText(text());
        setCursorPosition(cursor);
        setRevealed(false);
    });
}

void SecretEdit::setRevealed(bool revealed)
{
    if (revealed == isRevealed())
        return;
    if (revealed && !text().isEmpty() && isVisible()) {
        m_plain = new PlainSecret(text(), *this);
        m_plain->show();
        m_plain->raise();
    } else if (m_plain) {
        // Gone from the screen at once, but deleted later: the window may be walking through its children just now.
        m_plain->hide();
        m_plain->deleteLater();
        m_plain.clear();
    }
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

#include "ui/look/noticebox.h"

#include "ui/look/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace countermand {

NoticeBox::NoticeBox(Severity severity, QWidget *parent)
    : QFrame(parent), m_severity(severity), m_icon(new QLabel(this)), m_text(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(8);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    refreshLook();
    hide();
}

void NoticeBox::setSeverity(Severity severity)
{
    m_severity = severity;
    refreshLook();
}

void NoticeBox::setText(const QString &text)
{
    m_text->setText(text);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
}

QString NoticeBox::text() const
{
    return m_text->text();
}

QPushButton *NoticeBox::addButton(const QString &text)
{
    auto *button = new QPushButton(text, this);
    // Enter belongs to the dialog's own buttons.
    button->setAutoDefault(false);
    layout()->addWidget(button);
    layout()->setAlignment(m_icon, Qt::AlignVCenter);
    return button;
}

void NoticeBox::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refreshLook();
}

void NoticeBox::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor border = theme.ink(m_severity);
    border.setAlphaF(0.45F);
    painter.setPen(border);
    painter.setBrush(theme.tint(m_severity));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void NoticeBox::refreshLook()
{
    m_icon->setPixmap(
        iconPixmap(severityIcon(m_severity), themeOf(palette()).ink(m_severity), 16, devicePixelRatioF()));
    update();
}

} // namespace countermand

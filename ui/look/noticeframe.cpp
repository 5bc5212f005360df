#include "ui/look/noticeframe.h"

#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

namespace countermand {

namespace {

constexpr int radius = 4;

QPainterPath rounded(const QRect &rect, qreal inset)
{
    QPainterPath path;
    path.addRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    return path;
}

} // namespace

NoticeFrame::NoticeFrame(Shape shape, Severity severity, QWidget *parent)
    : QFrame(parent), m_shape(shape), m_severity(severity)
{}

void NoticeFrame::setSeverity(Severity severity)
{
    m_severity = severity;
    dress();
    update();
}

void NoticeFrame::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        dress();
        update();
    }
}

void NoticeFrame::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(palette());
    const QColor ink = theme.ink(m_severity);
    // The border repeats the severity softly.
    QColor soft = ink;
    soft.setAlphaF(0.45F);
    const QRect edge = QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, edgeWidth, height()));
    QPainter painter(this);
    if (m_shape == Shape::Bar) {
        painter.fillRect(rect(), theme.tint(m_severity));
        painter.fillRect(edge, ink);
        painter.fillRect(QRect(0, height() - 1, width(), 1), soft);
    } else {
        painter.setRenderHint(QPainter::Antialiasing);
        const QPainterPath outline = rounded(rect(), 0.5);
        painter.fillPath(outline, theme.tint(m_severity));
        if (m_shape == Shape::Card) {
            painter.save();
            painter.setClipPath(outline);
            painter.fillRect(edge, ink);
            painter.restore();
        }
        if (hasFocus())
            painter.strokePath(rounded(rect(), 1), QPen(theme.focus, 2));
        else
            painter.strokePath(outline, QPen(soft, 1));
    }

    const QRect place = QStyle::visualRect(layoutDirection(), rect(), iconPlace());
    const QPixmap icon = iconPixmap(severityIcon(m_severity), ink, iconSize, devicePixelRatioF());
    if (const qreal angle = iconAngle(); angle != 0) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.translate(QRectF(place).center());
        painter.rotate(angle);
        painter.drawPixmap(QPointF(-iconSize / 2.0, -iconSize / 2.0), icon);
    } else {
        painter.drawPixmap(place, icon);
    }
}

} // namespace countermand

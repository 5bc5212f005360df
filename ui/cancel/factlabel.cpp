#include "ui/cancel/factlabel.h"

#include "ui/look/theme.h"

#include <QPainter>

#include <chrono>

namespace countermand {

FactLabel::FactLabel(QWidget *parent) : QLabel(parent)
{
    setWordWrap(true);
    // By mouse only: as a stop of the Tab key each value would lie between Keep and Cancel.
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_flash.setSingleShot(true);
    m_flash.setInterval(std::chrono::milliseconds(600));
    connect(&m_flash, &QTimer::timeout, this, [this] { update(); });
}

void FactLabel::flash()
{
    m_flash.start();
    update();
}

void FactLabel::paintEvent(QPaintEvent *event)
{
    if (isFlashing()) {
        QPainter painter(this);
        painter.fillRect(rect(), themeOf(palette()).flash);
    }
    QLabel::paintEvent(event);
}

} // namespace countermand

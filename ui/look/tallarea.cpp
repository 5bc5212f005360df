#include "ui/look/tallarea.h"

#include <QEvent>
#include <QLayout>
#include <QScrollBar>

namespace countermand {

TallArea::TallArea(QWidget *content, QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(content);
    content->installEventFilter(this);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
}

int TallArea::heightForWidth(int width) const
{
    const QLayout *layout = widget()->layout();
    return layout->hasHeightForWidth() ? layout->totalHeightForWidth(width) : layout->totalSizeHint().height();
}

QSize TallArea::sizeHint() const
{
    const QSize content = widget()->layout()->totalSizeHint();
    return {content.width(), heightForWidth(content.width())};
}

QSize TallArea::minimumSizeHint() const
{
    // The bar lies beside the content, never over it.
    const int bar = verticalScrollBarPolicy() == Qt::ScrollBarAlwaysOn ? verticalScrollBar()->sizeHint().width() : 0;
    return {widget()->layout()->totalMinimumSize().width() + bar, 96};
}

bool TallArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
        adapt();
    }
    return QScrollArea::eventFilter(watched, event);
}

void TallArea::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    adapt();
}

void TallArea::adapt()
{
    // Decided here, not "as needed": there the bar, once shown, can make text wrap so that it stays needed for ever.
    const bool scrolls = heightForWidth(width()) > height();
    const Qt::ScrollBarPolicy policy = scrolls ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff;
    if (verticalScrollBarPolicy() == policy)
        return;
    setFocusPolicy(scrolls ? Qt::StrongFocus : Qt::NoFocus);
    setVerticalScrollBarPolicy(policy);
    updateGeometry();
}

} // namespace countermand

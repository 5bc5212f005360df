#include "ui/account/practiceband.h"

#include "ui/look/accessible.h"
#include "ui/look/theme.h"

#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int bandHeight = 26;
constexpr int stripe = 14;
constexpr int platePadding = 14;

} // namespace

PracticeBand::PracticeBand(QWidget *parent) : QLabel(parent)
{
    setObjectName(u"practiceBand"_s);
    setAccessibleName(tr("Practice mode"));
    setTextFormat(Qt::PlainText);
    setText(tr("PRACTICE — no real orders. Nothing is sent to CoinW."));
    describe(this, text());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QFont bold = font();
    bold.setBold(true);
    setFont(bold);
}

QSize PracticeBand::sizeHint() const
{
    return QSize(fontMetrics().horizontalAdvance(text()) + 2 * platePadding,
                 qMax(bandHeight, fontMetrics().height() + 6));
}

QSize PracticeBand::minimumSizeHint() const
{
    return QSize(0, sizeHint().height());
}

void PracticeBand::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.practice);
    for (int left = -height() - stripe; left < width(); left += 2 * stripe) {
        QPainterPath slanted;
        slanted.moveTo(left, height());
        slanted.lineTo(left + height(), 0);
        slanted.lineTo(left + height() + stripe, 0);
        slanted.lineTo(left + stripe, height());
        painter.fillPath(slanted, theme.practiceText);
    }
    const int plateWidth = qMin(width(), fontMetrics().horizontalAdvance(text()) + 2 * platePadding);
    const QRect plate((width() - plateWidth) / 2, 0, plateWidth, height());
    painter.fillRect(plate, theme.practice);
    painter.setPen(theme.practiceText);
    painter.setFont(font());
    painter.drawText(plate, Qt::AlignCenter, text());
}

} // namespace countermand

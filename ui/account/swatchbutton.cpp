#include "ui/account/swatchbutton.h"

#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QPainter>

namespace countermand {

SwatchButton::SwatchButton(int swatch, QWidget *parent) : QRadioButton(parent), m_swatch(swatch)
{
    setObjectName(QStringLiteral("accountColor_%1").arg(swatch + 1));
    setAccessibleName(Theme::swatchName(swatch));
    setToolTip(Theme::swatchName(swatch));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    // All of them are one stop, at the chosen one; arrow keys choose.
    setFocusPolicy(Qt::ClickFocus);
    connect(this, &QAbstractButton::toggled, this,
            [this](bool chosen) { setFocusPolicy(chosen ? Qt::StrongFocus : Qt::ClickFocus); });
}

QSize SwatchButton::sizeHint() const
{
    return {34, 34};
}

bool SwatchButton::hitButton(const QPoint &position) const
{
    return rect().contains(position);
}

void SwatchButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF square(5, 5, 24, 24);
    painter.setOpacity(isEnabled() ? 1.0 : 0.4);
    painter.setPen(theme.dark ? QPen(theme.outline, 1) : QPen(Qt::NoPen));
    painter.setBrush(theme.swatch(m_swatch));
    painter.drawRoundedRect(square, 4, 4);
    if (isChecked()) {
        QPen tick(Qt::white, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        painter.setPen(tick);
        painter.drawPolyline(QPolygonF{{11.5, 17.5}, {15.5, 21.5}, {22.5, 13.0}});
    }
    if (hasFocus() || isChecked()) {
        // On whole pixels, so that the ring of the chosen one is more than another shade of its line.
        const qreal inset = hasFocus() ? 1 : 1.5;
        painter.setPen(QPen(hasFocus() ? theme.focus : theme.outline, hasFocus() ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 6, 6);
    }
}

} // namespace countermand

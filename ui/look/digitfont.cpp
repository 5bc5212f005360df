#include "ui/look/digitfont.h"

#include <QPainter>

#include <algorithm>

namespace countermand {

namespace {

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

/// Calls `then` with every digit alone and with every run of other characters.
template <typename Then>
void eachPiece(const QString &text, Then then)
{
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at + 1;
        while (!isDigit(text.at(at)) && end < text.size() && !isDigit(text.at(end)))
            ++end;
        then(text.mid(at, end - at));
        at = end;
    }
}

} // namespace

DigitFont::DigitFont(const QFont &font) : m_font(font), m_metrics(font)
{
    const qreal first = m_metrics.horizontalAdvance(u'0');
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        const qreal width = m_metrics.horizontalAdvance(digit);
        m_pitch = std::max(m_pitch, width);
        m_even = m_even && qAbs(width - first) <= 0.01;
    }
}

qreal DigitFont::width(const QString &text) const
{
    if (m_even)
        return m_metrics.horizontalAdvance(text);
    qreal width = 0;
    eachPiece(text, [&](const QString &piece) {
        width += isDigit(piece.at(0)) ? m_pitch : m_metrics.horizontalAdvance(piece);
    });
    return width;
}

void DigitFont::draw(QPainter *painter, const QPointF &at, const QString &text) const
{
    painter->setFont(m_font);
    const qreal base = at.y() + m_metrics.ascent();
    if (m_even) {
        painter->drawText(QPointF(at.x(), base), text);
        return;
    }
    qreal left = at.x();
    eachPiece(text, [&](const QString &piece) {
        const qreal own = m_metrics.horizontalAdvance(piece);
        const qreal place = isDigit(piece.at(0)) ? m_pitch : own;
        painter->drawText(QPointF(left + (place - own) / 2, base), piece);
        left += place;
    });
}

} // namespace countermand

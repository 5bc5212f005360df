#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QPointF>
#include <QString>

class QPainter;

namespace countermand {

/// Numbers in a font, so that they can be compared digit by digit: where the font's digits are not equally wide, each
/// takes the width of the widest. Everything else stays as the font has it.
class DigitFont
{
public:
    explicit DigitFont(const QFont &font);

    const QFont &font() const { return m_font; }
    /// The font's own digits are equally wide: its texts can be drawn as they are.
    bool areEven() const { return m_even; }
    /// Of one line of text, logical pixels.
    qreal width(const QString &text) const;
    /// One line of text from the left, whatever it says; `at` is where its upper left corner goes. In the painter's
    /// pen.
    void draw(QPainter *painter, const QPointF &at, const QString &text) const;

private:
    QFont m_font;
    QFontMetricsF m_metrics;
    qreal m_pitch = 0;
    bool m_even = true;
};

} // namespace countermand

#pragma once

#include "ui/look/severity.h"

#include <QFrame>
#include <QRect>

namespace countermand {

/// What every notice has: the tint, the border and the icon of its severity, and the edge that repeats it. What lies
/// on it is placed by the class above.
class NoticeFrame : public QFrame
{
    Q_OBJECT

public:
    /// Card: rounded, with the edge; the ring of focus replaces the border. Bar: over the whole width, with the edge
    /// and a line below. Box: rounded, without the edge.
    enum class Shape { Card, Bar, Box };

    static constexpr int edgeWidth = 4;
    static constexpr int iconSize = 16;

    Severity severity() const { return m_severity; }
    void setSeverity(Severity severity);

protected:
    NoticeFrame(Shape shape, Severity severity, QWidget *parent);

    /// Where the icon is, as if words ran from left to right.
    virtual QRect iconPlace() const = 0;
    /// By how many degrees it is turned.
    virtual qreal iconAngle() const { return 0; }
    /// Gives the parts their colors: after a change of severity or palette.
    virtual void dress() {}

    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    const Shape m_shape;
    Severity m_severity;
};

} // namespace countermand

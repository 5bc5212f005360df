#pragma once

#include <QScrollArea>

namespace countermand {

/// Takes all the height its content wants, and scrolls only where the screen is too small for that. Takes the
/// keyboard focus only while there is something to scroll.
class TallArea : public QScrollArea
{
    Q_OBJECT

public:
    /// `content` must have a layout; becomes a child.
    TallArea(QWidget *content, QWidget *parent);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void adapt();
};

} // namespace countermand

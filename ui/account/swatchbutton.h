#pragma once

#include <QRadioButton>

namespace countermand {

/// One badge color to choose: a filled square, ticked when chosen. A radio button in every other way.
class SwatchButton : public QRadioButton
{
    Q_OBJECT

public:
    /// `swatch` 0 to 7, as in Account. Named by the color's name.
    SwatchButton(int swatch, QWidget *parent);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool hitButton(const QPoint &position) const override;
    void paintEvent(QPaintEvent *event) override;

private:
    int m_swatch;
};

} // namespace countermand

#pragma once

#include <QLabel>

namespace countermand {

/// The hatched yellow and black band over a practice window, 26 px high: "PRACTICE — no real orders. Nothing is sent
/// to CoinW." Object name `practiceBand`, accessible name "Practice mode".
class PracticeBand : public QLabel
{
    Q_OBJECT

public:
    explicit PracticeBand(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace countermand

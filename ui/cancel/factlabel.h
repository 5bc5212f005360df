#pragma once

#include <QLabel>
#include <QTimer>

namespace countermand {

/// A value of the confirmation: selectable, and lit for 600 ms when it changes.
class FactLabel : public QLabel
{
    Q_OBJECT

public:
    explicit FactLabel(QWidget *parent);

    void flash();
    bool isFlashing() const { return m_flash.isActive(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QTimer m_flash;
};

} // namespace countermand

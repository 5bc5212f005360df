#pragma once

#include <QHeaderView>

namespace countermand {

/// The column headers of the orders table: aligned with their columns' texts, with a sort mark beside the
/// word.
class OrdersHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit OrdersHeader(QWidget *parent = nullptr);

    QSize sectionSizeFromContents(int logicalIndex) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
};

} // namespace countermand

#pragma once

#include "workflow/ordersmodel.h"

#include <QFont>
#include <QList>

namespace countermand {

/// The font a column's cells are drawn in: equal digits for numbers, heavier for the side.
QFont cellFont(const QFont &base, OrdersModel::Column column);

/// Left and right of every cell's and header's text, pixels.
constexpr int cellPadding = 8;
/// What the mark of a changed cell takes before its text, pixels.
constexpr int flashMarkWidth = 9;
/// What the sort mark takes beside a header's word, pixels.
constexpr int sortMarkWidth = 12;

/// Widths of all columns for a table `available` pixels wide: those of ux-design §3.1, but never narrower than the
/// column's sample text in the running font. Where they don't all fit, wider ones give way down to their sample
/// texts.
QList<int> columnWidths(const QFont &base, int available);

} // namespace countermand

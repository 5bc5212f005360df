#pragma once

#include "ui/table/ordercolumns.h"

#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace countermand {

/// How the user has arranged the columns of the orders table. A value; what a new program starts with is the default.
struct ColumnLayout {
    using Column = OrderColumns::Column;
    struct Place {
        Column column;
        bool hidden = false;

        friend bool operator==(const Place &, const Place &) = default;
    };

    /// Every column once, from the reading start; Action at the end.
    QList<Place> places;
    /// Widths in pixels that the user has chosen; the other columns follow their content and the window.
    QMap<Column, int> widths = {};
    Column sortedBy = OrderColumns::Placed;
    Qt::SortOrder order = Qt::AscendingOrder;

    static ColumnLayout standard();
    /// "state instrument side … -leverage action; placed+; price:150 …". fromText(toText()) gives the same back.
    QString toText() const;
    /// Understands what toText() of this or another version wrote: unknown columns are left out, unnamed ones stand
    /// before Action as the standard has them, and what was one column for take profit and stop loss is two. Text
    /// that is none of ours gives the standard.
    static ColumnLayout fromText(const QString &text);

    /// Whether the user may hide it: not State, Instrument, Side and Action.
    static bool mayHide(Column column);

    friend bool operator==(const ColumnLayout &, const ColumnLayout &) = default;
};

} // namespace countermand

#pragma once

#include "workflow/openorders.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFont>
#include <QList>
#include <QString>

#include <optional>

namespace countermand {

struct OrderColumn;
struct OrderRowChange;
struct ShownOrder;
struct SortKey;

/// The columns of the table of orders, as they stand until the user moves them.
class OrderColumns
{
    Q_DECLARE_TR_FUNCTIONS(countermand::OrderColumns)

public:
    enum Column {
        State,
        Instrument,
        Side,
        Type,
        Price,
        Remaining,
        Filled,
        TakeProfit,
        StopLoss,
        Distance,
        LastPrice,
        Value,
        Placed,
        Age,
        Id,
        // Hidden until asked for.
        TriggerPrice,
        Leverage,
        MarginModeColumn,
        Margin,
        Source,
        ClientId,
        FullId,
        Updated,
        // At the end, wherever the user moves others.
        Action,
        ColumnCount
    };

    /// Everything that is said of a column. `column` is one.
    static const OrderColumn &at(int column);
    /// Columns whose facts differ between two versions of a row (Age, LastPrice and Distance never do).
    static QList<Column> changed(const OrderRow &before, const OrderRow &after);
    /// "State", "Instrument", …: the column's full name.
    static QString nameOf(int column);
    /// Left or right, and vertically centered; for cells and header alike.
    static Qt::Alignment alignmentOf(int column);
};

/// One column. A function that is null has nothing to say.
struct OrderColumn {
    enum class Font { Plain, Digits, Heavy };
    enum class Presence { Always, Usual, OnDemand };

    OrderColumns::Column column;
    /// Its name in users' settings, which never changes.
    QLatin1StringView word;
    QString (*name)();
    Presence presence = Presence::Usual;
    /// A text of the usual length: what the column has room for before any order is known.
    QString (*sample)() = nullptr;
    /// Where no other column may leave any more, it is cut down to `sample`. Never a number.
    bool mayBeCut = false;
    /// Its place in the order in which columns leave a window that is too narrow, from 1; 0: it stays.
    int leaves = 0;
    Font font = Font::Plain;
    /// Columns of numbers stand at the right in every layout direction.
    bool isRightAligned = false;
    bool (*differs)(const OrderRowChange &change) = nullptr;
    /// Of an order's cell; `now` is the moment ages are counted to, UTC.
    QString (*text)(const ShownOrder &shown, const QDateTime &now);
    /// `block`: why the order can't be canceled now; empty if it can.
    QString (*toolTip)(const ShownOrder &shown, const QString &block) = nullptr;
    /// Instead of "name: text".
    QString (*accessibleText)(const ShownOrder &shown) = nullptr;
    QString (*accessibleDescription)(const ShownOrder &shown, const QString &block) = nullptr;
    /// What it sorts by: numbers and instants as they are, never as texts. Null: by the orders' ids alone.
    SortKey (*key)(const OrderRow &row, const std::optional<Decimal> &lastPrice) = nullptr;
    /// The number whose change lights the cell up for a moment.
    std::optional<Decimal> (*flashes)(const Order &order) = nullptr;
};

/// The font a column's cells are drawn in: heavier for the side. Numbers are drawn by DigitFont.
QFont cellFont(const QFont &base, OrderColumns::Column column);

/// What the mark of a changed cell takes before its text, pixels.
constexpr int flashMarkWidth = 9;

} // namespace countermand

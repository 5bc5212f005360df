#pragma once

#include "ui/table/ordercolumns.h"
#include "workflow/openorders.h"

#include <QHash>
#include <QString>

#include <array>
#include <compare>
#include <optional>

namespace countermand {

/// What decides a row's place in the ascending order of one column. Made once per row, compared often.
struct SortKey {
    /// Compared one after the other; what is absent comes after every number.
    std::array<std::optional<Decimal>, 2> numbers = {};
    /// Before the numbers; for what counts in whole steps.
    qint64 rank = 0;
    /// In folded case; after the numbers.
    QString words = {};
    OrderId id = {};
};

/// Words in folded case, each kept: many rows say the same, and comparing one string with itself takes no time.
class FoldedWords
{
public:
    QString of(const QString &words);
    void clear() { m_folded.clear(); }

private:
    QHash<QString, QString> m_folded;
};

/// `lastPrice` is that of the order's instrument, for the columns that need it.
SortKey sortKey(const OrderRow &row, OrderColumns::Column column, const std::optional<Decimal> &lastPrice,
                FoldedWords &folded);
/// By exact decimals and instants, never by texts. What is absent comes last; rows that are equal in the column stand
/// by their ids, so only a row equals itself.
std::strong_ordering compareKeys(const SortKey &a, const SortKey &b);

} // namespace countermand

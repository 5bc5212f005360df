#include "ui/table/ordersort.h"

namespace countermand {

namespace {

/// Absent comes after every number.
std::strong_ordering compareNumbers(const std::optional<Decimal> &a, const std::optional<Decimal> &b)
{
    if (a && b)
        return *a <=> *b;
    return b.has_value() <=> a.has_value();
}

std::strong_ordering compareWords(const QString &a, const QString &b)
{
    if (a.constData() == b.constData() && a.size() == b.size())
        return std::strong_ordering::equal;
    return a.compare(b) <=> 0;
}

/// Ids are opaque; a longer one is newer wherever they count upwards.
std::strong_ordering compareIds(const OrderId &a, const OrderId &b)
{
    const auto byLength = a.text().size() <=> b.text().size();
    return byLength != 0 ? byLength : a.text().compare(b.text()) <=> 0;
}

} // namespace

QString FoldedWords::of(const QString &words)
{
    QString &folded = m_folded[words];
    if (folded.isEmpty())
        folded = words.toCaseFolded();
    return folded;
}

SortKey sortKey(const OrderRow &row, OrderColumns::Column column, const std::optional<Decimal> &lastPrice,
                FoldedWords &folded)
{
    const auto keyOf = OrderColumns::at(column).key;
    SortKey key = keyOf ? keyOf(row, lastPrice) : SortKey{};
    if (!key.words.isEmpty())
        key.words = folded.of(key.words);
    key.id = row.order.id;
    return key;
}

std::strong_ordering compareKeys(const SortKey &a, const SortKey &b)
{
    if (const auto byRank = a.rank <=> b.rank; byRank != 0)
        return byRank;
    for (size_t i = 0; i < a.numbers.size(); ++i) {
        if (const auto byNumber = compareNumbers(a.numbers[i], b.numbers[i]); byNumber != 0)
            return byNumber;
    }
    if (const auto byWord = compareWords(a.words, b.words); byWord != 0)
        return byWord;
    return compareIds(a.id, b.id);
}

} // namespace countermand

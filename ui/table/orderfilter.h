#pragma once

#include "domain/decimal.h"
#include "workflow/openorders.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace countermand {

/// What the filter box asks for (docs/design.md, Filter). A value; the empty filter matches every order.
///
/// Words are ANDed; a bare word is looked for in instrument, side, type and the id's tail, in any case; `"two words"`
/// stay together; `-word` excludes. Fields: `inst:` `side:` `type:` `state:` `source:` `client:` look for a part of
/// the text (with `=` for all of it or a whole word; `side:` for the beginning of a word), `id:` for the end of the
/// id; `is:orphan` finds orders that are known to have lost their position, or to be larger than it; `px` `rem`
/// `filled` (contracts) compare exact decimals and `age` a time (`1h`; s m h d) by = < <= > >=. What an order does
/// not have (no price, no time) no comparison matches.
class OrderFilter
{
public:
    struct Parsed;

    /// Reads what the user typed. Blank text is the empty filter.
    static Parsed parse(const QString &text);

    /// The last word is no more than a field's name, "px": what it is compared with is likely still to come.
    static bool isUnfinished(const QString &text);

    bool isEmpty() const { return m_terms.isEmpty(); }
    /// Whether time alone can change what matches.
    bool asksForAge() const;
    /// `haystack` is haystackOf(row), which a list keeps ready. `nowUtc` is what ages are counted to.
    bool matches(const OrderRow &row, const QString &haystack, const QDateTime &nowUtc) const;
    bool matches(const OrderRow &row, const QDateTime &nowUtc) const { return matches(row, haystackOf(row), nowUtc); }

    /// What bare words are looked for in, in lower case: instrument, its name at the exchange, side, type, id tail.
    static QString haystackOf(const OrderRow &row);
    /// A term that selects one instrument: `inst=BTC-USDT`, quoted where it must be.
    static QString instrumentTerm(const Order &order);

    friend bool operator==(const OrderFilter &, const OrderFilter &) = default;

private:
    enum class Field { Any, Instrument, Side, Type, Id, State, Source, Client, Is, Price, Remaining, Filled, Age };
    enum class Comparison { Equal, Less, LessOrEqual, Greater, GreaterOrEqual };
    struct Term {
        Field field = Field::Any;
        bool excludes = false;
        /// Lower case; for fields of words. `whole`: not as a part of another word.
        QString word = {};
        bool whole = false;
        Comparison comparison = Comparison::Equal;
        /// What is compared with. For ages seconds, but a count of `unitSeconds` for Equal.
        Decimal number = {};
        qint64 unitSeconds = 1;

        friend bool operator==(const Term &, const Term &) = default;
    };

    static std::optional<Field> fieldNamed(QStringView name);
    static std::optional<Term> termOf(QString text, bool quoted);
    static std::optional<Term> fieldTerm(QStringView name, QStringView sign, const QString &value);
    static bool compares(const std::optional<Decimal> &left, const Term &term);
    static bool agrees(const Term &term, const OrderRow &row, const QString &haystack, const QDateTime &nowUtc);

    QList<Term> m_terms;
};

/// A filter, or the term that could not be understood as it was typed.
struct OrderFilter::Parsed {
    OrderFilter filter = {};
    /// Empty if all was understood; then `filter` counts.
    QString badTerm = {};
};

} // namespace countermand

#include "ui/table/orderfilter.h"

#include "ui/table/rowstate.h"
#include "ui/words/orderwords.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// The longest time that a filter takes, in its own unit.
constexpr qint64 mostTime = 999'999'999;
/// What `is:` can ask for.
constexpr auto orphanWord = "orphan"_L1;

struct RawTerm {
    QString text;
    /// The words between quotes; a term with them has no operators but those before the first quote.
    bool quoted = false;
};

/// Splits at blanks outside of quotes. An open quote runs to the end: it is still being typed.
QList<RawTerm> split(const QString &text)
{
    QList<RawTerm> terms;
    RawTerm term;
    bool inside = false;
    for (const QChar character : text) {
        if (character == u'"') {
            inside = !inside;
            term.quoted = true;
        }
        if (character.isSpace() && !inside) {
            if (!term.text.isEmpty())
                terms.append(term);
            term = {};
        } else {
            term.text += character;
        }
    }
    if (!term.text.isEmpty())
        terms.append(term);
    return terms;
}

QString withoutQuotes(QString text)
{
    return text.remove(u'"').simplified().toLower();
}

/// "64000", "64,000.5" as the table shows it; a comma anywhere else is no number.
std::optional<Decimal> numberOf(QString text)
{
    static const QRegularExpression grouped(u"^-?\\d{1,3}(,\\d{3})+(\\.\\d+)?$"_s);
    if (text.contains(u',')) {
        if (!grouped.match(text).hasMatch())
            return {};
        text.remove(u',');
    }
    return Decimal::fromText(text);
}

qint64 secondsOf(QChar unit)
{
    switch (unit.unicode()) {
    case u's':
        return 1;
    case u'm':
        return 60;
    case u'h':
        return qint64(60) * 60;
    case u'd':
        return qint64(24) * 60 * 60;
    default:
        return 0;
    }
}

bool comparesLeft(std::strong_ordering order, bool less, bool equal, bool greater)
{
    return order < 0 ? less : order > 0 ? greater : equal;
}

QString tradeWord(const Order &order)
{
    const auto side = tradeSide(order);
    return !side ? QString() : *side == TradeSide::Buy ? u" buy"_s : u" sell"_s;
}

} // namespace

OrderFilter::Parsed OrderFilter::parse(const QString &text)
{
    Parsed parsed;
    const QList<RawTerm> terms = split(text);
    for (const RawTerm &raw : terms) {
        const auto term = termOf(raw.text, raw.quoted);
        if (!term)
            return {.badTerm = raw.text};
        parsed.filter.m_terms.append(*term);
    }
    return parsed;
}

std::optional<OrderFilter::Term> OrderFilter::termOf(QString text, bool quoted)
{
    const bool excludes = text.startsWith(u'-');
    if (excludes)
        text.remove(0, 1);
    std::optional<Term> term;
    const qsizetype quote = quoted ? text.indexOf(u'"') : text.size();
    static const QRegularExpression signs(u"[:<>=]"_s);
    const qsizetype sign = text.indexOf(signs);
    if (sign >= 0 && sign < quote) {
        const qsizetype length = sign + 1 < quote && text.at(sign) != u':' && text.at(sign + 1) == u'=' ? 2 : 1;
        term = fieldTerm(QStringView(text).left(sign), QStringView(text).mid(sign, length),
                         withoutQuotes(text.mid(sign + length)));
    } else if (const QString word = withoutQuotes(text); !word.isEmpty()) {
        term = Term{.word = word};
    }
    if (term)
        term->excludes = excludes;
    return term;
}

std::optional<OrderFilter::Field> OrderFilter::fieldNamed(QStringView name)
{
    static const QList<std::pair<QString, Field>> fields{
        {u"inst"_s, Field::Instrument}, {u"side"_s, Field::Side},     {u"type"_s, Field::Type},
        {u"id"_s, Field::Id},           {u"state"_s, Field::State},   {u"px"_s, Field::Price},
        {u"rem"_s, Field::Remaining},   {u"filled"_s, Field::Filled}, {u"age"_s, Field::Age},
        {u"source"_s, Field::Source},   {u"client"_s, Field::Client}, {u"is"_s, Field::Is},
    };
    const auto known = std::find_if(fields.cbegin(), fields.cend(), [name](const auto &each) {
        return name.compare(each.first, Qt::CaseInsensitive) == 0;
    });
    return known == fields.cend() ? std::nullopt : std::optional(known->second);
}

bool OrderFilter::isUnfinished(const QString &text)
{
    const QList<RawTerm> terms = split(text);
    if (terms.isEmpty() || terms.constLast().quoted || text.back().isSpace())
        return false;
    const QString &last = terms.constLast().text;
    return fieldNamed(QStringView(last).mid(last.startsWith(u'-') ? 1 : 0)).has_value();
}

std::optional<OrderFilter::Term> OrderFilter::fieldTerm(QStringView name, QStringView sign, const QString &value)
{
    const auto known = fieldNamed(name);
    if (!known || value.isEmpty())
        return {};

    Term term{.field = *known};
    if (sign == u"<")
        term.comparison = Comparison::Less;
    else if (sign == u"<=")
        term.comparison = Comparison::LessOrEqual;
    else if (sign == u">")
        term.comparison = Comparison::Greater;
    else if (sign == u">=")
        term.comparison = Comparison::GreaterOrEqual;
    else if (sign != u":" && sign != u"=")
        return {};

    if (term.field < Field::Price) {
        if (term.comparison != Comparison::Equal)
            return {};
        term.whole = sign == u"=";
        // The table shows an id as "…1947".
        term.word = term.field == Field::Id && value.startsWith(u'…') ? value.mid(1) : value;
        if (term.field == Field::Is && term.word != orphanWord)
            return {};
        return term.word.isEmpty() ? std::nullopt : std::optional(term);
    }
    if (term.field == Field::Age)
        term.unitSeconds = secondsOf(value.back());
    if (term.field == Field::Age) {
        bool whole = false;
        term.unitSeconds = secondsOf(value.back());
        const qint64 count = value.chopped(1).toLongLong(&whole);
        if (!whole || count < 0 || count > mostTime || term.unitSeconds == 0)
            return {};
        term.number = Decimal(term.comparison == Comparison::Equal ? count : count * term.unitSeconds);
        return term;
    }
    const auto number = numberOf(value);
    if (!number)
        return {};
    term.number = *number;
    return term;
}

bool OrderFilter::asksForAge() const
{
    return std::any_of(m_terms.cbegin(), m_terms.cend(), [](const Term &term) { return term.field == Field::Age; });
}

bool OrderFilter::matches(const OrderRow &row, const QString &haystack, const QDateTime &nowUtc) const
{
    return std::all_of(m_terms.cbegin(), m_terms.cend(),
                       [&](const Term &term) { return agrees(term, row, haystack, nowUtc) != term.excludes; });
}

bool OrderFilter::compares(const std::optional<Decimal> &left, const Term &term)
{
    if (!left)
        return false;
    const std::strong_ordering order = *left <=> term.number;
    switch (term.comparison) {
    case Comparison::Equal:
        return comparesLeft(order, false, true, false);
    case Comparison::Less:
        return comparesLeft(order, true, false, false);
    case Comparison::LessOrEqual:
        return comparesLeft(order, true, true, false);
    case Comparison::Greater:
        return comparesLeft(order, false, false, true);
    case Comparison::GreaterOrEqual:
        return comparesLeft(order, false, true, true);
    }
    return false;
}

bool OrderFilter::agrees(const Term &term, const OrderRow &row, const QString &haystack, const QDateTime &nowUtc)
{
    const Order &order = row.order;
    const auto contains = [&term](const QString &text) {
        if (!term.whole)
            return text.contains(term.word, Qt::CaseInsensitive);
        return text.compare(term.word, Qt::CaseInsensitive) == 0 ||
               (term.field != Field::Instrument && text.split(u' ').contains(term.word, Qt::CaseInsensitive));
    };
    // "l" is the beginning of "long", but also a part of "close" and "sell".
    const auto begins = [&](const QString &text) {
        return term.whole ? contains(text) : QString(u' ' + text).contains(u' ' + term.word, Qt::CaseInsensitive);
    };
    const auto endsId = [&] { return order.id.text().endsWith(term.word, Qt::CaseInsensitive); };
    switch (term.field) {
    case Field::Any:
        // Four characters of the id are in the haystack; a longer end of it counts too.
        return haystack.contains(term.word) || (term.word.size() > order.id.tail().size() && endsId());
    case Field::Instrument:
        return contains(instrumentText(order)) || contains(order.instrument);
    case Field::Side:
        return begins(sideWords(order) + tradeWord(order));
    case Field::Type: {
        const QStringList names = typeNames(order);
        return std::any_of(names.cbegin(), names.cend(), contains) || contains(order.typeWord);
    }
    case Field::Id:
        return endsId();
    case Field::State:
        return contains(rowStateWord(rowState(row))) ||
               (isPartlyFilledToo(row, false) && contains(rowStateWord(RowState::PartlyFilled)));
    case Field::Source:
        return contains(order.source);
    case Field::Client:
        return contains(order.clientOrderId);
    case Field::Is:
        return row.position.loss.kind != PositionLoss::Kind::None;
    case Field::Price:
        return compares(shownPrice(order), term);
    case Field::Remaining:
        return compares(shownRemaining(order), term);
    case Field::Filled:
        return compares(shownFilled(order), term);
    case Field::Age: {
        if (!order.placedAt.isValid() || !nowUtc.isValid())
            return false;
        const qint64 seconds = std::max(qint64(0), order.placedAt.msecsTo(nowUtc) / 1000);
        // "age=4m" is what the column calls 4 min; "age>4m" begins a second after 4 whole minutes.
        if (term.comparison == Comparison::Equal)
            return Decimal(seconds / term.unitSeconds) == term.number;
        return compares(Decimal(seconds), term);
    }
    }
    return false;
}

QString OrderFilter::haystackOf(const OrderRow &row)
{
    const Order &order = row.order;
    const QStringList parts{instrumentText(order), order.instrument, sideWords(order), typeText(order),
                            order.id.tail()};
    return parts.join(u'\n').toLower();
}

QString OrderFilter::instrumentTerm(const Order &order)
{
    const QString name = instrumentText(order);
    static const QRegularExpression blank(u"\\s"_s);
    return name.contains(blank) ? u"inst=\"%1\""_s.arg(name) : u"inst="_s + name;
}

} // namespace countermand

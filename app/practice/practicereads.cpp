#include "practice/practicereads.h"

#include "practice/practiceinstruments.h"
#include "practice/practicerows.h"

#include <QUrlQuery>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr int defaultPageSize = 50;
constexpr auto instrumentsPath = "/v1/perpum/instruments";
constexpr auto tickersPath = "/v1/perpumPublic/tickers";
constexpr auto tickerPath = "/v1/perpumPublic/ticker";

PracticeReading missingParameter()
{
    return {200, practicerows::plain(402, u"param required"_s)};
}

/// The kind that a word of `positionType` asks for. Nothing for an unknown word.
std::optional<ListKind> kindOf(const QString &word)
{
    if (word == "plan"_L1)
        return ListKind::Plan;
    if (word == "execute"_L1)
        return ListKind::Execute;
    if (word == "stopProfitLoss"_L1)
        return ListKind::StopProfitLoss;
    if (word == "moveStop"_L1 || word == "moveStopProfitLoss"_L1)
        return ListKind::Trailing;
    if (word == "planTrigger"_L1)
        return ListKind::Trigger;
    return std::nullopt;
}

bool isOf(const QString &instrument, const QString &asked)
{
    return asked.isEmpty() || instrument.compare(asked, Qt::CaseInsensitive) == 0;
}

template <typename Row>
QJsonArray rowsOf(const PracticeBook &book, ListKind kind, const QString &instrument, Row row)
{
    QJsonArray rows;
    for (const PracticeOrder &order : book.orders()) {
        if (order.kind == kind && isOf(order.instrument, instrument))
            rows.append(row(order));
    }
    return rows;
}

PracticeReading pageOf(const QJsonArray &rows, const QUrlQuery &query)
{
    int number = 1;
    int size = defaultPageSize;
    bool good = true;
    if (query.hasQueryItem(u"page"_s))
        number = query.queryItemValue(u"page"_s).toInt(&good);
    if (good && query.hasQueryItem(u"pageSize"_s))
        size = query.queryItemValue(u"pageSize"_s).toInt(&good);
    if (!good || number < 1 || size < 1)
        return PracticeReading{200, practicerows::badParameter()};
    return {200, practicerows::answer(practicerows::page(rows, number, size))};
}

PracticeReading orderList(const PracticeBook &book, const QUrlQuery &query)
{
    const QString word = query.queryItemValue(u"positionType"_s);
    if (word.isEmpty())
        return missingParameter();
    const std::optional<ListKind> kind = kindOf(word);
    if (!kind)
        return PracticeReading{200, practicerows::badParameter()};
    const QString instrument = query.queryItemValue(u"instrument"_s);
    // Conditional orders are listed here only once they have triggered, and then they are plan orders.
    if (*kind == ListKind::Trigger)
        return {200, practicerows::answer(QJsonArray())};
    if (*kind == ListKind::Trailing)
        return {200, practicerows::answer(rowsOf(book, *kind, instrument, practicerows::trailingRow))};
    return {200, practicerows::answer(rowsOf(book, *kind, instrument, practicerows::orderRow))};
}

PracticeReading openPage(const PracticeBook &book, const QUrlQuery &query)
{
    const QString instrument = query.queryItemValue(u"instrument"_s);
    const QString word = query.queryItemValue(u"positionType"_s);
    if (instrument.isEmpty() || word.isEmpty())
        return missingParameter();
    const std::optional<ListKind> kind = kindOf(word);
    if (!kind)
        return PracticeReading{200, practicerows::badParameter()};
    return pageOf(rowsOf(book, *kind, instrument, practicerows::openRow), query);
}

PracticeReading trailingList(const PracticeBook &book)
{
    const QJsonArray rows = rowsOf(book, ListKind::Trailing, QString(), practicerows::trailingRow);
    return {200, practicerows::answer(rows.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(rows))};
}

PracticeReading deals(const PracticeBook &book, const QUrlQuery &query)
{
    const QString instrument = query.queryItemValue(u"instrument"_s);
    if (instrument.isEmpty())
        return missingParameter();
    QJsonArray rows;
    for (const PracticeRecord &trade : book.trades()) {
        if (isOf(trade.order.instrument, instrument))
            rows.append(practicerows::dealsRow(trade));
    }
    return pageOf(rows, query);
}

PracticeReading history(const PracticeBook &book, const QUrlQuery &query)
{
    QJsonArray rows;
    for (const PracticeRecord &record : book.records()) {
        // Executed orders only: one that was canceled before anything filled is not here.
        if (record.order.filled > 0 && isOf(record.order.instrument, query.queryItemValue(u"instrument"_s)))
            rows.append(practicerows::historyRow(record));
    }
    return pageOf(rows, query);
}

PracticeReading positions(const PracticeBook &book)
{
    QJsonArray rows;
    for (const PracticePosition &position : book.positions())
        rows.append(practicerows::positionRow(position));
    return {200, practicerows::answer(rows.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(rows))};
}

} // namespace

bool isPublicReading(const QByteArray &path)
{
    return path == instrumentsPath || path == tickersPath || path == tickerPath;
}

std::optional<PracticeReading> practiceReading(const PracticeBook &book, const QByteArray &path,
                                               const QByteArray &query)
{
    const QUrlQuery parameters(QString::fromUtf8(query));
    if (path == "/v1/perpum/order")
        return orderList(book, parameters);
    if (path == "/v1/perpum/orders/open")
        return openPage(book, parameters);
    if (path == "/v1/perpum/orders/openQuantity")
        return PracticeReading{200, practicerows::answer(QJsonObject{{u"value"_s, book.orders().size()}})};
    if (path == "/v1/perpum/moveTPSL")
        return trailingList(book);
    if (path == "/v1/perpum/orders/deals")
        return deals(book, parameters);
    if (path == "/v1/perpum/orders/history")
        return history(book, parameters);
    if (path == "/v1/perpum/positions/all")
        return positions(book);
    if (path == instrumentsPath)
        return PracticeReading{200, practicerows::answer(practiceInstrumentRows())};
    if (path == tickersPath)
        return PracticeReading{200, practicerows::answer(practiceTickerRows())};
    if (path == tickerPath)
        return PracticeReading{200,
                               practicerows::answer(practiceTickerRows(parameters.queryItemValue(u"instrument"_s)))};
    return std::nullopt;
}

} // namespace countermand

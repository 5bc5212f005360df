#pragma once

#include "domain/account.h"
#include "domain/decimal.h"
#include "domain/order.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace countermand {

/// "—", for what is not known or not there.
QString dash();
/// The text, or dash() for an empty one.
QString orDash(const QString &text);
/// "95,400.10": every digit as the exchange sent it, comma groups, dot decimals. "—" if absent.
QString numberText(const std::optional<Decimal> &number);
/// The number, or "unreadable" where the order says that something else was sent in its place.
QString toldText(const std::optional<Decimal> &number, const Order &order, UnreadNumber which);
/// The remaining size in base coin, "0.003 BTC"; empty until the instrument is known.
QString baseSizeText(const Order &order);
/// The price that the table shows and sorts by: the limit price, or what a take profit or stop loss order waits for.
/// Absent for a market price too.
std::optional<Decimal> shownPrice(const Order &order);
/// Contracts still open, and filled: as given, or the difference of the other two quantities.
std::optional<Decimal> shownRemaining(const Order &order);
std::optional<Decimal> shownFilled(const Order &order);
/// "▲ Open long"; the arrow says buy or sell. Unknown words as the exchange sent them, "—" if it was silent.
QString sideText(const Order &order);
/// "Open long" without the arrow, for sentences and the clipboard.
QString sideWords(const Order &order);
/// The order buys (open long, close short) or sells; nothing if unknown.
enum class TradeSide { Buy, Sell };
std::optional<TradeSide> tradeSide(const Order &order);
/// "Limit", "Trailing stop", … or the exchange's own word.
QString typeText(const Order &order);
/// typeText() and the other names by which a trader may look for such an order: "TP / SL", "Take profit", "TP", ….
QStringList typeNames(const Order &order);
/// How far the price may fall back: "0.5 %", "25.0 USDT", the bare number where its unit is not known; "—" without
/// one.
QString callbackText(const Order &order);
/// "64,210.0", "Market" for a no-limit price, "—" if absent.
QString priceText(const Order &order);
/// "3 of 5 cont."
QString remainingText(const Order &order);
/// "40 %", rounded down, "<1 %" if above 0, "—" if unknown.
QString filledText(const Order &order);
/// Local `yyyy-MM-dd HH:mm:ss`; "—" if not said.
QString placedText(const Order &order);
/// The same for the last change.
QString updatedText(const Order &order);
/// "12 s", "4 min", "2 h 47 m", "1 d 5 h"; "—" if not said.
QString ageText(const Order &order, const QDateTime &nowUtc);
/// "Isolated", "Cross"; "—" if not said.
QString marginModeText(const Order &order);
/// What the remaining contracts are worth at the order's own price, in quote currency; absent for a market price and
/// until the instrument is known.
std::optional<Decimal> orderValue(const Order &order);
/// An amount of money with two decimals, "1,926.30"; "<0.01" where it is above zero and less; "—" if absent.
QString amountText(const std::optional<Decimal> &amount);
/// How far the last price is from the order's price, in percent of the last price with two digits: positive where the
/// price must rise. Absent without both.
std::optional<Decimal> priceDistance(const Order &order, const std::optional<Decimal> &lastPrice);
/// Nearer than 0.5 %, above or below; not if absent.
bool isNear(const std::optional<Decimal> &distance);
/// "+1.25 %", "−0.40 %" with a true minus; "—" if absent.
QString distanceText(const std::optional<Decimal> &distance);
/// "…1947"
QString idTailText(const OrderId &id);
/// The order in a sentence, so that it is known from its row: "BTC-USDT Open long 3 cont. at 64,210.0 · order …1947".
/// Every message about one order calls it this.
QString orderIdentity(const Order &order);
/// "CoinW refused to cancel this (source api)": of an order that this call doesn't cancel, with CoinW's word for
/// where it comes from; without one as long as CoinW named none.
QString refusedHereText(const Order &order);
/// What an edit changed: "95,400.0 → 95,600.0", of the price, else of the trigger price, else of the size; without
/// any of these the sides of the arrow are the same price.
QString editText(const Order &before, const Order &after);
/// The default columns without State and Action, tab-separated, full id, plain numbers (docs/design.md, Table).
QString copyRowText(const Order &order, const QDateTime &nowUtc);

/// "1 is listed", "8 are listed"
QString listedText(int listed);
/// "CoinW reports 16 open orders, 8 are listed."
QString countDiffersText(int reported, int listed);

/// "LIVE", "PRACTICE", "TEST SERVER 127.0.0.1:8443"
QString environmentText(const Account &account);
/// "● LIVE", "◆ PRACTICE", "▲ TEST SERVER host" and the profile name.
QString badgeText(const Account &account);

/// Text from outside (ids, codes, prices) for use inside a sentence: fenced with U+2066…U+2069 while the program's
/// layout runs from right to left, so that it still reads left to right; else unchanged.
QString isolated(const QString &text);

} // namespace countermand

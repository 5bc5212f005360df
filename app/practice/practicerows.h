#pragma once

#include "practice/practiceorder.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

namespace countermand::practicerows {

/// Rows and envelopes in CoinW's JSON shape, as its pages and samples show it: the same field is a number in
/// one answer and text in the next, and dates are whole seconds. Prices are always text, so that every digit arrives;
/// practice ids are text.

/// A row of `GET order`: numbers as text. Source: CoinW, get-order-information.
QJsonObject orderRow(const PracticeOrder &order);

/// A row of `GET orders/open`: numbers as numbers, `tradePiece` only once something filled.
/// Source: CoinW, get-current-orders.
QJsonObject openRow(const PracticeOrder &order);

/// A row of `GET moveTPSL`. Source: CoinW, get-trailing-stop-loss-take-profit-information.
QJsonObject trailingRow(const PracticeOrder &order);

/// A row of `GET orders/deals`, a trade or a cancellation: `id` is the trade, `orderId` the order, but of a trailing
/// order a third number. It carries no quantity of the order. Source: CoinW, transaction-details.
QJsonObject dealsRow(const PracticeRecord &trade);

/// A row of `GET orders/history`: `id` is the order, `orderId` an internal number.
/// Source: CoinW, get-historical-orders-7days.
QJsonObject historyRow(const PracticeRecord &record);

/// A row of `GET positions/all`. Source: docs/exchange.md, Positions.
QJsonObject positionRow(const PracticePosition &position);

/// One page (from 1) of rows: `nextId`, `prevId`, `total`, `rows`.
QJsonObject page(const QJsonArray &rows, int number, int size);

/// `{"code":0,"data":…,"msg":""}`.
QByteArray answer(const QJsonValue &data);

/// `{"code":…,"msg":…}`, for a cancel and for every refusal of the business layer.
QByteArray plain(int code, const QString &message);

/// CoinW's refusal of a parameter that it can't read.
QByteArray badParameter();

/// The gateway's refusal, with its text under `message`. Source: CoinW, error-codes.
QByteArray gateway(int code, const QString &message);

} // namespace countermand::practicerows

#pragma once

#include "domain/credentials.h"
#include "domain/result.h"
#include "exchange/rawreply.h"

#include <QJsonValue>
#include <QString>

namespace countermand {

/// The `data` of a good answer (code 0), every number in it as text; QJsonValue::Undefined if the answer has none.
///
/// A row of a list that is no JSON is null in it: it costs only itself.
///
/// Errors: any kind. Success is code 0 and never an HTTP status; every code is mapped here.
/// Source: CoinW, error-codes, cancel-an-order and certify-code-futures pages.
Result<QJsonValue> readEnvelope(const RawReply &reply, const Credentials &credentials);

/// The error of an answer that has code 0 and yet can't be read.
ApiError unreadable(const RawReply &reply);

/// Words from outside as they may be shown and kept: at most 200 characters, control characters and key material
/// removed.
QString presentable(const QString &text, const Credentials &credentials);

} // namespace countermand

#pragma once

#include "domain/instrument.h"
#include "domain/result.h"
#include "domain/ticker.h"
#include "exchange/apirequest.h"
#include "exchange/rawreply.h"

#include <QList>

#include <optional>

namespace countermand {

/// Describes every instrument. Unsigned. Source: CoinW, get-instrument-information.
ApiRequest instrumentsRequest();
/// The last price of every instrument. Unsigned. Source: CoinW, tickers.
ApiRequest tickersRequest();
/// The last price of one instrument ("BTC"): rows as those of all. A name is percent-encoded; nothing
/// for none.
/// Unsigned. Source: CoinW, ticker.
std::optional<ApiRequest> tickerRequest(const QString &instrument);

/// Rows without a name are left out, facts that can't be read are absent.
Result<QList<Instrument>> readInstruments(const RawReply &reply);
/// Rows without a pair or a price above zero are left out.
Result<QList<Ticker>> readTickers(const RawReply &reply);

} // namespace countermand

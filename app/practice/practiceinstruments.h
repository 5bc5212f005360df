#pragma once

#include "domain/instrument.h"

#include <QJsonArray>
#include <QList>

namespace countermand {

/// An instrument of the practice exchange and the price it stands at.
struct PracticeInstrument {
    Instrument facts;
    /// The text that goes on the wire.
    QString lastPrice;
};

/// All of them; every practice order is of one.
const QList<PracticeInstrument> &practiceInstruments();

/// Base coin in `contracts` of an instrument, exactly; the contracts themselves for an unknown one.
QString practiceBaseSize(const QString &instrument, qint64 contracts);

/// Rows of `GET instruments`, and of `GET tickers` or, with an instrument's key, `GET ticker`. Source: CoinW,
/// get-instrument-information, tickers, ticker.
QJsonArray practiceInstrumentRows();
QJsonArray practiceTickerRows(const QString &instrument = {});

} // namespace countermand

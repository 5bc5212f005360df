#pragma once

#include "domain/order.h"

#include <QByteArray>

#include <vector>

namespace countermand {

/// A list of open orders as one good answer held it. The next answer is compared with it byte by byte, so that only
/// rows that changed are read.
struct ListImage {
    struct Row {
        /// Its place in `body`.
        qsizetype begin = 0;
        qsizetype size = 0;
        /// Empty for a row without one.
        OrderId id;
        bool isOpen = false;
    };

    QByteArray body;
    /// What stands between the brackets of the list; -1 for an answer that says "none" without a list.
    qsizetype rowsBegin = -1;
    qsizetype rowsEnd = -1;
    std::vector<Row> rows;
    int openRows = 0;
    int skippedRows = 0;
};

} // namespace countermand

#pragma once

#include "domain/cancelrecord.h"
#include "ui/words/orderfacts.h"

#include <QString>

namespace countermand {

/// All words of a record for detailsDialog of a toast: code, message as sent, http status, times.
QString outcomeDetails(const CancelRecord &record);

/// Everything that a record says, the order as it was when the question was asked; what isn't known has no line.
QList<OrderFact> recordFacts(const CancelRecord &record);

/// What is needed to enter the canceled order again by hand, a line each (see entryFacts()): of its size what had not
/// filled when it ended.
QString orderEntryText(const CancelRecord &record);

} // namespace countermand

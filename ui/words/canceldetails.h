#pragma once

#include "domain/cancelrecord.h"

#include <QString>

namespace countermand {

/// All words of a record for detailsDialog of a toast: code, message as sent, http status, times.
QString outcomeDetails(const CancelRecord &record);

} // namespace countermand

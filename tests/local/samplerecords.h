#pragma once

#include "domain/cancelrecord.h"

#include <QList>

namespace countermand {

/// Every stage there is.
QList<CancelStage> allStages();

/// Two words' worth of nothing: only what every record has.
CancelRecord smallestRecord();

/// Every field set, with texts that a file could trip over.
CancelRecord fullestRecord();

/// A record of a given age and stage, for files of many.
CancelRecord recordNamed(const QString &cancelId, CancelStage stage, const QDateTime &recordedAt);

/// The name of the first field in which both differ; empty if they are the same, digit for digit.
QString firstDifference(const CancelRecord &left, const CancelRecord &right);

} // namespace countermand

#pragma once

#include "practice/practiceorder.h"

#include <QList>

namespace countermand {

/// A practice order's id: `P-3330874170000` and the number in at least four digits.
OrderId practiceOrderId(int number);

/// The eight orders that practice always starts with, oldest first, placed between minutes and hours before
/// `now`.
QList<PracticeOrder> practiceStartList(const QDateTime &now);

/// The positions that practice always starts with.
QList<PracticePosition> practiceStartPositions(const QDateTime &now);

/// An order placed at `createdAt` that closes a position which the account never has at the start.
PracticeOrder practiceOrphanOrder(int number, const QDateTime &createdAt);

/// An order placed at `createdAt`, the `index`-th (from 0) of those added as older than all.
PracticeOrder practiceOlderOrder(int index, int number, const QDateTime &createdAt);

/// An order placed at `createdAt`, the `index`-th (from 0) of those added as new.
PracticeOrder practiceNewOrder(int index, int number, const QDateTime &createdAt);

} // namespace countermand

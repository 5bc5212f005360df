#pragma once

#include "domain/cancelrecord.h"
#include "ui/notices/toast.h"

#include <QString>

namespace countermand {

/// The toast of one cancel as it stands (docs/design.md, Outcomes). `host` is the exchange's, named where the
/// connection is not secure.
ToastContent toastFor(const CancelRecord &record, const QString &host);

/// The words of toastFor() without the practice mark: what the Activity and result lists call the outcome.
ToastContent resultOf(const CancelRecord &record);

/// "Kept", after a question about one order.
ToastContent keptToast(const Account &account, const Order &order);
/// The same after a question about several orders.
ToastContent keptManyToast(const Account &account, int orders);
/// Puts "Practice · " in front of the headline where it belongs.
ToastContent forAccount(const Account &account, ToastContent content);
ToastContent listMovedToast(const Account &account);
ToastContent changedMeanwhileToast(const Account &account);
ToastContent nothingSelectedToast(const Account &account);

} // namespace countermand

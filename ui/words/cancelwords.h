#pragma once

#include "domain/cancelrecord.h"
#include "ui/notices/toast.h"

#include <QString>

namespace countermand {

/// The toast of one cancel as it stands (docs/design.md, Outcomes). `host` is the exchange's, named where the
/// connection is not secure.
ToastContent toastFor(const CancelRecord &record, const QString &host);

/// The same of a cancel that was refused because its order is gone, and has likely become `edited` by a change from
/// elsewhere.
ToastContent changedElsewhereToast(const CancelRecord &record, const Order &edited);

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

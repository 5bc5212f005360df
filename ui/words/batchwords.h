#pragma once

#include "domain/account.h"
#include "ui/words/cancelwords.h"
#include "workflow/cancelbatch.h"

#include <chrono>
#include <optional>

namespace countermand {

/// How a batch stands, as values.
struct BatchView {
    CancelBatch::State state = CancelBatch::State::Running;
    bool isStopped = false;
    /// Cancels of an earlier run: nothing is sent, they are looked up.
    bool isRecovery = false;
    BatchTally tally;
    BatchEnd end;
    /// Orders of failed cancels that are still listed, and whether each was refused with a code.
    int failed = 0;
    bool isEachRefused = false;
    /// Until the last cancel is expected to leave; absent if nothing is known.
    std::optional<std::chrono::seconds> timeLeft;
};

/// The one toast of several orders, while they run and at their end. "Finished" of all only when the list was
/// read once more after the last answer and the exchange counts no more open orders than are listed.
ToastContent batchToast(const Account &account, const BatchView &view);

/// What is known of a batch from its records alone, as of an earlier run: "Batch of 2026-03-04 14:03:22: 8 canceled ·
/// …". `begun`: when its first cancel was recorded.
QString recordedBatchText(const BatchTally &tally, const QDateTime &begun);

/// What the end offers for its failed orders that are still listed: they are called refused only if each has a code
/// that says so.
ToastAction againAction(bool isEachRefused);

/// What was to be asked for again has ended meanwhile.
ToastContent noneLeftToast(const Account &account);

/// Orders that opened while a batch ran and were not touched (docs/design.md, Several orders).
ToastContent newOrdersToast(const Account &account, int orders);

} // namespace countermand

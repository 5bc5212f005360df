#pragma once

#include "ui/notices/bannerarea.h"
#include "workflow/orderfeed.h"
#include "workflow/session.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace countermand {

/// What the banners tell of the open account's cancels.
struct CancelConditions {
    /// Cancels of an earlier run whose outcome is being looked up.
    int recovering = 0;
    /// Why the record of cancels can't be written; empty if it can.
    QString journalProblem{};
};

/// One moment, as the clock that only rises and as the user's own.
struct Moment {
    std::chrono::steady_clock::time_point steady;
    QDateTime local;

    static Moment now() { return {std::chrono::steady_clock::now(), QDateTime::currentDateTime()}; }
};

/// What the buttons of the banners do, while `context` is there.
struct BannerHandlers {
    QObject *context = nullptr;
    std::function<void()> refresh{};
    std::function<void()> scan{};
    std::function<void()> stopScan{};
    std::function<void()> openAccount{};
    /// Says all that is known of why no connection is made.
    std::function<void()> showFailure{};
};
/// Every standing notice about the open account. `listed`: orders of it that are known. Pure.
QList<BannerContent> bannersFor(const FeedStatus &feed, const Conditions &line, const CancelConditions &cancels,
                                int listed, const Moment &now, const BannerHandlers &handlers);

} // namespace countermand

#pragma once

#include "workflow/opencount.h"

#include <QString>

#include <optional>

namespace countermand {

/// What a number of open orders is called, everywhere. Pure.

/// Beside the filter: "Reading…", "at least 96 open", "96 of 96 open", "96 of 120 open ⚠"; with a filter, which shows
/// `shown` of them, "4 of 96 shown".
QString counterText(const OpenCount &count, const std::optional<int> &shown = {});
/// In the title: "reading orders", "at least 96 open orders", "96 open orders".
QString openOrdersText(const OpenCount &count);
/// In a question about `chosen` orders: "CoinW reports 250 open orders; 100 are listed and would be canceled."; empty
/// unless the exchange counts more than is listed.
QString countNotice(const OpenCount &count, int chosen);

} // namespace countermand

#pragma once

#include <QString>

#include <chrono>

namespace countermand {

struct FeedStatus;

/// How long ago the list was last whole; zero before it ever was.
std::chrono::seconds listAge(const FeedStatus &status);

/// D12: for which instruments untriggered conditional orders were not looked for; empty if there are none such.
QString uncheckedNotice(const FeedStatus &status);

} // namespace countermand

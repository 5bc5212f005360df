#pragma once

#include <QString>

#include <chrono>

namespace countermand {

struct FeedStatus;

/// How long ago the list was last whole; zero before it ever was.
std::chrono::seconds listAge(const FeedStatus &status);

/// Untriggered conditional orders were not looked for in every one of so many instruments; empty if they were.
/// `instruments` is 0 while their number is not known.
QString uncheckedNotice(const FeedStatus &status, int instruments);

} // namespace countermand

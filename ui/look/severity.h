#pragma once

namespace countermand {

/// How much an announcement matters; each has a color pair, an icon and a time on screen.
enum class Severity { Neutral, Success, Warning, Error, Unknown, Progress };

} // namespace countermand

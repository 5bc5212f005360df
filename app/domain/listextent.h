#pragma once

namespace countermand {

/// Whether an answer held every open order of its list.
enum class ListExtent {
    Whole,     ///< every page was read, and every row of it
    Partial,   ///< rows are missing or could not be read: it proves what it lists, and nothing of what it doesn't
    Uncounted, ///< a bare array: whole unless the exchange's own count, asked for after it, exceeds what is listed
};

} // namespace countermand

#pragma once

namespace countermand {

/// Lets the program live on when the session bus ends. The library behind the keychain shares one connection of the
/// process, and by default its loss ends the process without a word; canceling needs no bus.
///
/// Call once, before the first keychain call. Does nothing where that library or the bus isn't there.
void outliveSessionBus();

} // namespace countermand

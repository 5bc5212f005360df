#pragma once

namespace countermand {

/// Keeps what is in this process's memory to itself, for its whole life: no core file is written when it dies, and on
/// Linux no other program of the same user may read its memory or attach to it. What costs: desktop portals refuse
/// such a process. Does nothing where the system offers nothing.
void keepMemoryPrivate();

} // namespace countermand

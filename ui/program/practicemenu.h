#pragma once

namespace countermand {

class MainWindow;
class PracticeNetwork;
class Session;

/// Fills the window's Practice menu for one practice session (docs/design.md, Practice). `network` and `session` must
/// outlive what it makes, which goes with `session`.
void fillPracticeMenu(MainWindow &window, PracticeNetwork &network, Session &session);

} // namespace countermand

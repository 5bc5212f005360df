#pragma once

class QWidget;

namespace countermand {

class Session;

/// Opens *Help ▸ Check CoinW's answers…* over the window, for the session's account; it goes with the session.
void checkAnswersOf(Session &session, QWidget &window);

} // namespace countermand

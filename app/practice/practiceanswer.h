#pragma once

namespace countermand {

/// What the practice exchange does with the next cancel. Times are those of the practice exchange's clock.
enum class PracticeAnswer {
    Normal,              ///< cancels it, code 0
    GoneFilled,          ///< it filled some seconds before: 9012; deals and history show the fill
    GoneCanceled,        ///< it was canceled 20 s before: 9012; deals shows the cancel
    Rejected,            ///< 9111
    SignInRefused,       ///< 6001
    PermissionMissing,   ///< 6003, its text under `message`
    RateLimit,           ///< 29001
    NoAnswerCanceled,    ///< cancels it and never answers
    NoAnswerFilled,      ///< it fills; never answers
    NoAnswerOpen,        ///< does nothing and never answers
    NoAnswerUnknown,     ///< it disappears without any record; never answers
    AcceptedStillListed, ///< code 0, and it stays listed
    NoConnection,        ///< connection refused; the request's body is never asked for
    NotSecure,           ///< the TLS handshake fails; the request's body is never asked for
    Slow,                ///< cancels it and answers after 4 s
    ClockOff,            ///< the practice clock jumps 90 s ahead, then 6001
};

/// What else the Practice menu can do to the practice exchange.
enum class PracticeCommand {
    RepeatForAll, ///< switch: the chosen answer stays for every cancel
    FillPartly,   ///< on an order, as are the next five
    FillPartlyIn3s,
    FillFully,
    FillFullyIn3s,
    RemoveElsewhere, ///< canceled by somebody else, with a record
    RemoveElsewhereIn3s,
    AddOlder,            ///< one order older than all
    Add15,               ///< 15 orders newer than all
    MarketMoves,         ///< switch: limit orders fill a little now and then
    GoOffline,           ///< switch: no connection can be made
    ClosePosition,       ///< the position of the selected order, or the first one; its orders stay
    AddOrphan,           ///< an order that closes a position which isn't there
    PositionsUnreadable, ///< switch: what is answered about positions can't be read
    EditElsewhere,       ///< on an order: another price, and so a new id
    Reset,               ///< start list, Normal, repeat off, market still, online, clock right
};

} // namespace countermand

#include "practice/practicemenu.h"

namespace countermand {

using namespace Qt::StringLiterals;

QList<PracticeAnswerItem> practiceAnswerItems()
{
    using enum PracticeAnswer;
    return {
        {Normal, u"normal"_s, u"Normal"_s},
        {GoneFilled, u"goneFilled"_s, u"Gone, filled"_s},
        {GoneCanceled, u"goneCanceled"_s, u"Gone, canceled"_s},
        {Rejected, u"rejected"_s, u"Rejected 9111"_s},
        {SignInRefused, u"signInRefused"_s, u"Sign-in refused"_s},
        {PermissionMissing, u"permissionMissing"_s, u"Permission missing"_s},
        {RateLimit, u"rateLimit"_s, u"Rate limit"_s},
        {NoAnswerCanceled, u"noAnswerCanceled"_s, u"No answer, canceled"_s},
        {NoAnswerFilled, u"noAnswerFilled"_s, u"No answer, filled"_s},
        {NoAnswerOpen, u"noAnswerOpen"_s, u"No answer, still open"_s},
        {NoAnswerUnknown, u"noAnswerUnknown"_s, u"No answer, unknown"_s},
        {AcceptedStillListed, u"acceptedStillListed"_s, u"Accepted, still listed"_s},
        {NoConnection, u"noConnection"_s, u"No connection"_s},
        {NotSecure, u"notSecure"_s, u"Not secure"_s},
        {Slow, u"slow"_s, u"Slow 4 s"_s},
        {ClockOff, u"clockOff"_s, u"Clock 90 s off"_s},
    };
}

QList<PracticeCommandItem> practiceCommandItems()
{
    using enum PracticeCommand;
    return {
        {RepeatForAll, u"repeatForAll"_s, u"Repeat for all"_s, true, false},
        {FillPartly, u"fillPartly"_s, u"Fill selected partly"_s, false, true},
        {FillPartlyIn3s, u"fillPartlyIn3s"_s, u"Fill selected partly in 3 s"_s, false, true},
        {FillFully, u"fillFully"_s, u"Fill selected fully"_s, false, true},
        {FillFullyIn3s, u"fillFullyIn3s"_s, u"Fill selected fully in 3 s"_s, false, true},
        {RemoveElsewhere, u"removeElsewhere"_s, u"Remove selected elsewhere"_s, false, true},
        {RemoveElsewhereIn3s, u"removeElsewhereIn3s"_s, u"Remove selected elsewhere in 3 s"_s, false, true},
        {AddOlder, u"addOlder"_s, u"Add 1 older order"_s, false, false},
        {Add15, u"add15"_s, u"Add 15 orders"_s, false, false},
        {MarketMoves, u"marketMoves"_s, u"Let the market move"_s, true, false},
        {GoOffline, u"goOffline"_s, u"Go offline"_s, true, false},
        {Reset, u"reset"_s, u"Reset"_s, false, false},
    };
}

} // namespace countermand

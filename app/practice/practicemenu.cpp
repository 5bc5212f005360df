#include "practice/practicemenu.h"

#include <QCoreApplication>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(countermand::PracticeMenu)
};

} // namespace

QList<PracticeAnswerItem> practiceAnswerItems()
{
    using enum PracticeAnswer;
    return {
        {Normal, u"normal"_s, Words::tr("Normal")},
        {GoneFilled, u"goneFilled"_s, Words::tr("Gone, filled")},
        {GoneCanceled, u"goneCanceled"_s, Words::tr("Gone, canceled")},
        {Rejected, u"rejected"_s, Words::tr("Rejected 9111")},
        {SignInRefused, u"signInRefused"_s, Words::tr("Sign-in refused")},
        {PermissionMissing, u"permissionMissing"_s, Words::tr("Permission missing")},
        {RateLimit, u"rateLimit"_s, Words::tr("Rate limit")},
        {NoAnswerCanceled, u"noAnswerCanceled"_s, Words::tr("No answer, canceled")},
        {NoAnswerFilled, u"noAnswerFilled"_s, Words::tr("No answer, filled")},
        {NoAnswerOpen, u"noAnswerOpen"_s, Words::tr("No answer, still open")},
        {NoAnswerUnknown, u"noAnswerUnknown"_s, Words::tr("No answer, unknown")},
        {AcceptedStillListed, u"acceptedStillListed"_s, Words::tr("Accepted, still listed")},
        {NoConnection, u"noConnection"_s, Words::tr("No connection")},
        {NotSecure, u"notSecure"_s, Words::tr("Not secure")},
        {Slow, u"slow"_s, Words::tr("Slow 4 s")},
        {ClockOff, u"clockOff"_s, Words::tr("Clock 90 s off")},
    };
}

QList<PracticeCommandItem> practiceCommandItems()
{
    using enum PracticeCommand;
    return {
        {RepeatForAll, u"repeatForAll"_s, Words::tr("Repeat for all"), true, false},
        {FillPartly, u"fillPartly"_s, Words::tr("Fill selected partly"), false, true},
        {FillPartlyIn3s, u"fillPartlyIn3s"_s, Words::tr("Fill selected partly in 3 s"), false, true},
        {FillFully, u"fillFully"_s, Words::tr("Fill selected fully"), false, true},
        {FillFullyIn3s, u"fillFullyIn3s"_s, Words::tr("Fill selected fully in 3 s"), false, true},
        {RemoveElsewhere, u"removeElsewhere"_s, Words::tr("Remove selected elsewhere"), false, true},
        {RemoveElsewhereIn3s, u"removeElsewhereIn3s"_s, Words::tr("Remove selected elsewhere in 3 s"), false, true},
        {AddOlder, u"addOlder"_s, Words::tr("Add 1 older order"), false, false},
        {Add15, u"add15"_s, Words::tr("Add 15 orders"), false, false},
        {MarketMoves, u"marketMoves"_s, Words::tr("Let the market move"), true, false},
        {GoOffline, u"goOffline"_s, Words::tr("Go offline"), true, false},
        {ClosePosition, u"closePosition"_s, Words::tr("Close a position elsewhere"), false, false},
        {AddOrphan, u"addOrphan"_s, Words::tr("Add an order without a position"), false, false},
        {PositionsUnreadable, u"positionsUnreadable"_s, Words::tr("Positions not readable"), true, false},
        {EditElsewhere, u"editElsewhere"_s, Words::tr("Edited elsewhere"), false, true},
        {Reset, u"reset"_s, Words::tr("Reset"), false, false},
    };
}

} // namespace countermand

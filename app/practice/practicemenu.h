#pragma once

#include "practice/practiceanswer.h"

#include <QList>
#include <QString>

namespace countermand {

/// One choice of the menu "Next answer".
struct PracticeAnswerItem {
    PracticeAnswer answer = PracticeAnswer::Normal;
    /// Stable name; the action's object name is `practice_` + name.
    QString name;
    /// Text of the action.
    QString text;
};

/// One other action of the menu "Practice".
struct PracticeCommandItem {
    PracticeCommand command = PracticeCommand::Reset;
    /// Stable name; the action's object name is `practice_` + name.
    QString name;
    /// Text of the action.
    QString text;
    /// A switch, with a tick.
    bool checkable = false;
    /// Acts on the selected order; without one it does nothing.
    bool needsOrder = false;
};

/// The choices in menu order, `Normal` first.
QList<PracticeAnswerItem> practiceAnswerItems();

/// The actions below "Next answer", in menu order.
QList<PracticeCommandItem> practiceCommandItems();

} // namespace countermand

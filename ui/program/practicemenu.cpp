#include "ui/program/practicemenu.h"

#include "practice/practicemenu.h"
#include "practice/practicenetwork.h"
#include "ui/look/accesskeys.h"
#include "ui/window/commands.h"
#include "ui/window/mainwindow.h"
#include "workflow/cancelworkflow.h"
#include "workflow/orderfeed.h"
#include "workflow/session.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct PracticeWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::PracticeMenu)
};

QAction *addAction(QMenu &menu, const QString &name, const QString &text, bool checkable)
{
    QAction *action = menu.addAction(text);
    action->setObjectName("practice_"_L1 + name);
    action->setCheckable(checkable);
    return action;
}

} // namespace

void fillPracticeMenu(MainWindow &window, PracticeNetwork &network, Session &session)
{
    QMenu &menu = *window.commands().practiceMenu();
    menu.clear();

    QMenu *answers = menu.addMenu(PracticeWords::tr("Next answer"));
    auto *group = new QActionGroup(answers);
    for (const PracticeAnswerItem &item : practiceAnswerItems()) {
        QAction *action = addAction(*answers, item.name, item.text, true);
        group->addAction(action);
        action->setChecked(item.answer == network.nextAnswer());
        QObject::connect(action, &QAction::triggered, &network,
                         [&network, answer = item.answer] { network.setNextAnswer(answer); });
        QObject::connect(
            &network, &PracticeNetwork::nextAnswerChanged, action,
            [action, answer = item.answer](PracticeAnswer chosen) { action->setChecked(answer == chosen); });
    }

    for (const PracticeCommandItem &item : practiceCommandItems()) {
        QAction *action = addAction(menu, item.name, item.text, item.checkable);
        QObject::connect(action, &QAction::triggered, &network, [&window, &network, command = item.command] {
            network.perform(command, window.selectedOrder());
        });
        // Alt+P for the walk's "add an older order by keyboard".
        if (item.command == PracticeCommand::AddOlder)
            action->setShortcut(QKeySequence(Qt::ALT | Qt::Key_P));
        if (item.checkable) {
            const auto show = [action, &network, command = item.command] {
                action->setChecked(network.isOn(command));
            };
            show();
            QObject::connect(&network, &PracticeNetwork::switchesChanged, action, show);
        }
    }
    keepAccessKeys(menu);
    QObject::connect(&network, &PracticeNetwork::startedOver, &session,
                     [&session] { session.cancels().exchangeStartedOver(); });
    QObject::connect(&network, &PracticeNetwork::marketChanged, &session, [&session] { session.feed().refresh(); });
}

} // namespace countermand

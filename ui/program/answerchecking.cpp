#include "ui/program/answerchecking.h"

#include "ui/window/answercheckdialog.h"
#include "workflow/answercheck.h"
#include "workflow/session.h"

#include <QLatin1StringView>

namespace countermand {

using namespace Qt::StringLiterals;

void checkAnswersOf(Session &session, QWidget &window)
{
    auto *dialog = new AnswerCheckDialog(&window);
    const QString from = session.account().environment == Environment::Practice ? u"practice"_s : session.host();
    auto *check = new AnswerCheck(session);
    QObject::connect(dialog, &QObject::destroyed, check, &QObject::deleteLater);
    QObject::connect(&session, &QObject::destroyed, dialog, &QDialog::reject);
    QObject::connect(dialog, &AnswerCheckDialog::checkRequested, check, &AnswerCheck::start);
    QObject::connect(check, &AnswerCheck::done, dialog, [dialog, from](const CheckAnswers &answers) {
        dialog->setReport(answerReport(answerFacts(answers), from, QString(QLatin1StringView(CM_VERSION))));
    });
    dialog->open();
}

} // namespace countermand

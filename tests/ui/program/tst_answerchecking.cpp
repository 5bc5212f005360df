#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "ui/program/answerchecking.h"

#include <QDialog>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <QWidget>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestAnswerChecking : public QObject
{
    Q_OBJECT

private slots:
    void practiceIsChecked()
    {
        const OpenSession open(Environment::Practice);
        QWidget window;
        window.show();
        checkAnswersOf(*open.session, window);
        auto *dialog = window.findChild<QDialog *>(u"answerCheckDialog"_s);
        QVERIFY(dialog && dialog->isVisible());
        auto *text = dialog->findChild<QPlainTextEdit *>(u"answerCheckText"_s);
        dialog->findChild<QPushButton *>(u"answerCheckStartButton"_s)->click();
        QVERIFY(waitFor([text] { return !text->toPlainText().isEmpty(); }));
        QVERIFY(text->toPlainText().startsWith(u"Countermand "_s));
        QVERIFY(text->toPlainText().contains(u"(practice)"_s));
        QVERIFY2(!text->toPlainText().contains(u"DIFFERS"_s), qPrintable(text->toPlainText()));
        // A second time.
        dialog->findChild<QPushButton *>(u"answerCheckStartButton"_s)->click();
        QVERIFY(
            waitFor([dialog] { return dialog->findChild<QPushButton *>(u"answerCheckStartButton"_s)->isEnabled(); }));
    }

    void itGoesWithTheSession()
    {
        OpenSession open(Environment::Practice);
        QWidget window;
        window.show();
        checkAnswersOf(*open.session, window);
        const QPointer<QDialog> dialog = window.findChild<QDialog *>(u"answerCheckDialog"_s);
        dialog->findChild<QPushButton *>(u"answerCheckStartButton"_s)->click();
        open.session.reset();
        QTRY_VERIFY(!dialog);
        // And a dialog that is closed while it reads tells nobody.
        OpenSession another(Environment::Practice);
        checkAnswersOf(*another.session, window);
        const QPointer<QDialog> next = window.findChild<QDialog *>(u"answerCheckDialog"_s);
        next->findChild<QPushButton *>(u"answerCheckStartButton"_s)->click();
        next->reject();
        QTRY_VERIFY(!next);
    }
};

QTEST_MAIN(TestAnswerChecking)
#include "tst_answerchecking.moc"

#include "tests/support/waiting.h"
#include "ui/window/answercheckdialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestAnswerCheckDialog : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsSentUnasked()
    {
        AnswerCheckDialog dialog(nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        const QSignalSpy asked(&dialog, &AnswerCheckDialog::checkRequested);
        QCOMPARE(dialog.objectName(), u"answerCheckDialog"_s);
        QCOMPARE(dialog.accessibleName(), u"Check CoinW's answers"_s);
        dialog.show();
        QVERIFY(asked.isEmpty());
        QVERIFY(!dialog.findChild<QCheckBox *>(u"answerCheckWrongTime"_s)->isChecked());
        QVERIFY(!dialog.findChild<QPushButton *>(u"answerCheckCopyButton"_s)->isEnabled());
    }

    void asksReadsAndCopies()
    {
        AnswerCheckDialog dialog(nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QSignalSpy asked(&dialog, &AnswerCheckDialog::checkRequested);
        auto *check = dialog.findChild<QPushButton *>(u"answerCheckStartButton"_s);
        auto *state = dialog.findChild<QLabel *>(u"answerCheckState"_s);
        dialog.findChild<QCheckBox *>(u"answerCheckWrongTime"_s)->setChecked(true);
        check->click();
        QCOMPARE(asked.size(), 1);
        QVERIFY(asked.first().first().toBool());
        // Once at a time.
        QVERIFY(!check->isEnabled());
        QCOMPARE(state->text(), u"Reading…"_s);
        dialog.setReport(u"holds  this"_s);
        QVERIFY(check->isEnabled());
        QCOMPARE(dialog.findChild<QPlainTextEdit *>(u"answerCheckText"_s)->toPlainText(), u"holds  this"_s);
        dialog.findChild<QPushButton *>(u"answerCheckCopyButton"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"holds  this"_s);
        QCOMPARE(state->text(), u"Copied."_s);
    }

    void growsToItsText()
    {
        AnswerCheckDialog dialog(nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(waitForActive(&dialog));
        const QRect room = dialog.screen()->availableGeometry();
        const auto isBetween = [room](const QRect &place) {
            return place.top() >= room.top() && place.bottom() <= room.bottom();
        };
        dialog.move(room.left(), room.bottom() - dialog.frameGeometry().height());
        const auto *text = dialog.findChild<QPlainTextEdit *>(u"answerCheckText"_s);
        const auto *close = dialog.findChild<QPushButton *>(u"answerCheckCloseButton"_s);
        QVERIFY(!text->placeholderText().isEmpty());
        QStringList lines(16, u"holds     This key may make every read [reads]"_s);
        dialog.setReport(lines.join(u'\n'));
        QTRY_COMPARE(text->verticalScrollBar()->maximum(), 0);
        QTextCursor end(text->document());
        end.movePosition(QTextCursor::End);
        const int unused = text->viewport()->height() - text->cursorRect(end).bottom();
        QVERIFY2(unused < 2 * text->fontMetrics().lineSpacing(), qPrintable(QString::number(unused)));
        QVERIFY(isBetween(dialog.frameGeometry()));
        // More than any screen holds: what is too much scrolls, and the buttons stay in sight.
        lines.resize(500);
        dialog.setReport(lines.join(u'\n'));
        QTRY_VERIFY(text->verticalScrollBar()->maximum() > 0);
        QVERIFY(isBetween(dialog.frameGeometry()));
        QVERIFY(isBetween(QRect(close->mapToGlobal(QPoint()), close->size())));
    }
};

QTEST_MAIN(TestAnswerCheckDialog)
#include "tst_answercheckdialog.moc"

#include "domain/qtversions.h"
#include "tests/support/waiting.h"
#include "ui/program/startfaileddialog.h"

#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestStartFailedDialog : public QObject
{
    Q_OBJECT

private slots:
    void saysWhyAndWhere();
    void aReasonWithThePathSaysItOnce();
    void anotherComputerIsAskedAbout();
    void startingHereIsNotClosing();
};

namespace {

QString textOf(const QDialog &dialog)
{
    QStringList texts;
    for (const QLabel *label : dialog.findChildren<QLabel *>())
        texts.append(label->text());
    return texts.join(u'\n');
}

} // namespace

void TestStartFailedDialog::saysWhyAndWhere()
{
    QPointer<StartFailedDialog> dialog = StartFailedDialog::forProblem(u"The disk is full."_s, u"/nowhere/data"_s);
    QCOMPARE(dialog->objectName(), u"startFailedDialog"_s);
    QCOMPARE(textOf(*dialog), u"Countermand can't start\nThe disk is full.\n/nowhere/data"_s);
    QSignalSpy closed(dialog, &StartFailedDialog::closed);
    dialog->open();
    auto *close = dialog->findChild<QPushButton *>(u"startFailedCloseButton"_s);
    QVERIFY(dialog->findChild<QPushButton *>(u"startFailedOpenButton"_s));
    QVERIFY(close->isDefault());
    close->click();
    QCOMPARE(closed.count(), 1);
    QTRY_VERIFY(!dialog);
}

void TestStartFailedDialog::aReasonWithThePathSaysItOnce()
{
    const std::unique_ptr<StartFailedDialog> dialog(
        StartFailedDialog::forProblem(u"The data folder /a/b can't be written."_s, u"/a/b"_s));
    QCOMPARE(textOf(*dialog).count(u"/a/b"_s), 1);
}

void TestStartFailedDialog::anotherComputerIsAskedAbout()
{
    const LockHolder holder{u"attic"_s, "m", QDateTime({2026, 3, 4}, {5, 6}, inUtc)};
    QPointer<StartFailedDialog> dialog = StartFailedDialog::forOtherComputer(holder, u"/a/b"_s);
    const QString text = textOf(*dialog);
    QVERIFY2(text.contains(u"This folder was in use on “attic” at "_s) && text.contains(u"/a/b"_s), qPrintable(text));
    QVERIFY(dialog->findChild<QPushButton *>(u"startFailedCloseButton"_s)->isDefault());
    QSignalSpy closed(dialog, &StartFailedDialog::closed);
    QSignalSpy here(dialog, &StartFailedDialog::startHereChosen);
    dialog->open();
    QTest::keyClick(dialog, Qt::Key_Escape);
    QCOMPARE(closed.count(), 1);
    QCOMPARE(here.count(), 0);
}

void TestStartFailedDialog::startingHereIsNotClosing()
{
    QPointer<StartFailedDialog> dialog = StartFailedDialog::forOtherComputer({u"attic"_s, "m", {}}, u"/a/b"_s);
    QSignalSpy closed(dialog, &StartFailedDialog::closed);
    QSignalSpy here(dialog, &StartFailedDialog::startHereChosen);
    dialog->open();
    dialog->findChild<QPushButton *>(u"startHereButton"_s)->click();
    QCOMPARE(here.count(), 1);
    QCOMPARE(closed.count(), 0);
}

QTEST_MAIN(TestStartFailedDialog)
#include "tst_startfaileddialog.moc"

#include "tests/support/waiting.h"
#include "ui/look/theme.h"
#include "ui/window/preferencesdialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestPreferencesDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyLook(*qApp, {.theme = ThemeChoice::Light}, qApp->palette()); }
    void cleanup() { delete m_dialog.data(); }

    void eachChoiceIsToldAtOnce();
    void systemNotices();
    void instantCancelAsksFirst();
    void instantCancelIsRefusedByKeepAsking();
    void turningOffAsksNothing();
    void notWithoutAnAccount();

private:
    void open(const Preferences &preferences = {}, const QString &account = u"Main"_s)
    {
        m_dialog = new PreferencesDialog(preferences, account, nullptr);
        m_changed = std::make_unique<QSignalSpy>(m_dialog, &PreferencesDialog::changed);
        m_dialog->open();
        QVERIFY(waitForExposed(m_dialog));
    }
    QCheckBox *box(const QString &name) const { return m_dialog->findChild<QCheckBox *>(name); }
    Preferences last() const { return m_changed->constLast().at(0).value<Preferences>(); }
    QPushButton *inQuestion(const QString &name) const { return m_dialog->findChild<QPushButton *>(name); }

    QPointer<PreferencesDialog> m_dialog;
    std::unique_ptr<QSignalSpy> m_changed;
};

void TestPreferencesDialog::eachChoiceIsToldAtOnce()
{
    open();
    auto *time = m_dialog->findChild<QComboBox *>(u"prefToastTime"_s);
    time->setCurrentIndex(time->findData(4));
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(last().toastTimeFactor, 4);
    auto *lock = m_dialog->findChild<QComboBox *>(u"prefIdleLock"_s);
    lock->setCurrentIndex(lock->findData(15));
    QCOMPARE(last().lockAfterMinutes, 15);
    QCOMPARE(last().toastTimeFactor, 4);
    box(u"prefMotion"_s)->toggle();
    QCOMPARE(last().reducedMotion, true);
    QCOMPARE(m_changed->size(), 3);
}

void TestPreferencesDialog::systemNotices()
{
    open();
    QCheckBox *system = box(u"prefNotifications"_s);
    QCheckBox *hide = box(u"prefHideDetails"_s);
    QVERIFY(system->isChecked() && hide->isChecked());
    hide->toggle();
    QVERIFY(!last().hideNoticeDetails);
    system->toggle();
    QVERIFY(!last().systemNotices);
    QVERIFY(!last().hideNoticeDetails);
    QVERIFY(!hide->isEnabled());
    system->toggle();
    QVERIFY(last().systemNotices);
    QVERIFY(hide->isEnabled());

    const auto *line = m_dialog->findChild<QLabel *>(u"prefNotificationsUnavailable"_s);
    QVERIFY(line->isHidden());
    m_dialog->setNoticesUnavailable(true);
    QVERIFY(!line->isHidden());
}

void TestPreferencesDialog::instantCancelAsksFirst()
{
    open();
    QVERIFY(!box(u"prefKeepInstantCancel"_s)->isEnabled());
    box(u"prefInstantCancel"_s)->toggle(); // as an assistive tool does it
    QCOMPARE(m_changed->size(), 0);
    QVERIFY(!box(u"prefInstantCancel"_s)->isChecked());
    QVERIFY(inQuestion(u"instantKeepButton"_s)->isDefault());
    inQuestion(u"instantOnButton"_s)->click();
    QCOMPARE(m_changed->size(), 1);
    QVERIFY(last().instantCancel);
    QVERIFY(!last().keepInstantCancel);
    QVERIFY(box(u"prefInstantCancel"_s)->isChecked());
    box(u"prefKeepInstantCancel"_s)->toggle();
    QVERIFY(last().keepInstantCancel);
}

void TestPreferencesDialog::instantCancelIsRefusedByKeepAsking()
{
    open();
    box(u"prefInstantCancel"_s)->click();
    inQuestion(u"instantKeepButton"_s)->click();
    QCOMPARE(m_changed->size(), 0);
    QVERIFY(!box(u"prefInstantCancel"_s)->isChecked());
}

void TestPreferencesDialog::turningOffAsksNothing()
{
    Preferences on;
    on.instantCancel = true;
    on.keepInstantCancel = true;
    open(on);
    QVERIFY(box(u"prefKeepInstantCancel"_s)->isChecked());
    box(u"prefInstantCancel"_s)->click();
    QCOMPARE(m_changed->size(), 1);
    QVERIFY(!last().instantCancel);
    QVERIFY(!last().keepInstantCancel);
    QVERIFY(!box(u"prefKeepInstantCancel"_s)->isChecked());
}

void TestPreferencesDialog::notWithoutAnAccount()
{
    open({}, {});
    QVERIFY(!box(u"prefInstantCancel"_s)->isEnabled());
}

QTEST_MAIN(TestPreferencesDialog)
#include "tst_preferencesdialog.moc"

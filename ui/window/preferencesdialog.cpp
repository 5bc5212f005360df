#include "ui/window/preferencesdialog.h"

#include "ui/look/dialogparts.h"
#include "ui/window/instantcanceldialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int dialogWidth = 520;

/// As if it had always been so: nobody is told.
void check(QCheckBox *box, bool checked)
{
    const QSignalBlocker quiet(box);
    box->setChecked(checked);
}

} // namespace

PreferencesDialog::PreferencesDialog(const Preferences &preferences, const QString &accountName, QWidget *parent)
    : QDialog(parent), m_preferences(preferences), m_accountName(accountName), m_pages(new QTabWidget(this))
{
    setObjectName("preferencesDialog"_L1);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Preferences"));
    setAccessibleName(windowTitle());

    buildGeneral();
    buildSafety();
    buildNotifications();
    buildAccessibility();

    auto *buttons = buttonRow(this);
    QPushButton *close = dialogButton(u"preferencesCloseButton"_s, tr("Close"), this);
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    close->setDefault(true);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_pages, 1);
    layout->addWidget(buttons);
    fitHeight(this, dialogWidth);
}

QVBoxLayout *PreferencesDialog::addPage(const QString &title)
{
    auto *page = new QWidget(m_pages);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    m_pages->addTab(page, title);
    return layout;
}

QComboBox *PreferencesDialog::addChoice(QVBoxLayout *page, const QString &name, const QString &label)
{
    auto *line = new QHBoxLayout;
    auto *words = new QLabel(label, this);
    auto *box = new QComboBox(this);
    box->setObjectName(name);
    box->setAccessibleName(label);
    words->setBuddy(box);
    line->addWidget(words);
    line->addStretch(1);
    line->addWidget(box);
    page->addLayout(line);
    return box;
}

QCheckBox *PreferencesDialog::addCheck(QVBoxLayout *page, const QString &name, const QString &label, bool checked)
{
    auto *box = new QCheckBox(label, this);
    box->setObjectName(name);
    box->setChecked(checked);
    page->addWidget(box);
    return box;
}

void PreferencesDialog::buildGeneral()
{
    QVBoxLayout *page = addPage(tr("&General"));
    QComboBox *theme = addChoice(page, u"prefTheme"_s, tr("Theme"));
    theme->addItem(tr("Auto"), int(ThemeChoice::Auto));
    theme->addItem(tr("Light"), int(ThemeChoice::Light));
    theme->addItem(tr("Dark"), int(ThemeChoice::Dark));
    theme->setCurrentIndex(theme->findData(int(m_preferences.theme)));
    connect(theme, &QComboBox::currentIndexChanged, this, [this, theme] {
        m_preferences.theme = ThemeChoice(theme->currentData().toInt());
        tell();
    });
    QComboBox *sides = addChoice(page, u"prefSideColors"_s, tr("Buy and sell colors"));
    sides->addItem(tr("Blue and orange"), int(SideColors::BlueOrange));
    sides->addItem(tr("Green and red"), int(SideColors::GreenRed));
    sides->addItem(tr("Red and green"), int(SideColors::RedGreen));
    sides->setCurrentIndex(sides->findData(int(m_preferences.sides)));
    connect(sides, &QComboBox::currentIndexChanged, this, [this, sides] {
        m_preferences.sides = SideColors(sides->currentData().toInt());
        tell();
    });
    page->addStretch(1);
}

void PreferencesDialog::buildSafety()
{
    QVBoxLayout *page = addPage(tr("&Safety"));
    m_instant =
        addCheck(page, u"prefInstantCancel"_s,
                 m_accountName.isEmpty() ? tr("Instant cancel") : tr("Instant cancel for “%1”").arg(m_accountName),
                 m_preferences.instantCancel);
    m_instant->setEnabled(!m_accountName.isEmpty());
    page->addWidget(secondaryLabel(tr("Skips the question for one plain order of which nothing has filled, when its "
                                      "Cancel button or Del is pressed. Several orders, partly filled and protective "
                                      "orders, and an old list are always asked about."),
                                   this));
    m_keepInstant =
        addCheck(page, u"prefKeepInstantCancel"_s, tr("Keep on after restart"), m_preferences.keepInstantCancel);
    m_keepInstant->setEnabled(m_preferences.instantCancel);
    // toggled(), not clicked(): assistive tools check a box without a click.
    connect(m_instant, &QCheckBox::toggled, this, &PreferencesDialog::askInstantCancel);
    connect(m_keepInstant, &QCheckBox::toggled, this, [this](bool checked) {
        m_preferences.keepInstantCancel = checked;
        tell();
    });

    QComboBox *lock = addChoice(page, u"prefIdleLock"_s, tr("Lock when idle"));
    lock->addItem(tr("Never"), 0);
    for (const int minutes : {5, 15, 30, 60})
        lock->addItem(tr("After %1 min").arg(minutes), minutes);
    lock->setCurrentIndex(std::max(0, lock->findData(m_preferences.lockAfterMinutes)));
    connect(lock, &QComboBox::currentIndexChanged, this, [this, lock] {
        m_preferences.lockAfterMinutes = lock->currentData().toInt();
        tell();
    });
    page->addStretch(1);
}

void PreferencesDialog::buildNotifications()
{
    QVBoxLayout *page = addPage(tr("&Notifications"));
    QComboBox *time = addChoice(page, u"prefToastTime"_s, tr("Notices stay"));
    time->addItem(tr("As long as usual"), 1);
    time->addItem(tr("Twice as long"), 2);
    time->addItem(tr("Four times as long"), 4);
    time->addItem(tr("Until dismissed"), 0);
    time->setCurrentIndex(std::max(0, time->findData(m_preferences.toastTimeFactor)));
    connect(time, &QComboBox::currentIndexChanged, this, [this, time] {
        m_preferences.toastTimeFactor = time->currentData().toInt();
        tell();
    });

    QCheckBox *system =
        addCheck(page, u"prefNotifications"_s, tr("System notifications while the window is in the background"),
                 m_preferences.systemNotices);
    QCheckBox *hide =
        addCheck(page, u"prefHideDetails"_s, tr("Hide details in them"), m_preferences.hideNoticeDetails);
    hide->setEnabled(m_preferences.systemNotices);
    connect(system, &QCheckBox::toggled, this, [this, hide](bool checked) {
        m_preferences.systemNotices = checked;
        hide->setEnabled(checked);
        tell();
    });
    connect(hide, &QCheckBox::toggled, this, [this](bool checked) {
        m_preferences.hideNoticeDetails = checked;
        tell();
    });
    page->addWidget(secondaryLabel(
        tr("For an error, a cancel whose outcome is unknown, and several cancels that are done. Hidden "
           "details: no order, price or account is named."),
        this));
    m_noticesUnavailable = secondaryLabel(tr("Nothing on this system shows notifications at the moment."), this);
    m_noticesUnavailable->setObjectName("prefNotificationsUnavailable"_L1);
    m_noticesUnavailable->hide();
    page->addWidget(m_noticesUnavailable);
    page->addStretch(1);
}

void PreferencesDialog::buildAccessibility()
{
    QVBoxLayout *page = addPage(tr("&Accessibility"));
    QCheckBox *contrast = addCheck(page, u"prefContrast"_s, tr("High contrast"), m_preferences.highContrast);
    // Assistive tools toggle without a click.
    connect(contrast, &QCheckBox::toggled, this, [this](bool checked) {
        m_preferences.highContrast = checked;
        tell();
    });
    QCheckBox *motion = addCheck(page, u"prefMotion"_s, tr("Reduce motion"), m_preferences.reducedMotion);
    connect(motion, &QCheckBox::toggled, this, [this](bool checked) {
        m_preferences.reducedMotion = checked;
        tell();
    });
    page->addStretch(1);
}

void PreferencesDialog::setNoticesUnavailable(bool unavailable)
{
    m_noticesUnavailable->setVisible(unavailable);
    fitHeight(this, dialogWidth);
}

void PreferencesDialog::askInstantCancel()
{
    if (!m_instant->isChecked()) {
        m_preferences.instantCancel = false;
        m_preferences.keepInstantCancel = false;
        check(m_keepInstant, false);
        m_keepInstant->setEnabled(false);
        tell();
        return;
    }
    // Not on before it is answered.
    check(m_instant, false);
    auto *question = new InstantCancelDialog(m_accountName, this);
    connect(question, &InstantCancelDialog::turnOnChosen, this, [this] {
        check(m_instant, true);
        m_keepInstant->setEnabled(true);
        m_preferences.instantCancel = true;
        tell();
    });
    question->open();
}

void PreferencesDialog::tell()
{
    emit changed(m_preferences);
}

} // namespace countermand

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
#include <QStyledItemDelegate>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int dialogWidth = 520;

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

template <typename Value>
void PreferencesDialog::addChoice(QVBoxLayout *page, const QString &name, const QString &label,
                                  Value Preferences::*field, const Choices<Value> &choices)
{
    auto *line = new QHBoxLayout;
    auto *words = new QLabel(label, this);
    auto *box = new QComboBox(this);
    box->setObjectName(name);
    box->setAccessibleName(label);
    words->setBuddy(box);
    // The field's own doesn't take the style sheet's heights.
    box->setItemDelegate(new QStyledItemDelegate(box));
    line->addWidget(words);
    line->addStretch(1);
    line->addWidget(box);
    page->addLayout(line);

    for (const auto &[text, value] : choices)
        box->addItem(text, int(value));
    m_shows.append([this, box, field] {
        const QSignalBlocker quiet(box);
        box->setCurrentIndex(std::max(0, box->findData(int(m_preferences.*field))));
    });
    m_shows.constLast()();
    connect(box, &QComboBox::currentIndexChanged, this, [this, box, field] {
        m_preferences.*field = Value(box->currentData().toInt());
        tell();
    });
}

QCheckBox *PreferencesDialog::addCheck(QVBoxLayout *page, const QString &name, const QString &label,
                                       bool Preferences::*field)
{
    auto *box = new QCheckBox(label, this);
    box->setObjectName(name);
    page->addWidget(box);
    m_shows.append([this, box, field] {
        const QSignalBlocker quiet(box);
        box->setChecked(m_preferences.*field);
    });
    m_shows.constLast()();
    return box;
}

QCheckBox *PreferencesDialog::addSwitch(QVBoxLayout *page, const QString &name, const QString &label,
                                        bool Preferences::*field)
{
    QCheckBox *box = addCheck(page, name, label, field);
    // toggled(), not clicked(): assistive tools check a box without a click.
    connect(box, &QCheckBox::toggled, this, [this, field](bool checked) {
        m_preferences.*field = checked;
        tell();
    });
    return box;
}

void PreferencesDialog::buildGeneral()
{
    QVBoxLayout *page = addPage(tr("&General"));
    addChoice<ThemeChoice>(
        page, u"prefTheme"_s, tr("Theme"), &Preferences::theme,
        {{tr("Auto"), ThemeChoice::Auto}, {tr("Light"), ThemeChoice::Light}, {tr("Dark"), ThemeChoice::Dark}});
    addChoice<SideColors>(page, u"prefSideColors"_s, tr("Buy and sell colors"), &Preferences::sides,
                          {{tr("Blue and orange"), SideColors::BlueOrange},
                           {tr("Green and red"), SideColors::GreenRed},
                           {tr("Red and green"), SideColors::RedGreen}});
    addSwitch(page, u"prefPositions"_s, tr("Read positions, and say what a cancel means for them"),
              &Preferences::positions);
    page->addStretch(1);
}

void PreferencesDialog::buildSafety()
{
    QVBoxLayout *page = addPage(tr("&Safety"));
    m_instant =
        addCheck(page, u"prefInstantCancel"_s,
                 m_accountName.isEmpty() ? tr("Instant cancel") : tr("Instant cancel for “%1”").arg(m_accountName),
                 &Preferences::instantCancel);
    m_instant->setEnabled(!m_accountName.isEmpty());
    page->addWidget(secondaryLabel(tr("Skips the question for one plain order of which nothing has filled, when its "
                                      "Cancel button or Del is pressed. Several orders, partly filled and protective "
                                      "orders, and an old list are always asked about."),
                                   this));
    QCheckBox *keep =
        addSwitch(page, u"prefKeepInstantCancel"_s, tr("Keep on after restart"), &Preferences::keepInstantCancel);
    m_shows.append([this, keep] { keep->setEnabled(m_preferences.instantCancel); });
    m_shows.constLast()();
    connect(m_instant, &QCheckBox::toggled, this, &PreferencesDialog::askInstantCancel);

    Choices<int> minutes{{tr("Never"), 0}};
    for (const int after : {5, 15, 30, 60})
        minutes.append({tr("After %1 min").arg(after), after});
    addChoice<int>(page, u"prefIdleLock"_s, tr("Lock when idle"), &Preferences::lockAfterMinutes, minutes);
    page->addStretch(1);
}

void PreferencesDialog::buildNotifications()
{
    QVBoxLayout *page = addPage(tr("&Notifications"));
    addChoice<int>(page, u"prefToastTime"_s, tr("Notices stay"), &Preferences::toastTimeFactor,
                   {{tr("As long as usual"), 1},
                    {tr("Twice as long"), 2},
                    {tr("Four times as long"), 4},
                    {tr("Until dismissed"), 0}});
    addSwitch(page, u"prefNotifications"_s, tr("System notifications while the window is in the background"),
              &Preferences::systemNotices);
    QCheckBox *hide =
        addSwitch(page, u"prefHideDetails"_s, tr("Hide details in them"), &Preferences::hideNoticeDetails);
    m_shows.append([this, hide] { hide->setEnabled(m_preferences.systemNotices); });
    m_shows.constLast()();
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
    addSwitch(page, u"prefContrast"_s, tr("High contrast"), &Preferences::highContrast);
    addSwitch(page, u"prefMotion"_s, tr("Reduce motion"), &Preferences::reducedMotion);
    page->addStretch(1);
}

void PreferencesDialog::setPreferences(const Preferences &preferences)
{
    m_preferences = preferences;
    for (const auto &show : std::as_const(m_shows))
        show();
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
        tell();
        return;
    }
    // Not on before it is answered.
    setPreferences(m_preferences);
    auto *question = new InstantCancelDialog(m_accountName, this);
    connect(question, &InstantCancelDialog::turnOnChosen, this, [this] {
        m_preferences.instantCancel = true;
        tell();
    });
    question->open();
}

void PreferencesDialog::tell()
{
    // A copy: the listener's answer changes the own ones.
    const Preferences wanted = m_preferences;
    setPreferences(wanted);
    emit changed(wanted);
}

} // namespace countermand

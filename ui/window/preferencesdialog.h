#pragma once

#include "ui/window/preferences.h"

#include <QDialog>
#include <QString>

class QCheckBox;
class QComboBox;
class QLabel;
class QTabWidget;
class QVBoxLayout;

namespace countermand {

/// Preferences (objectName preferencesDialog): each change takes effect at once. Window-modal, deletes itself when it
/// closes. Call open().
class PreferencesDialog : public QDialog
{
    Q_OBJECT

public:
    /// `accountName`: of the open account, which instant cancel is for; empty without one.
    PreferencesDialog(const Preferences &preferences, const QString &accountName, QWidget *parent);

    /// Says that nothing on this system shows system notifications, as far as is known; at first nothing is said.
    void setNoticesUnavailable(bool unavailable);

signals:
    void changed(const countermand::Preferences &preferences);

private:
    QVBoxLayout *addPage(const QString &title);
    QComboBox *addChoice(QVBoxLayout *page, const QString &name, const QString &label);
    QCheckBox *addCheck(QVBoxLayout *page, const QString &name, const QString &label, bool checked);
    void buildGeneral();
    void buildSafety();
    void buildNotifications();
    void buildAccessibility();
    void askInstantCancel();
    void tell();

    Preferences m_preferences;
    const QString m_accountName;
    QTabWidget *m_pages;
    QCheckBox *m_instant = nullptr;
    QCheckBox *m_keepInstant = nullptr;
    QLabel *m_noticesUnavailable = nullptr;
};

} // namespace countermand

#pragma once

#include "ui/window/preferences.h"

#include <QDialog>
#include <QList>
#include <QString>

#include <functional>
#include <utility>

class QCheckBox;
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
    /// Shows these, without telling.
    void setPreferences(const Preferences &preferences);

signals:
    /// The user wants these. What holds is told by setPreferences().
    void changed(const countermand::Preferences &preferences);

private:
    template <typename Value>
    using Choices = QList<std::pair<QString, Value>>;

    QVBoxLayout *addPage(const QString &title);
    /// A choice of a field's values; a value that isn't among them is shown as the first.
    template <typename Value>
    void addChoice(QVBoxLayout *page, const QString &name, const QString &label, Value Preferences::*field,
                   const Choices<Value> &choices);
    /// Shows a field. Who changes it is connected by the caller, or by addSwitch().
    QCheckBox *addCheck(QVBoxLayout *page, const QString &name, const QString &label, bool Preferences::*field);
    QCheckBox *addSwitch(QVBoxLayout *page, const QString &name, const QString &label, bool Preferences::*field);
    void buildGeneral();
    void buildSafety();
    void buildNotifications();
    void buildAccessibility();
    void askInstantCancel();
    void tell();

    Preferences m_preferences;
    const QString m_accountName;
    QTabWidget *m_pages;
    /// Puts one widget each to what m_preferences says, without telling.
    QList<std::function<void()>> m_shows;
    QCheckBox *m_instant = nullptr;
    QLabel *m_noticesUnavailable = nullptr;
};

} // namespace countermand

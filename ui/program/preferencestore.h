#pragma once

#include "ui/window/preferences.h"

#include <QObject>
#include <QString>

namespace countermand {

class Settings;

/// Owns what the user has chosen, and its place in the settings: one table says which key holds which field. Whoever
/// shows or heeds a preference is told by changed() and keeps none of its own.
class PreferenceStore : public QObject
{
    Q_OBJECT

public:
    /// Reads what was kept; what can't be read is as if it had never been chosen. `settings` must outlive the store.
    explicit PreferenceStore(Settings &settings, QObject *parent = nullptr);

    const Preferences &preferences() const { return m_preferences; }
    /// Takes these, writes what is new in one go, and tells. Instant cancel needs an account, and its staying on
    /// needs instant cancel.
    void set(const Preferences &preferences);
    /// Instant cancel is each account's own: off unless it was kept for this one. An empty id: none is open.
    void setAccount(const QString &accountId);

signals:
    void changed(const countermand::Preferences &now, const countermand::Preferences &before);

private:
    void take(const Preferences &preferences);

    Settings &m_settings;
    Preferences m_preferences;
    QString m_accountId;
};

} // namespace countermand

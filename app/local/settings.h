#pragma once

#include <QByteArray>
#include <QList>
#include <QSettings>
#include <QString>
#include <QVariant>

#include <memory>

namespace countermand {

/// An account the user has set up. Its key is in the keychain, never here.
struct Profile {
    /// A UUID, which also names the keychain entry.
    QString id;
    /// 1 to 24 characters, chosen by the user.
    QString name;
    /// Badge color, 0 to 7.
    int swatch = 0;
    /// The exchange it belongs to ("https://api.coinw.com").
    QString baseUrl;

    friend bool operator==(const Profile &, const Profile &) = default;
};

/// What the program remembers between starts, in `settings.ini` of the data folder. Never secrets.
///
/// A file that can't be read is set aside as `settings.ini.bad-<UTC time>`; what can be read in it, line by line, is
/// kept, and the profiles that are missing then come from `settings.ini.last`, a copy that is made with each change
/// of a profile. The rest are defaults. What can't be written lives on in memory until the end; problem() tells.
/// Every setter writes to disk at once.
class Settings
{
public:
    explicit Settings(const QString &dataFolder);

    /// Profiles of this exchange alone, oldest first. Case of the host, a slash at the end and the scheme's own port
    /// make no difference.
    QList<Profile> profiles(const QString &baseUrl) const;
    /// Adds it, or replaces the one with this id. A profile without an id is ignored.
    void saveProfile(const Profile &profile);
    void removeProfile(const QString &id);

    /// Id of the profile last used with this exchange; empty if none, or if it is gone.
    QString lastProfile(const QString &baseUrl) const;
    void setLastProfile(const QString &baseUrl, const QString &id);

    /// As QWidget::saveGeometry() gave it; empty if never kept.
    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &bytes);

    /// Height of a table row in pixels; 0 if never chosen.
    int rowHeight() const;
    void setRowHeight(int pixels);

    /// Any other preference. Keys: letters, digits and dots ("toast.time").
    QVariant value(const QString &key, const QVariant &fallback = {}) const;
    void setValue(const QString &key, const QVariant &value);
    /// Several at once, in one write.
    void setValues(const QVariantMap &values);

    /// One or two sentences for a notice: the file was set aside, or can't be written. Empty if all is well.
    QString problem() const;

private:
    void open();
    void recover(const QByteArray &lines);
    void keepCopy() const;
    void write(const QString &key, const QVariant &value);
    void flush();

    QString m_path;
    std::unique_ptr<QSettings> m_store;
    QString m_readProblem;
    QString m_writeProblem;
};

} // namespace countermand

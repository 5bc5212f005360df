#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <chrono>

namespace countermand {

/// What one exchange has been asked of late, in milliseconds of UTC since the Unix epoch.
struct KeptLimits {
    /// When calls were sent; the last 10 s suffice.
    QList<std::chrono::milliseconds> sent;
    /// Nothing may be sent before this; zero without a pause.
    std::chrono::milliseconds pausedUntil{0};
    /// Half speed until then; zero without.
    std::chrono::milliseconds halfSpeedUntil{0};

    friend bool operator==(const KeptLimits &, const KeptLimits &) = default;
};

/// `limits.json` in the data folder: so that a start knows what the run before it has sent. Written without a flush,
/// because a power cut takes longer than what it remembers; read only at the start.
class LimitsFile
{
public:
    /// Of a data folder.
    explicit LimitsFile(const QString &folder);

    struct Contents {
        /// By base URL.
        QHash<QString, KeptLimits> exchanges;
        /// The run that wrote it came to its end.
        bool isClean = true;
        /// It could not be read, and was set aside as `limits.json.bad-<UTC time>`: nothing is known.
        bool isUnreadable = false;
    };
    /// Times after `now` are left out, pauses end 10 minutes after it at the latest. Empty and clean without a file.
    Contents load(std::chrono::milliseconds now) const;
    /// Replaces the file in one step; false if it can't be written. `isClean`: nothing is sent after this.
    bool save(const QHash<QString, KeptLimits> &exchanges, bool isClean) const;

private:
    QString m_path;
};

} // namespace countermand

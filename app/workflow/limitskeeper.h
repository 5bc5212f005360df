#pragma once

#include "local/limitsfile.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace countermand {

class SharedLimiter;

/// Carries the limiter of one exchange over from run to run, through `limits.json`.
///
/// Written at most once a second, at each pause, and at the end. What the run before it has sent counts on: of one
/// that did not come to its end 8 more calls in the last second, and of one whose file can't be read as many as may
/// be sent in 10 s.
class LimitsKeeper final : public QObject
{
    Q_OBJECT

public:
    /// Reads the file of the data folder and teaches `limiter`. `exchange`: its base URL.
    LimitsKeeper(const QString &dataFolder, QString exchange, std::shared_ptr<SharedLimiter> limiter,
                 QObject *parent = nullptr);
    /// Writes the last time.
    ~LimitsKeeper() override;

private:
    void write(bool isClean);

    LimitsFile m_file;
    const QString m_exchange;
    /// Of other exchanges, which another start may ask.
    QHash<QString, KeptLimits> m_kept;
    const std::shared_ptr<SharedLimiter> m_limiter;
    QTimer m_timer;
};

} // namespace countermand

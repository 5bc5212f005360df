#pragma once

#include "ui/look/theme.h"
#include "workflow/listage.h"

#include <QHash>
#include <QString>
#include <QWidget>

#include <chrono>
#include <optional>

namespace countermand {

class StatusItem;

/// One value of the status line in words, with how much it matters.
struct StatusValue {
    QString text;
    Severity severity = Severity::Success;
    QString tooltip;

    friend bool operator==(const StatusValue &, const StatusValue &) = default;
};

enum class StatusConnection { Connected, Connecting, Offline, Practice };

/// Pure words (docs/design.md, Status line). Absent: not known yet, "—".
StatusValue connectionStatus(StatusConnection state, const QString &details);
/// Median of the last signed calls; "slow" from 1 s.
StatusValue latencyStatus(const std::optional<std::chrono::milliseconds> &median);
/// Exchange clock minus ours: "OK" below 2 s, else "+2.4 s".
StatusValue clockStatus(const std::optional<std::chrono::milliseconds> &difference);
/// Age of the list: "2 s ago"; a warning above 30 s. Absent: "never". `conditional`: of the oldest list of
/// conditional orders, for the tooltip; nothing where there is none.
StatusValue updatedStatus(const ListAge &age, const std::optional<ListAge> &conditional = {});
/// Free calls of `total` per 10 s; while sending is paused, "paused 3 s".
StatusValue budgetStatus(int free, int total, std::chrono::milliseconds pausedFor);
/// Waiting requests: "empty" or a number.
StatusValue queueStatus(int waiting);

/// The line at the bottom: six items of icon and word, each focusable and named `statusConnection`, `statusLatency`,
/// `statusClock`, `statusUpdated`, `statusBudget`, `statusQueue`; accessible name "{label}: {value}". Where they have
/// no room together, those that a list can best be judged without are not shown: queue, budget, latency, clock.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    /// Whether CoinW answers now. If not, what connection, latency and clock say is from before: gray, and not
    /// ticked. Holds for what is set from now on.
    void setCurrent(bool current);
    /// `details` goes to the tooltip: host, reason.
    void setConnection(StatusConnection state, const QString &details = {});
    void setLatency(const std::optional<std::chrono::milliseconds> &median);
    void setClock(const std::optional<std::chrono::milliseconds> &difference);
    void setUpdated(const ListAge &age, const std::optional<ListAge> &conditional = {});
    void setBudget(int free, int total, std::chrono::milliseconds pausedFor = {});
    void setQueue(int waiting);

    /// F6: focus on the first item.
    void focusFirst();

    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    /// As it looks while CoinW answers or doesn't.
    StatusValue seen(StatusValue value) const;

    bool m_current = true;
    StatusItem *m_connection;
    StatusItem *m_latency;
    StatusItem *m_clock;
    StatusItem *m_updated;
    StatusItem *m_budget;
    StatusItem *m_queue;
};

} // namespace countermand

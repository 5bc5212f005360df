#include "ui/window/statusline.h"

#include "ui/look/icons.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStyle>

#include <cmath>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int lineHeight = 26;
constexpr int iconSize = 14;
constexpr int padding = 6;
constexpr int iconGap = 5;
constexpr double statusFontFactor = 0.92;

constexpr auto slowLatency = 1s;
constexpr auto clockOk = 2s;

QString unknownText()
{
    return u"—"_s;
}

struct StatusWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::StatusWords)
};

/// Tenths of a second, exactly: 2449 ms is "2.4".
QString tenths(std::chrono::milliseconds span)
{
    const qint64 tenth = std::chrono::abs(span).count() / 100;
    return QString::number(tenth / 10) + u'.' + QString::number(tenth % 10);
}

} // namespace

StatusValue connectionStatus(StatusConnection state, const QString &details)
{
    switch (state) {
    case StatusConnection::Connected:
        return {StatusWords::tr("Connected"), Severity::Success, details};
    case StatusConnection::Connecting:
        return {StatusWords::tr("Connecting…"), Severity::Progress, details};
    case StatusConnection::Offline:
        return {StatusWords::tr("Offline"), Severity::Error, details};
    case StatusConnection::Practice:
        return {StatusWords::tr("Practice"), Severity::Success,
                details.isEmpty() ? StatusWords::tr("Nothing is sent to CoinW.") : details};
    }
    return {};
}

StatusValue latencyStatus(const std::optional<std::chrono::milliseconds> &median)
{
    const QString tooltip = StatusWords::tr("Time from sending to the answer, median of the last 5 signed calls");
    if (!median)
        return {unknownText(), Severity::Neutral, tooltip};
    const QString number = QString::number(median->count());
    if (*median >= slowLatency)
        return {StatusWords::tr("%1 ms, slow").arg(number), Severity::Warning, tooltip};
    return {StatusWords::tr("%1 ms").arg(number), Severity::Success, tooltip};
}

StatusValue clockStatus(const std::optional<std::chrono::milliseconds> &difference)
{
    if (!difference)
        return {unknownText(), Severity::Neutral, StatusWords::tr("Not compared with CoinW's clock yet")};
    if (std::chrono::abs(*difference) < clockOk)
        return {StatusWords::tr("OK"), Severity::Success,
                StatusWords::tr("This computer's clock agrees with CoinW's")};
    const QString sign = *difference < 0ms ? u"−"_s : u"+"_s;
    return {StatusWords::tr("%1 s", "signed seconds").arg(sign + tenths(*difference)), Severity::Warning,
            StatusWords::tr("CoinW's clock differs from this computer's; requests are signed with CoinW's time")};
}

StatusValue updatedStatus(const ListAge &age, const std::optional<ListAge> &conditional)
{
    QString tooltip = StatusWords::tr("When the oldest list was last read");
    if (conditional)
        tooltip = StatusWords::tr("%1; %2", "when the list was read, and the conditional orders")
                      .arg(tooltip, *conditional ? StatusWords::tr("conditional orders: oldest %1 s")
                                                       .arg(QString::number((*conditional)->count()))
                                                 : StatusWords::tr("conditional orders: not all read yet"));
    if (!age)
        return {StatusWords::tr("never"), Severity::Neutral, tooltip};
    return {StatusWords::tr("%1 s ago").arg(QString::number(age->count())),
            isOlder(age, freshFor) ? Severity::Warning : Severity::Success, tooltip};
}

StatusValue budgetStatus(int free, int total, std::chrono::milliseconds pausedFor)
{
    const QString tooltip =
        StatusWords::tr("Calls left of %1 per 10 s; CoinW limits each account").arg(QString::number(total));
    if (pausedFor > 0ms) {
        const QString seconds = QString::number((pausedFor.count() + 999) / 1000);
        return {StatusWords::tr("paused %1 s").arg(seconds), Severity::Warning, tooltip};
    }
    return {StatusWords::tr("%1/%2", "free calls of all").arg(QString::number(free), QString::number(total)),
            free > 0 ? Severity::Success : Severity::Warning, tooltip};
}

StatusValue queueStatus(int waiting)
{
    const QString tooltip = StatusWords::tr("Requests that wait to be sent");
    if (waiting <= 0)
        return {StatusWords::tr("empty"), Severity::Success, tooltip};
    return {QString::number(waiting), Severity::Progress, tooltip};
}

/// One item: icon and words; takes focus so that its tooltip can be read. Owned by StatusLine.
class StatusItem : public QLabel
{
    Q_OBJECT

public:
    /// `label` names the value for assistive tools, and on screen with `labelShown`.
    StatusItem(const QString &objectName, const QString &label, bool labelShown, QWidget *parent)
        : QLabel(parent), m_label(label), m_labelShown(labelShown)
    {
        setObjectName(objectName);
        setFocusPolicy(Qt::TabFocus);
        setTextFormat(Qt::PlainText);
        QFont smaller = font();
        if (smaller.pointSizeF() > 0)
            smaller.setPointSizeF(smaller.pointSizeF() * statusFontFactor);
        setFont(smaller);
        makeRoomForIcon();
        setValue({unknownText(), Severity::Neutral, {}});
    }

    void setIcon(Icon icon) { m_icon = icon; }

    void setValue(const StatusValue &value)
    {
        if (value == m_value)
            return;
        m_value = value;
        setText(m_labelShown ? StatusWords::tr("%1 %2", "label, value").arg(m_label, value.text) : value.text);
        setAccessibleName(StatusWords::tr("%1: %2", "label, value").arg(m_label, value.text));
        setToolTip(value.tooltip);
        update();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        const Theme &theme = themeOf(palette());
        const bool calm = m_value.severity == Severity::Success || m_value.severity == Severity::Neutral ||
                          m_value.severity == Severity::Progress;
        const QColor ink = calm ? theme.text2 : theme.ink(m_value.severity);
        QPalette colors = palette();
        if (colors.color(QPalette::WindowText) != ink) {
            colors.setColor(QPalette::WindowText, ink);
            setPalette(colors);
        }
        QLabel::paintEvent(event);

        QPainter painter(this);
        const QRect place = QStyle::visualRect(layoutDirection(), rect(),
                                               QRect(padding, (height() - iconSize) / 2, iconSize, iconSize));
        const Icon icon = m_icon && m_value.severity == Severity::Success ? *m_icon : severityIcon(m_value.severity);
        painter.drawPixmap(place, iconPixmap(icon, ink, iconSize, devicePixelRatioF()));
        if (hasFocus()) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(theme.focus, 2));
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 2, -1, -2), 4, 4);
        }
    }

    void changeEvent(QEvent *event) override
    {
        QLabel::changeEvent(event);
        if (event->type() == QEvent::LayoutDirectionChange)
            makeRoomForIcon();
    }

    void focusInEvent(QFocusEvent *event) override
    {
        QLabel::focusInEvent(event);
        update();
    }

    void focusOutEvent(QFocusEvent *event) override
    {
        QLabel::focusOutEvent(event);
        update();
    }

private:
    void makeRoomForIcon()
    {
        const int before = padding + iconSize + iconGap;
        if (layoutDirection() == Qt::RightToLeft)
            setContentsMargins(padding, 0, before, 0);
        else
            setContentsMargins(before, 0, padding, 0);
    }

    QString m_label;
    bool m_labelShown;
    StatusValue m_value;
    /// In place of the check mark while all is well.
    std::optional<Icon> m_icon;
};

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent),
      m_connection(new StatusItem(u"statusConnection"_s, tr("Connection"), false, this)),
      m_latency(new StatusItem(u"statusLatency"_s, tr("Latency"), true, this)),
      m_clock(new StatusItem(u"statusClock"_s, tr("Clock"), true, this)),
      m_updated(new StatusItem(u"statusUpdated"_s, tr("Updated"), true, this)),
      m_budget(new StatusItem(u"statusBudget"_s, tr("Budget"), true, this)),
      m_queue(new StatusItem(u"statusQueue"_s, tr("Queue"), true, this))
{
    setObjectName(u"statusLine"_s);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(2, 0, 2, 0);
    line->setSpacing(2);
    for (StatusItem *item : {m_connection, m_latency, m_clock, m_updated, m_budget, m_queue}) {
        item->setMinimumHeight(lineHeight);
        line->addWidget(item);
    }
    line->addStretch(1);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setConnection(StatusConnection::Connecting);
    setLatency({});
    setClock({});
    setUpdated({});
    setBudget(0, 0);
    setQueue(0);
}

void StatusLine::setCurrent(bool current)
{
    m_current = current;
}

StatusValue StatusLine::seen(StatusValue value) const
{
    if (!m_current && value.severity == Severity::Success)
        value.severity = Severity::Neutral;
    return value;
}

void StatusLine::setConnection(StatusConnection state, const QString &details)
{
    if (state == StatusConnection::Practice)
        m_connection->setIcon(Icon::Practice);
    else
        m_connection->setIcon(Icon::Ok);
    m_connection->setValue(seen(connectionStatus(state, details)));
}

void StatusLine::setLatency(const std::optional<std::chrono::milliseconds> &median)
{
    m_latency->setValue(seen(latencyStatus(median)));
}

void StatusLine::setClock(const std::optional<std::chrono::milliseconds> &difference)
{
    m_clock->setValue(seen(clockStatus(difference)));
}

void StatusLine::setUpdated(const ListAge &age, const std::optional<ListAge> &conditional)
{
    m_updated->setValue(updatedStatus(age, conditional));
}

void StatusLine::setBudget(int free, int total, std::chrono::milliseconds pausedFor)
{
    m_budget->setValue(budgetStatus(free, total, pausedFor));
}

void StatusLine::setQueue(int waiting)
{
    m_queue->setValue(queueStatus(waiting));
}

QSize StatusLine::minimumSizeHint() const
{
    const QMargins margins = layout()->contentsMargins();
    const int width = m_connection->sizeHint().width() + layout()->spacing() + m_updated->sizeHint().width();
    return {margins.left() + width + margins.right(), layout()->minimumSize().height()};
}

void StatusLine::arrange()
{
    const QMargins margins = layout()->contentsMargins();
    int room = width() - margins.left() - margins.right() + layout()->spacing();
    for (StatusItem *item : {m_connection, m_updated, m_clock, m_latency, m_budget, m_queue}) {
        room -= item->sizeHint().width() + layout()->spacing();
        item->setVisible(room >= 0 || item == m_connection || item == m_updated);
    }
}

bool StatusLine::event(QEvent *event)
{
    // An item says something else.
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

void StatusLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void StatusLine::focusFirst()
{
    m_connection->setFocus(Qt::ShortcutFocusReason);
}

} // namespace countermand

#include "statusline.moc"

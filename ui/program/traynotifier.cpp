#include "ui/program/traynotifier.h"

#include "ui/look/icons.h"

#include <QSystemTrayIcon>

#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace countermand {

namespace {

constexpr auto timeUp = 10s;

} // namespace

TrayNotifier::TrayNotifier(QObject *parent) : QObject(parent)
{
    m_end.setSingleShot(true);
    m_end.setInterval(timeUp);
    // The system does not tell when a message has gone.
    connect(&m_end, &QTimer::timeout, this, [this] { emit closed(takeDown()); });
}

TrayNotifier::~TrayNotifier() = default;

bool TrayNotifier::show(const QString &key, const QString &title, const QString &text)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return false;
    if (!m_icon) {
        m_icon = std::make_unique<QSystemTrayIcon>(applicationIcon());
        const auto tell = [this] {
            if (const QString clicked = takeDown(); !clicked.isEmpty())
                emit activated(clicked);
        };
        connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, tell);
        connect(m_icon.get(), &QSystemTrayIcon::activated, this, tell);
    }
    const QString before = std::exchange(m_key, key);
    m_icon->show();
    m_icon->showMessage(title, text, applicationIcon(), int(std::chrono::milliseconds(timeUp).count()));
    m_end.start();
    if (!before.isEmpty() && before != key)
        emit closed(before);
    return true;
}

void TrayNotifier::close(const QString &key)
{
    if (key == m_key)
        takeDown();
}

QString TrayNotifier::takeDown()
{
    m_end.stop();
    if (m_icon)
        m_icon->hide();
    return std::exchange(m_key, {});
}

} // namespace countermand

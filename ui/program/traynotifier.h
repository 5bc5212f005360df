#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

class QSystemTrayIcon;

namespace countermand {

/// Shows short texts as messages of an icon in the system tray, which is there only as long as a message is up. A
/// tray shows one message at a time: a new one takes the place of the one before.
class TrayNotifier : public QObject
{
    Q_OBJECT

public:
    explicit TrayNotifier(QObject *parent = nullptr);
    ~TrayNotifier() override;

    /// False if this system has no tray that shows messages; then nothing happened.
    bool show(const QString &key, const QString &title, const QString &text);
    /// Takes it away if it is the one that is up. closed() is not emitted.
    void close(const QString &key);

signals:
    void activated(const QString &key);
    /// It is no longer shown: it ran out, or another took its place.
    void closed(const QString &key);

private:
    QString takeDown();

    std::unique_ptr<QSystemTrayIcon> m_icon;
    QTimer m_end;
    /// Of the message that is up; empty if none is.
    QString m_key;
};

} // namespace countermand

#pragma once

#include "ui/notices/systemnotice.h"

#include <QObject>
#include <QSet>
#include <QString>

namespace countermand {

class ToastStrip;

/// Which toasts have a system notification now: at most one each, none while the window is in front. Says what is to
/// be shown and closed; another part talks to the system. The toasts themselves stay as they are.
class ToastNotices : public QObject
{
    Q_OBJECT

public:
    /// `strip` must outlive it. The window counts as in front until told otherwise.
    explicit ToastNotices(ToastStrip &strip, QObject *parent = nullptr);

    void setPreferences(bool wanted, bool hideDetails);
    /// The window has the keyboard and can be seen, or no more.
    void setInFront(bool inFront);
    /// The system no longer shows it: the user closed it there, it ran out, or could not be shown.
    void forget(const QString &key);

signals:
    /// Shows the notification of this toast, or replaces the one it has.
    void showWanted(const QString &key, const countermand::SystemNotice &notice);
    void closeWanted(const QString &key);

private:
    void follow(const QString &key, const ToastContent &toast);
    void close(const QString &key);
    void closeAll();

    NoticeSituation m_situation;
    QSet<QString> m_up;
};

} // namespace countermand

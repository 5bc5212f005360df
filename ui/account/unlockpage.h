#pragma once

#include "ui/look/messagepage.h"

#include <QString>
#include <QTimer>

namespace countermand {

/// An account is meant, and its orders are not shown because its keys are not there. The system's own prompt opens
/// only after the button.
class UnlockPage : public MessagePage
{
    Q_OBJECT

public:
    /// Why the keys are not there.
    enum class Lock {
        NotYet,         ///< they have been asked for
        Here,           ///< the program was locked; how the keychain is isn't known (yet)
        HereOpen,       ///< the program was locked; the keychain is open
        Keychain,       ///< the keychain is locked
        HereAndWiped,   ///< the program was locked; the keys were in memory only, and are gone
        BeingForgotten, ///< they are being removed
    };

    explicit UnlockPage(QWidget *parent);

    /// `waiting`: the keychain has been asked, and the user may take all the time there is. After two seconds the
    /// page says what may be amiss and offers to stop waiting.
    void setLock(Lock lock, const QString &accountName, bool waiting);

signals:
    void unlockRequested();
    /// "Stop waiting"
    void stopRequested();

private:
    void renew();

    Lock m_lock = Lock::Keychain;
    QString m_accountName;
    bool m_waiting = false;
    /// Runs while an answer may still be expected.
    QTimer m_patience;
    QPushButton *m_unlock;
    QPushButton *m_stop;
};

} // namespace countermand

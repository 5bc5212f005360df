#pragma once

#include "ui/look/messagepage.h"

namespace countermand {

/// The keychain is locked. The system's own prompt opens only after the button.
class UnlockPage : public MessagePage
{
    Q_OBJECT

public:
    explicit UnlockPage(QWidget *parent);

    /// The keychain has been asked and the user may take all the time there is.
    void setWaiting(bool waiting);

signals:
    void unlockRequested();

private:
    QPushButton *m_unlock;
};

} // namespace countermand

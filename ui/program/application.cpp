#include "ui/program/application.h"

#include "ui/account/secretedit.h"

#include <QEvent>
#include <QWidget>

namespace countermand {

namespace {

bool asksForSecret(const QWidget *window)
{
    return window && window->findChild<SecretEdit *>();
}

} // namespace

bool Application::notify(QObject *receiver, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease;
    // The toolkit tells only of keys that come from outside, and does so in a filter, which is asked behind this. All
    // keys of the window, not those of the field alone: told ones wait for the bus, and others would pass them.
    if (isKey && event->spontaneous() && asksForSecret(activeWindow()))
        return sendEvent(receiver, event);
    return QApplication::notify(receiver, event);
}

} // namespace countermand

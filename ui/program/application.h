#pragma once

#include <QApplication>

namespace countermand {

/// The application of this program: no key pressed in a window that asks for a secret is told to assistive tools.
///
/// Where a tool listens on the accessibility bus (AT-SPI), the toolkit tells the bus of every key press with the
/// character on it, in clear, before any widget sees it, and whatever the focused field shows. In a window with a
/// SecretEdit the keys go to the window as they come, past that. What its fields hold is still told by their own
/// events, where a secret is dots.
class Application : public QApplication
{
    Q_OBJECT

public:
    /// Of `argc` and `argv` as QApplication.
    Application(int &argc, char **argv) : QApplication(argc, argv) {}

    bool notify(QObject *receiver, QEvent *event) override;
};

} // namespace countermand

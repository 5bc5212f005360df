#pragma once

#include "tests/support/opensession.h"
#include "ui/window/mainwindow.h"

namespace countermand {

/// A window on the orders of a practice exchange, under an account of the user's own or of practice.
struct OpenWindow : OpenSession {
    explicit OpenWindow(Environment environment = Environment::Practice) : OpenSession(environment)
    {
        window.openSession(*session);
    }
    ~OpenWindow() { window.closeSession(); }

    MainWindow window;
};

} // namespace countermand

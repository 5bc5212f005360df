#pragma once

#include "ui/account/accountdialog.h"

#include <QList>

namespace countermand {

struct ConnectionTest;
struct Endpoint;

/// What "Test connection" found, line by line (docs/design.md, Accounts).
QList<TestLine> connectionLines(const ConnectionTest &found, const Endpoint &endpoint);

} // namespace countermand

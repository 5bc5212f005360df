#pragma once

#include "exchange/endpoint.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace countermand {

/// What the command line asks for.
struct Options {
    bool practice = false;
    bool publishNames = false;
    /// The file that events are written to; empty: none.
    QString logFile;
    /// For developers: the process may be dumped and attached to.
    bool allowCore = false;
    /// Empty: no extra certificate authority.
    QString caFile;
    /// Empty: the user's own data folder.
    QString dataFolder;
    Endpoint endpoint = Endpoint::coinw();
};

/// Print and end with 0.
struct TextAnswer {
    QString text;
};
/// Look at the machine, print, and end.
struct SelfCheckWanted {};
/// One line for stderr; the program ends with 2.
struct BadOptions {
    QString line;
};

using CommandLine = std::variant<Options, TextAnswer, SelfCheckWanted, BadOptions>;

/// Reads the arguments, the first of which is the program itself. Needs no QApplication and no display.
CommandLine readCommandLine(const QStringList &arguments);

} // namespace countermand

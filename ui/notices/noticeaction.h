#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace countermand {

/// A button of a notice: its label, and what a press does while `context` is there. Empty without a label.
struct NoticeAction {
    QString label{};
    QObject *context = nullptr;
    std::function<void()> handler{};
};

} // namespace countermand

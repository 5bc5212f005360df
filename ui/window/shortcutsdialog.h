#pragma once

#include <QDialog>
#include <QList>
#include <QString>

namespace countermand {

/// One line of the list of keys.
struct ShortcutLine {
    /// In the system's own writing, alternatives joined by ", ".
    QString keys;
    QString does;
};

/// Lists the keyboard shortcuts, as WindowCommands tells them. Call open(); deletes itself when it closes.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    ShortcutsDialog(const QList<ShortcutLine> &lines, QWidget *parent);
};

} // namespace countermand

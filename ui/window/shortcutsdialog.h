#pragma once

#include <QDialog>
#include <QList>
#include <QString>

namespace countermand {

/// One line of the list of keys.
struct ShortcutLine {
    /// In the system's own writing, alternatives joined by " , ".
    QString keys;
    QString does;
};

/// The keys of this version, in the order shown.
QList<ShortcutLine> shortcutLines();

/// Lists the keyboard shortcuts. Call open(); deletes itself when it closes.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(QWidget *parent);
};

} // namespace countermand

#pragma once

#include <QList>
#include <QString>

class QAction;
class QMenu;

namespace countermand {

/// A menu item's text without the mark of its access key.
QString withoutAccessKey(const QString &text);
/// Gives every action a letter or digit of its text to press, another to each as long as there are any: of a word's
/// beginning where one is free. Separators have none.
void giveAccessKeys(const QList<QAction *> &actions);
/// Does so for a menu's items now, and each time before the menu is shown; for its submenus' too.
void keepAccessKeys(QMenu &menu);

} // namespace countermand

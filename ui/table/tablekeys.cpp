#include "ui/table/tablekeys.h"

#include <QCoreApplication>

namespace countermand {

QList<QKeySequence> tableKeys(TableKey key)
{
    switch (key) {
    case TableKey::Details:
        return {Qt::Key_Return, Qt::ALT | Qt::Key_Return};
    case TableKey::CopyRow:
        return {Qt::CTRL | Qt::Key_C};
    case TableKey::CopyId:
        return {Qt::CTRL | Qt::SHIFT | Qt::Key_C};
    case TableKey::SelectAll:
        return {Qt::CTRL | Qt::Key_A};
    case TableKey::SelectNone:
        return {Qt::CTRL | Qt::SHIFT | Qt::Key_A};
    case TableKey::SortUp:
        return {Qt::CTRL | Qt::SHIFT | Qt::Key_Up};
    case TableKey::SortDown:
        return {Qt::CTRL | Qt::SHIFT | Qt::Key_Down};
    }
    return {};
}

QString tableKeyText(TableKey key)
{
    switch (key) {
    case TableKey::Details:
        return QCoreApplication::translate("TableKeys", "Order details");
    case TableKey::CopyRow:
        return QCoreApplication::translate("TableKeys", "Copy row");
    case TableKey::CopyId:
        return QCoreApplication::translate("TableKeys", "Copy order id");
    case TableKey::SelectAll:
        return QCoreApplication::translate("TableKeys", "Select all shown");
    case TableKey::SelectNone:
        return QCoreApplication::translate("TableKeys", "Select none");
    case TableKey::SortUp:
        return QCoreApplication::translate("TableKeys", "Sort by this column, lowest first");
    case TableKey::SortDown:
        return QCoreApplication::translate("TableKeys", "Sort by this column, highest first");
    }
    return {};
}

} // namespace countermand

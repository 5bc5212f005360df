#include "ui/table/tablekeys.h"

#include <QCoreApplication>

namespace countermand {

namespace {

struct KeyWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::TableKeys)
};

} // namespace

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
        return KeyWords::tr("Order details");
    case TableKey::CopyRow:
        return KeyWords::tr("Copy row");
    case TableKey::CopyId:
        return KeyWords::tr("Copy order id");
    case TableKey::SelectAll:
        return KeyWords::tr("Select all shown");
    case TableKey::SelectNone:
        return KeyWords::tr("Select none");
    case TableKey::SortUp:
        return KeyWords::tr("Sort by this column, lowest first");
    case TableKey::SortDown:
        return KeyWords::tr("Sort by this column, highest first");
    }
    return {};
}

} // namespace countermand

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace countermand {

/// The place behind the `[` of the list in an answer: `data` itself, or `data.rows`. -1 if there is none whose name
/// is written plainly.
qsizetype rowsBegin(QByteArrayView json);

/// The answer with `null` in the place of each row that is no JSON, so that it costs only itself; bytes in a row that
/// are no UTF-8 become U+FFFD. The answer itself where it has no list, or the list's end can't be told.
///
/// What is around the list stays as it was: an answer that is no JSON there is none afterwards.
QByteArray withoutBadRows(const QByteArray &json);

} // namespace countermand

#pragma once

#include "ui/look/theme.h"

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace countermand {

/// Own icons, exported from resources/icons/*.svg to PNG masks at 1x, 1.5x, 2x and 3x.
enum class Icon {
    Ok,
    Info,
    Warn,
    Error,
    Unknown,
    Pending,
    Partly,
    Filled,
    NoPosition,
    Refresh,
    Search,
    Close,
    Eye,
    Lock,
    Account,
    Practice,
    TestServer,
    Live,
};

/// The shape that stands for a severity, so that color only repeats it.
Icon severityIcon(Severity severity);
/// The mask in one color, `size` logical pixels square, sharp at the device pixel ratio given.
QPixmap iconPixmap(Icon icon, const QColor &color, int size, qreal devicePixelRatio);
/// The same as a QIcon with a Disabled variant in `disabledColor`.
QIcon tintedIcon(Icon icon, const QColor &color, const QColor &disabledColor);
/// The program's own icon, 16 to 512 px.
QIcon applicationIcon();

} // namespace countermand

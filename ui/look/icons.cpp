#include "ui/look/icons.h"

#include <QPainter>
#include <QPixmapCache>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr std::array exportedPixels{16, 24, 32, 48};
constexpr std::array applicationPixels{16, 24, 32, 48, 64, 128, 256, 512};

QLatin1StringView fileOf(Icon icon)
{
    switch (icon) {
    case Icon::Ok:
        return "ok"_L1;
    case Icon::Info:
        return "info"_L1;
    case Icon::Warn:
        return "warn"_L1;
    case Icon::Error:
        return "error"_L1;
    case Icon::Unknown:
        return "unknown"_L1;
    case Icon::Pending:
        return "pending"_L1;
    case Icon::Partly:
        return "partly"_L1;
    case Icon::Filled:
        return "filled"_L1;
    case Icon::NoPosition:
        return "noposition"_L1;
    case Icon::Refresh:
        return "refresh"_L1;
    case Icon::Search:
        return "search"_L1;
    case Icon::Close:
        return "close"_L1;
    case Icon::Eye:
        return "eye"_L1;
    case Icon::Lock:
        return "lock"_L1;
    case Icon::Account:
        return "account"_L1;
    case Icon::Practice:
        return "practice"_L1;
    case Icon::TestServer:
        return "testserver"_L1;
    case Icon::Live:
        return "live"_L1;
    }
    return {};
}

/// The mask, tinted, exactly `pixels` square.
QPixmap tinted(Icon icon, const QColor &color, int pixels)
{
    int exported = exportedPixels.back();
    for (const int candidate : exportedPixels) {
        if (candidate >= pixels) {
            exported = candidate;
            break;
        }
    }
    QImage mask(u":/icons/"_s + fileOf(icon) + u'-' + QString::number(exported) + u".png"_s);
    if (mask.isNull())
        return {};
    if (mask.width() != pixels)
        mask = mask.scaled(pixels, pixels, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    mask = mask.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    mask.setDevicePixelRatio(1);

    QPainter painter(&mask);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(mask.rect(), color);
    painter.end();
    return QPixmap::fromImage(mask);
}

} // namespace

Icon severityIcon(Severity severity)
{
    switch (severity) {
    case Severity::Neutral:
        return Icon::Info;
    case Severity::Success:
        return Icon::Ok;
    case Severity::Warning:
        return Icon::Warn;
    case Severity::Error:
        return Icon::Error;
    case Severity::Unknown:
        return Icon::Unknown;
    case Severity::Progress:
        return Icon::Pending;
    }
    return Icon::Info;
}

QPixmap iconPixmap(Icon icon, const QColor &color, int size, qreal devicePixelRatio)
{
    const int pixels = qMax(1, int(std::lround(size * devicePixelRatio)));
    // Painted with every cell and every step of the progress arc: decoding and tinting happen once.
    const QString key = u"cm-icon %1 %2 %3 %4"_s.arg(fileOf(icon), color.name(QColor::HexArgb),
                                                     QString::number(pixels), QString::number(devicePixelRatio));
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = tinted(icon, color, pixels);
        pixmap.setDevicePixelRatio(devicePixelRatio);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

QIcon tintedIcon(Icon icon, const QColor &color, const QColor &disabledColor)
{
    QIcon result;
    // A pixmap for each size in pixels: QIcon picks by the size asked for times the device pixel ratio.
    for (const int pixels : {16, 20, 24, 32, 36, 40, 48}) {
        result.addPixmap(tinted(icon, color, pixels), QIcon::Normal);
        result.addPixmap(tinted(icon, disabledColor, pixels), QIcon::Disabled);
        // Else it would be paler in a selected row.
        result.addPixmap(tinted(icon, color, pixels), QIcon::Selected);
    }
    return result;
}

QIcon applicationIcon()
{
    QIcon icon;
    for (const int pixels : applicationPixels)
        icon.addFile(u":/icons/app/countermand-"_s + QString::number(pixels) + u".png"_s);
    return icon;
}

} // namespace countermand

#pragma once

#include "ui/look/theme.h"

#include <QList>
#include <QWidget>

namespace countermand {

/// What a banner is about; names its widgets: `banner_offline`, `bannerAction_offline`.
enum class BannerKind { Offline, Stale, Count, Scan, Rate, Recovered, Locked, Key, Kind, Partial, Skipped, Notice };

/// "offline", "stale", … for object names.
QString bannerWord(BannerKind kind);

class Banner;

/// Standing notices above the table: the two most severe are shown, 36 px each or higher when the text wraps; no
/// height without any. A banner stays until cleared.
class BannerArea : public QWidget
{
    Q_OBJECT

public:
    explicit BannerArea(QWidget *parent = nullptr);

    /// Shows or updates a banner. An empty `actionLabel` shows no button.
    void set(BannerKind kind, const QString &text, const QString &actionLabel = {},
             Severity severity = Severity::Warning);
    void clear(BannerKind kind);
    void clearAll();
    /// Set, though perhaps not among the two shown.
    bool contains(BannerKind kind) const;
    QString text(BannerKind kind) const;

signals:
    void actionTriggered(countermand::BannerKind kind);

private:
    Banner *find(BannerKind kind) const;
    void arrange();

    /// Most severe first; owned as children.
    QList<Banner *> m_banners;
};

} // namespace countermand

#pragma once

#include "ui/look/severity.h"
#include "ui/notices/noticeaction.h"

#include <QList>
#include <QString>
#include <QWidget>

namespace countermand {

/// What a banner is about; names its widgets: `banner_offline`, `bannerAction_offline`.
enum class BannerKind { Offline, Stale, Count, Scan, Rate, Recovered, Key, Kind, Partial, Skipped, Notice };

/// "offline", "stale", … for object names.
QString bannerWord(BannerKind kind);

class Banner;

/// What one banner says.
struct BannerContent {
    BannerKind kind = BannerKind::Notice;
    QString text{};
    Severity severity = Severity::Warning;
    /// Without a label there is no button.
    NoticeAction action{};
};

/// Standing notices above the table: the two most severe are shown, 36 px each or higher when the text wraps; no
/// height without any.
class BannerArea : public QWidget
{
    Q_OBJECT

public:
    explicit BannerArea(QWidget *parent = nullptr);

    using QWidget::show;
    /// Shows these and no other: new ones appear, those that stay are renewed in place, the rest leaves. At most one
    /// of a kind.
    void show(const QList<BannerContent> &banners);

private:
    Banner *find(BannerKind kind) const;
    void arrange();

    /// Most severe first; owned as children.
    QList<Banner *> m_banners;
};

} // namespace countermand

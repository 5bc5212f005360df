#pragma once

#include "ui/look/severity.h"
#include "ui/notices/noticeaction.h"

#include <QList>
#include <QString>
#include <QWidget>

class QPushButton;

namespace countermand {

/// What a banner is about, the one that goes before the others first; names its widgets: `banner_offline`,
/// `bannerAction_offline`.
enum class BannerKind {
    Offline,
    Insecure,
    Key,
    Refused,
    Notice,
    Recovered,
    Partial,
    Kind,
    Rate,
    Scan,
    Count,
    Stale,
    Skipped
};

/// "offline", "stale", … for object names.
QString bannerWord(BannerKind kind);

class Banner;
class BannerPopup;

/// What one banner says.
struct BannerContent {
    BannerKind kind = BannerKind::Notice;
    QString text{};
    Severity severity = Severity::Warning;
    /// Without a label there is no button.
    NoticeAction action{};
};

/// Standing notices in a place of always the same height: the one that goes before the others is shown, "+2"
/// (infoMoreButton) opens the others upwards. Hidden without any.
class BannerArea : public QWidget
{
    Q_OBJECT

public:
    explicit BannerArea(QWidget *parent = nullptr);

    using QWidget::show;
    /// Shows these and no other: new ones appear, those that stay are renewed in place, the rest leaves. At most one
    /// of a kind.
    void show(const QList<BannerContent> &banners);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    Banner *find(BannerKind kind) const;
    void arrange();
    void renewMore();
    void openPopup();

    /// In the order of their kinds; the first is a child, the others are the popup's.
    QList<Banner *> m_banners;
    QPushButton *m_more;
    BannerPopup *m_popup;
};

} // namespace countermand

#include "ui/notices/bannerarea.h"

#include "ui/look/noticeframe.h"
#include "ui/look/noticelabel.h"
#include "ui/look/theme.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int bannerHeight = 36;
constexpr qsizetype shownAtMost = 2;

/// Higher is shown first.
int rank(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return 4;
    case Severity::Unknown:
        return 3;
    case Severity::Warning:
        return 2;
    case Severity::Neutral:
    case Severity::Success:
    case Severity::Progress:
        break;
    }
    return 1;
}

} // namespace

QString bannerWord(BannerKind kind)
{
    switch (kind) {
    case BannerKind::Offline:
        return u"offline"_s;
    case BannerKind::Stale:
        return u"stale"_s;
    case BannerKind::Count:
        return u"count"_s;
    case BannerKind::Scan:
        return u"scan"_s;
    case BannerKind::Rate:
        return u"rate"_s;
    case BannerKind::Recovered:
        return u"recovered"_s;
    case BannerKind::Key:
        return u"key"_s;
    case BannerKind::Kind:
        return u"kind"_s;
    case BannerKind::Partial:
        return u"partial"_s;
    case BannerKind::Skipped:
        return u"skipped"_s;
    case BannerKind::Notice:
        return u"notice"_s;
    }
    return {};
}

/// One standing notice. Owned by its BannerArea.
class Banner : public NoticeFrame
{
    Q_OBJECT

public:
    Banner(BannerKind kind, QWidget *parent)
        : NoticeFrame(Shape::Bar, Severity::Warning, parent),
          m_kind(kind),
          m_words(new NoticeText(this)),
          m_action(new QPushButton(this))
    {
        setObjectName(u"banner_"_s + bannerWord(kind));
        m_action->setObjectName(u"bannerAction_"_s + bannerWord(kind));
        m_action->setAutoDefault(false);
        m_action->setProperty("compact", true);
        m_action->hide();

        auto *line = new QHBoxLayout(this);
        line->setContentsMargins(10, 4, 10, 5);
        line->setSpacing(0);
        // Not a margin: this one changes sides with the layout direction.
        line->addSpacing(edgeWidth + iconSize + 8);
        line->addWidget(m_words, 1);
        line->addSpacing(12);
        line->addWidget(m_action, 0, Qt::AlignVCenter);
        setMinimumHeight(bannerHeight);
        setSeverity(severity());
    }

    BannerKind kind() const { return m_kind; }

    void setContent(const BannerContent &content)
    {
        setAccessibleName(content.text);
        m_words->setWords({}, content.text);
        const NoticeAction &action = content.action;
        m_action->setText(action.label);
        m_action->setAccessibleName(action.label);
        m_action->setVisible(!action.label.isEmpty());
        QObject::disconnect(m_pressed);
        if (action.context && action.handler)
            m_pressed = connect(m_action, &QPushButton::clicked, action.context, action.handler);
        setSeverity(content.severity);
    }

protected:
    QRect iconPlace() const override { return {edgeWidth + 10, (height() - 1 - iconSize) / 2, iconSize, iconSize}; }

    void dress() override
    {
        const Theme &theme = themeOf(palette());
        m_words->setColors(theme.text, theme.text);
    }

private:
    BannerKind m_kind;
    NoticeText *m_words;
    QPushButton *m_action;
    QMetaObject::Connection m_pressed;
};

BannerArea::BannerArea(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"bannerArea"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

void BannerArea::show(const QList<BannerContent> &banners)
{
    for (qsizetype index = m_banners.size() - 1; index >= 0; --index) {
        Banner *banner = m_banners.at(index);
        const auto stays = std::any_of(banners.cbegin(), banners.cend(), [banner](const BannerContent &content) {
            return content.kind == banner->kind();
        });
        if (stays)
            continue;
        m_banners.removeAt(index);
        banner->hide();
        // Not deleted at once: this may run inside a click on its own button.
        layout()->removeWidget(banner);
        banner->deleteLater();
    }
    for (const BannerContent &content : banners) {
        Banner *banner = find(content.kind);
        if (!banner) {
            banner = new Banner(content.kind, this);
            m_banners += banner;
            banner->hide();
        }
        banner->setContent(content);
    }
    arrange();
}

Banner *BannerArea::find(BannerKind kind) const
{
    const auto found = std::find_if(m_banners.cbegin(), m_banners.cend(),
                                    [kind](const Banner *banner) { return banner->kind() == kind; });
    return found == m_banners.cend() ? nullptr : *found;
}

void BannerArea::arrange()
{
    std::stable_sort(m_banners.begin(), m_banners.end(),
                     [](const Banner *a, const Banner *b) { return rank(a->severity()) > rank(b->severity()); });
    auto *column = static_cast<QVBoxLayout *>(layout());
    for (qsizetype index = 0; index < m_banners.size(); ++index) {
        Banner *banner = m_banners[index];
        if (column->indexOf(banner) != index) {
            column->removeWidget(banner);
            column->insertWidget(int(index), banner);
        }
        banner->setVisible(index < shownAtMost);
    }
    setVisible(!m_banners.isEmpty());
}

} // namespace countermand

#include "bannerarea.moc"

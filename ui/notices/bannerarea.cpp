#include "ui/notices/bannerarea.h"

#include "ui/look/icons.h"
#include "ui/look/noticelabel.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int bannerHeight = 36;
constexpr int edgeWidth = 4;
constexpr int iconSize = 16;
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
    case BannerKind::Locked:
        return u"locked"_s;
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
class Banner : public QFrame
{
    Q_OBJECT

public:
    Banner(BannerKind kind, QWidget *parent)
        : QFrame(parent), m_kind(kind), m_words(new NoticeText(this)), m_action(new QPushButton(this))
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
        dress();
        connect(m_action, &QPushButton::clicked, this, [this] { emit actionRequested(m_kind); });
    }

    BannerKind kind() const { return m_kind; }
    Severity severity() const { return m_severity; }
    const QString &text() const { return m_text; }

    void setContent(const QString &text, const QString &actionLabel, Severity severity)
    {
        m_text = text;
        m_severity = severity;
        setAccessibleName(text);
        m_words->setWords({}, text);
        m_action->setText(actionLabel);
        m_action->setAccessibleName(actionLabel);
        m_action->setVisible(!actionLabel.isEmpty());
        dress();
    }

signals:
    void actionRequested(countermand::BannerKind kind);

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeOf(palette());
        const QColor ink = theme.ink(m_severity);
        QPainter painter(this);
        painter.fillRect(rect(), theme.tint(m_severity));
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, edgeWidth, height())), ink);
        QColor line = ink;
        line.setAlphaF(0.45F);
        painter.fillRect(QRect(0, height() - 1, width(), 1), line);
        const QRect place = QStyle::visualRect(
            layoutDirection(), rect(), QRect(edgeWidth + 10, (height() - 1 - iconSize) / 2, iconSize, iconSize));
        painter.drawPixmap(place, iconPixmap(severityIcon(m_severity), ink, iconSize, devicePixelRatioF()));
    }

    void changeEvent(QEvent *event) override
    {
        QFrame::changeEvent(event);
        if (event->type() == QEvent::PaletteChange)
            dress();
    }

private:
    void dress()
    {
        const Theme &theme = themeOf(palette());
        m_words->setColors(theme.text, theme.text);
        update();
    }

    BannerKind m_kind;
    Severity m_severity = Severity::Warning;
    QString m_text;
    NoticeText *m_words;
    QPushButton *m_action;
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

void BannerArea::set(BannerKind kind, const QString &text, const QString &actionLabel, Severity severity)
{
    Banner *banner = find(kind);
    if (!banner) {
        banner = new Banner(kind, this);
        connect(banner, &Banner::actionRequested, this, &BannerArea::actionTriggered);
        m_banners += banner;
        banner->hide();
    }
    banner->setContent(text, actionLabel, severity);
    arrange();
}

void BannerArea::clear(BannerKind kind)
{
    Banner *banner = find(kind);
    if (!banner)
        return;
    m_banners.removeOne(banner);
    banner->hide();
    // Not deleted at once: this may run inside a click on its own button.
    layout()->removeWidget(banner);
    banner->disconnect(this);
    banner->deleteLater();
    arrange();
}

void BannerArea::clearAll()
{
    const QList<Banner *> all = m_banners;
    for (const Banner *banner : all)
        clear(banner->kind());
}

bool BannerArea::contains(BannerKind kind) const
{
    return find(kind) != nullptr;
}

QString BannerArea::text(BannerKind kind) const
{
    const Banner *banner = find(kind);
    return banner ? banner->text() : QString();
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

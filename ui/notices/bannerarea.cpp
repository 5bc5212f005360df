#include "ui/notices/bannerarea.h"

#include "ui/look/newerqt.h"
#include "ui/look/noticeframe.h"
#include "ui/look/noticelabel.h"
#include "ui/look/plural.h"
#include "ui/look/tallarea.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int bannerHeight = 36;
constexpr int topMargin = 1;
constexpr int bottomMargin = 2;

/// Into another layout, at this place.
void place(QWidget *widget, QBoxLayout *layout, int at, int stretch)
{
    if (layout->indexOf(widget) == at)
        return;
    if (QWidget *parent = widget->parentWidget(); parent && parent->layout())
        parent->layout()->removeWidget(widget);
    layout->insertWidget(at, widget, stretch);
    widget->show();
}

} // namespace

QString bannerWord(BannerKind kind)
{
    switch (kind) {
    case BannerKind::Offline:
        return u"offline"_s;
    case BannerKind::Insecure:
        return u"insecure"_s;
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
    case BannerKind::Refused:
        return u"refused"_s;
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

/// One standing notice. Owned by its BannerArea or the popup.
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
        line->setContentsMargins(10, topMargin, 10, bottomMargin);
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
        // Its numbers change with every second; it is told once.
        if (accessibleName().isEmpty())
            announce(this, content.text, content.severity == Severity::Error);
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
        layout()->activate();
        renewToolTip();
    }

    /// On the line it has no more than the line's height, and its words may be cut.
    void setOnLine(bool onLine)
    {
        m_words->setHeightLimit(onLine ? bannerHeight - topMargin - bottomMargin : 0);
        renewToolTip();
    }
    bool isElided() const { return m_words->isElided(); }

protected:
    QRect iconPlace() const override { return {edgeWidth + 10, (height() - 1 - iconSize) / 2, iconSize, iconSize}; }

    void dress() override
    {
        const Theme &theme = themeOf(palette());
        m_words->setColors(theme.text, theme.text);
    }

    void resizeEvent(QResizeEvent *event) override
    {
        NoticeFrame::resizeEvent(event);
        layout()->activate();
        renewToolTip();
    }

private:
    void renewToolTip() { setToolTip(isElided() ? accessibleName() : QString()); }

    BannerKind m_kind;
    NoticeText *m_words;
    QPushButton *m_action;
    QMetaObject::Connection m_pressed;
};

/// The banners that have no room on the line, above it. A press outside closes it and does nothing else.
class BannerPopup : public QFrame
{
    Q_OBJECT

public:
    explicit BannerPopup(QWidget *parent) : QFrame(parent, Qt::Popup)
    {
        setObjectName(u"bannerPopup"_s);
        setAccessibleName(tr("Further notices"));
        setFrameShape(QFrame::Box);
        // The press that closes it was not aimed at what lies below.
        setAttribute(Qt::WA_NoMouseReplay);
        auto *content = new QWidget;
        m_column = new QVBoxLayout(content);
        m_column->setContentsMargins(0, 0, 0, 0);
        m_column->setSpacing(0);
        m_whole = new QLabel(content);
        m_whole->setTextFormat(Qt::PlainText);
        m_whole->setWordWrap(true);
        m_whole->setContentsMargins(12, 8, 12, 8);
        m_whole->hide();
        m_column->addWidget(m_whole);
        m_area = new TallArea(content, this);
        // As little as one banner, where such an area would take more.
        m_area->setMinimumHeight(1);
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(1, 1, 1, 1);
        layout->addWidget(m_area);
    }

    /// The words of the banner on the line, if they have no room there; those of these banners below.
    void setBanners(const QString &whole, const QList<Banner *> &banners)
    {
        m_whole->setText(whole);
        m_whole->setVisible(!whole.isEmpty());
        for (qsizetype index = 0; index < banners.size(); ++index)
            place(banners.at(index), m_column, int(index) + 1, 0);
    }

    /// Opens, or finds its place anew, with its lower edge at the upper edge of `line`.
    void openAbove(const QWidget &line)
    {
        const QPoint corner = line.mapToGlobal(QPoint(0, 0));
        const QRect screen = line.screen()->availableGeometry();
        const int frame = 2 * (frameWidth() + 1);
        const int wanted = m_area->heightForWidth(line.width() - frame) + frame;
        const int room = std::max(corner.y() - screen.top(), 3 * bannerHeight);
        const int height = std::min(wanted, room);
        setGeometry(corner.x(), corner.y() - height, line.width(), height);
        show();
    }

private:
    QVBoxLayout *m_column;
    QLabel *m_whole;
    TallArea *m_area;
};

BannerArea::BannerArea(QWidget *parent)
    : QWidget(parent), m_more(new QPushButton(this)), m_popup(new BannerPopup(this))
{
    setObjectName(u"bannerArea"_s);
    m_more->setObjectName(u"infoMoreButton"_s);
    m_more->setAutoDefault(false);
    m_more->setProperty("compact", true);
    m_more->hide();
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_more);
    setFixedHeight(bannerHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_more, &QPushButton::clicked, this, &BannerArea::openPopup);
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
        banner->parentWidget()->layout()->removeWidget(banner);
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
                     [](const Banner *a, const Banner *b) { return a->kind() < b->kind(); });
    if (m_banners.isEmpty()) {
        hide();
        return;
    }
    const QList<Banner *> others = m_banners.sliced(1);
    for (Banner *other : others)
        other->setOnLine(false);
    m_popup->setBanners({}, others);
    Banner *first = m_banners.constFirst();
    first->setOnLine(true);
    place(first, static_cast<QHBoxLayout *>(layout()), 0, 1);
    setVisible(true);
    renewMore();
}

void BannerArea::renewMore()
{
    if (m_banners.isEmpty())
        return;
    const QList<Banner *> others = m_banners.sliced(1);
    layout()->activate();
    const Banner *first = m_banners.constFirst();
    const bool wanted = !others.isEmpty() || first->isElided();
    m_more->setText(others.isEmpty() ? u"…"_s : u"+%1"_s.arg(others.size()));
    m_more->setAccessibleName(others.isEmpty()
                                  ? tr("Show the whole notice")
                                  : plural(int(others.size()), tr("1 more notice"), tr("%n more notices")));
    m_more->setToolTip(m_more->accessibleName());
    m_more->setVisible(wanted);
    layout()->activate();
    m_popup->setBanners(first->isElided() ? first->accessibleName() : QString(), others);
    if (!wanted)
        m_popup->hide();
    else if (m_popup->isVisible())
        m_popup->openAbove(*this);
}

void BannerArea::openPopup()
{
    m_popup->openAbove(*this);
}

void BannerArea::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    renewMore();
}

void BannerArea::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_popup->hide();
}

void BannerArea::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        renewMore();
}

} // namespace countermand

#include "bannerarea.moc"

#include "ui/account/badge.h"

#include "ui/look/accessible.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/words/orderwords.h"

#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int badgeHeight = 28;
constexpr int badgePadding = 10;
constexpr int badgeIconSize = 14;
constexpr int gap = 6;
constexpr int radius = 4;

struct BadgeLook {
    Icon icon = Icon::Live;
    QColor fill;
    QColor ink;
    QColor border;
};

BadgeLook lookOf(const Account &account, const Theme &theme)
{
    switch (account.environment) {
    case Environment::Live: {
        const QColor swatch = theme.swatch(account.swatch);
        return {Icon::Live, swatch, QColor(Qt::white), theme.dark ? theme.outline : swatch};
    }
    case Environment::TestServer: {
        const QColor ink = theme.ink(Severity::Warning);
        return {Icon::TestServer, theme.tint(Severity::Warning), ink, ink};
    }
    case Environment::Practice:
        return {Icon::Practice, theme.practice, theme.practiceText, theme.practiceText};
    }
    return {};
}

/// The name behind the environment; the practice profile's own name would only say it again.
QString shownName(const Account &account)
{
    return account.environment == Environment::Practice ? QString() : account.name;
}

} // namespace

AccountBadge::AccountBadge(QWidget *parent) : QLabel(parent)
{
    setObjectName(u"accountBadge"_s);
    setTextFormat(Qt::PlainText);
    setToolTip(tr("Account and environment"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void AccountBadge::setAccount(const Account &account)
{
    m_account = account;
    setText(badgeText(account));
    setAccessibleName(tr("Account: %1 %2", "environment, name").arg(environmentText(account), account.name));
    updateGeometry();
    update();
}

QFont AccountBadge::wordFont() const
{
    QFont bold = font();
    bold.setBold(true);
    return bold;
}

QSize AccountBadge::sizeHint() const
{
    const QFontMetrics words(wordFont());
    const QString name = shownName(m_account);
    int width = 2 * badgePadding + badgeIconSize + gap + words.horizontalAdvance(environmentText(m_account));
    if (!name.isEmpty())
        width += gap + fontMetrics().horizontalAdvance(name);
    return QSize(width + 1, qMax(badgeHeight, words.height() + 8));
}

QSize AccountBadge::minimumSizeHint() const
{
    return sizeHint();
}

void AccountBadge::paintEvent(QPaintEvent *)
{
    const BadgeLook look = lookOf(m_account, themeOf(palette()));
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(look.border, 1));
    painter.setBrush(look.fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);

    const auto place = [this](int left, int width) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(left, 0, width, this->height()));
    };
    QRect iconPlace(0, 0, badgeIconSize, badgeIconSize);
    iconPlace.moveCenter(place(badgePadding, badgeIconSize).center());
    painter.drawPixmap(iconPlace, iconPixmap(look.icon, look.ink, badgeIconSize, devicePixelRatioF()));

    painter.setPen(look.ink);
    const QString environment = environmentText(m_account);
    const QFontMetrics words(wordFont());
    int left = badgePadding + badgeIconSize + gap;
    int width = words.horizontalAdvance(environment) + 1;
    painter.setFont(wordFont());
    painter.drawText(place(left, width), Qt::AlignVCenter | Qt::AlignLeft, environment);
    left += width + gap - 1;
    width = this->width() - left;
    painter.setFont(font());
    painter.drawText(place(left, width), Qt::AlignVCenter | Qt::AlignLeading, shownName(m_account));
}

} // namespace countermand

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

/// What is never cut.
QString environmentWord(Account account)
{
    account.host.clear();
    return environmentText(account);
}

/// What stands behind the environment; the practice profile's own name would only say it again.
QString shownName(const Account &account)
{
    if (account.environment == Environment::Practice)
        return {};
    const bool hasHost = account.environment == Environment::TestServer && !account.host.isEmpty();
    return hasHost ? QString(account.host + u' ' + account.name).trimmed() : account.name;
}

} // namespace

AccountBadge::AccountBadge(QWidget *parent) : QLabel(parent)
{
    setObjectName(u"accountBadge"_s);
    setTextFormat(Qt::PlainText);
    setToolTip(tr("Account and environment"));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void AccountBadge::setAccount(const Account &account)
{
    m_account = account;
    setText(badgeText(account));
    setToolTip(tr("Account and environment") + u'\n' + text());
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

int AccountBadge::widthWith(int name) const
{
    const QFontMetrics words(wordFont());
    const int fixed = 2 * badgePadding + badgeIconSize + gap + words.horizontalAdvance(environmentWord(m_account));
    return fixed + (name > 0 ? gap + name : 0) + 1;
}

QSize AccountBadge::sizeHint() const
{
    const QFontMetrics words(wordFont());
    return {widthWith(fontMetrics().horizontalAdvance(shownName(m_account))), qMax(badgeHeight, words.height() + 8)};
}

QSize AccountBadge::minimumSizeHint() const
{
    // A letter from each end says which of two accounts it is.
    const int least = fontMetrics().horizontalAdvance(u"Mm…m"_s);
    const int whole = fontMetrics().horizontalAdvance(shownName(m_account));
    return {widthWith(qMin(least, whole)), sizeHint().height()};
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

    if (hasFocus()) {
        const Theme &theme = themeOf(palette());
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.focus, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
        // Whatever the swatch, one of the two is seen on it.
        painter.setPen(QPen(theme.table, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5), radius - 1, radius - 1);
    }

    painter.setPen(look.ink);
    const QString environment = environmentWord(m_account);
    const QFontMetrics words(wordFont());
    int left = badgePadding + badgeIconSize + gap;
    int width = words.horizontalAdvance(environment) + 1;
    painter.setFont(wordFont());
    painter.drawText(place(left, width), Qt::AlignVCenter | Qt::AlignLeft, environment);
    left += width + gap - 1;
    width = this->width() - left - badgePadding;
    painter.setFont(font());
    painter.drawText(place(left, width + 1), Qt::AlignVCenter | Qt::AlignLeading,
                     fontMetrics().elidedText(shownName(m_account), Qt::ElideMiddle, width + 1));
}

} // namespace countermand

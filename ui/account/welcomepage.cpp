#include "ui/account/welcomepage.h"

#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr int cardWidth = 340;
constexpr int pageIconSize = 32;

/// One of the two ways to begin.
class Card : public QFrame
{
public:
    Card(Icon icon, const QString &heading, const QString &text, QPushButton *button, QWidget *parent)
        : QFrame(parent), m_iconKind(icon), m_icon(new QLabel(this))
    {
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(24, 24, 24, 24);
        layout->setSpacing(12);
        layout->addWidget(m_icon);
        layout->addWidget(headingLabel(heading, this));
        layout->addWidget(secondaryLabel(text, this));
        layout->addStretch(1);
        layout->addSpacing(4);
        layout->addWidget(button);
        describe(button, text);
        setMinimumWidth(240);
        setMaximumWidth(cardWidth);
        refreshIcon();
    }

protected:
    void changeEvent(QEvent *event) override
    {
        QFrame::changeEvent(event);
        if (event->type() == QEvent::PaletteChange)
            refreshIcon();
    }

    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeOf(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.outline);
        painter.setBrush(theme.raised);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }

private:
    void refreshIcon()
    {
        m_icon->setPixmap(iconPixmap(m_iconKind, themeOf(palette()).link, pageIconSize, devicePixelRatioF()));
    }

    Icon m_iconKind;
    QLabel *m_icon;
};

QPushButton *cardButton(const QString &objectName, const QString &text, QWidget *parent)
{
    QPushButton *button = dialogButton(objectName, text, parent);
    button->setAutoDefault(true);
    return button;
}

} // namespace

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent), m_practice(cardButton(u"welcomePracticeButton"_s, tr("Try &practice mode"), this))
{
    setObjectName("welcomePage"_L1);
    setAccessibleName(tr("Welcome to Countermand"));
    QPushButton *connectAccount = cardButton(u"welcomeConnectButton"_s, tr("&Connect a CoinW account"), this);

    QLabel *heading = headingLabel(tr("Welcome to Countermand"), this);
    heading->setAlignment(Qt::AlignCenter);
    QLabel *text = secondaryLabel(tr("See every open order, cancel one, and know what happened."), this);
    text->setAlignment(Qt::AlignCenter);

    auto *cards = new QHBoxLayout;
    cards->setSpacing(24);
    cards->addStretch(1);
    cards->addWidget(new Card(Icon::Practice, tr("Practice first"),
                              tr("An exchange inside the program with make-believe orders. Nothing is sent to CoinW; "
                                 "no account and no key is needed."),
                              m_practice, this),
                     6);
    cards->addWidget(
        new Card(Icon::Account, tr("Use your account"),
                 tr("Shows the open orders of your CoinW futures account. The API key and its secret are "
                    "kept in the system keychain."),
                 connectAccount, this),
        6);
    cards->addStretch(1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(heading);
    layout->addWidget(text);
    layout->addSpacing(16);
    layout->addLayout(cards);
    layout->addStretch(3);

    m_practice->setDefault(true);
    m_practice->setFocus(Qt::OtherFocusReason);
    setFocusProxy(m_practice);
    setTabOrder(m_practice, connectAccount);
    connect(m_practice, &QPushButton::clicked, this, &WelcomePage::practiceChosen);
    connect(connectAccount, &QPushButton::clicked, this, &WelcomePage::connectChosen);
}

void WelcomePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    // The page takes the place of everything else, so there is no other focus to steal.
    m_practice->setFocus(Qt::OtherFocusReason);
}

} // namespace countermand

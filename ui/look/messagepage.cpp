#include "ui/look/messagepage.h"

#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace countermand {

namespace {

constexpr int columnWidth = 560;
constexpr int iconSize = 32;

} // namespace

MessagePage::MessagePage(const QString &objectName, QWidget *parent)
    : QWidget(parent),
      m_icon(new QLabel(this)),
      m_heading(headingLabel({}, this)),
      m_text(secondaryLabel({}, this)),
      m_buttons(new QHBoxLayout)
{
    setObjectName(objectName);
    auto *column = new QWidget(this);
    column->setMinimumWidth(320);
    column->setMaximumWidth(columnWidth);
    auto *block = new QVBoxLayout(column);
    block->setContentsMargins(0, 0, 0, 0);
    block->setSpacing(12);
    m_icon->hide();
    for (QLabel *label : {m_icon, m_heading, m_text}) {
        label->setAlignment(Qt::AlignCenter);
        block->addWidget(label);
    }
    m_buttons->setSpacing(12);
    m_buttons->addStretch(1);
    m_buttons->addStretch(1);
    block->addLayout(m_buttons);

    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(column, 8);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->addStretch(2);
    layout->addLayout(row);
    layout->addStretch(3);
}

void MessagePage::setIcon(Icon icon, Severity severity)
{
    m_hasIcon = true;
    m_iconKind = icon;
    m_severity = severity;
    m_icon->show();
    refreshIcon();
}

void MessagePage::setWords(const QString &heading, const QString &text)
{
    m_heading->setText(heading);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(heading);
    describe(this, text);
}

QPushButton *MessagePage::addButton(const QString &objectName, const QString &text)
{
    QPushButton *button = dialogButton(objectName, text, this);
    // Outside of a dialog Enter presses the focused button only if it is an auto-default one.
    button->setAutoDefault(true);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

void MessagePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_hasIcon)
        refreshIcon();
}

void MessagePage::refreshIcon()
{
    m_icon->setPixmap(iconPixmap(m_iconKind, themeOf(palette()).ink(m_severity), iconSize, devicePixelRatioF()));
}

} // namespace countermand

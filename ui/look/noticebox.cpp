#include "ui/look/noticebox.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace countermand {

namespace {

constexpr int sidePadding = 10;
constexpr int topPadding = 8;
constexpr int gap = 8;

} // namespace

NoticeBox::NoticeBox(Severity severity, QWidget *parent)
    : NoticeFrame(Shape::Box, severity, parent), m_text(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(sidePadding, topPadding, sidePadding, topPadding);
    layout->setSpacing(gap);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    // Room for the icon. Not a margin: this one changes sides with the layout direction. A spacer has no gap beside
    // it.
    layout->addSpacing(iconSize + gap);
    layout->addWidget(m_text, 1);
    hide();
}

void NoticeBox::setText(const QString &text)
{
    m_text->setText(text);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
}

QString NoticeBox::text() const
{
    return m_text->text();
}

QPushButton *NoticeBox::addButton(const QString &text)
{
    auto *button = new QPushButton(text, this);
    // Enter belongs to the dialog's own buttons.
    button->setAutoDefault(false);
    layout()->addWidget(button);
    m_hasButton = true;
    return button;
}

QRect NoticeBox::iconPlace() const
{
    return {sidePadding, m_hasButton ? (height() - iconSize) / 2 : topPadding, iconSize, iconSize};
}

} // namespace countermand

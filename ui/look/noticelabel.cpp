#include "ui/look/noticelabel.h"

#include <QEvent>
#include <QPainter>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextOption>

#include <cmath>

namespace countermand {

NoticeText::NoticeText(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void NoticeText::setWords(const QString &headline, const QString &text)
{
    if (headline == m_headline && text == m_text)
        return;
    m_headline = headline;
    m_text = text;
    updateGeometry();
    update();
}

void NoticeText::setColors(const QColor &headline, const QColor &text)
{
    m_headlineColor = headline;
    m_textColor = text;
    update();
}

int NoticeText::heightForWidth(int width) const
{
    QTextDocument document;
    layOut(document, width);
    return int(std::ceil(document.size().height()));
}

QSize NoticeText::sizeHint() const
{
    QTextDocument document;
    layOut(document, -1);
    return QSize(int(std::ceil(document.idealWidth())), int(std::ceil(document.size().height())));
}

QSize NoticeText::minimumSizeHint() const
{
    return QSize(fontMetrics().averageCharWidth() * 16, fontMetrics().height());
}

void NoticeText::paintEvent(QPaintEvent *)
{
    QTextDocument document;
    layOut(document, width());
    QPainter painter(this);
    painter.translate(0, std::floor((height() - document.size().height()) / 2));
    document.drawContents(&painter);
}

void NoticeText::changeEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::StyleChange:
    case QEvent::LayoutDirectionChange:
        updateGeometry();
        update();
        break;
    default:
        break;
    }
    QWidget::changeEvent(event);
}

void NoticeText::layOut(QTextDocument &document, int width) const
{
    document.setDocumentMargin(0);
    document.setDefaultFont(font());
    document.setUndoRedoEnabled(false);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(layoutDirection());
    option.setAlignment(Qt::AlignLeading);
    document.setDefaultTextOption(option);

    QTextCursor cursor(&document);
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    bold.setForeground(m_headlineColor);
    QTextCharFormat plain;
    plain.setFontWeight(font().weight());
    plain.setForeground(m_textColor);
    cursor.insertText(m_headline, bold);
    if (!m_headline.isEmpty() && !m_text.isEmpty())
        cursor.insertText(QStringLiteral("   "), plain);
    cursor.insertText(m_text, plain);
    document.setTextWidth(width);
}

} // namespace countermand

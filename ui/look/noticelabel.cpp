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

void NoticeText::setHeightLimit(int height)
{
    if (m_heightLimit == height)
        return;
    m_heightLimit = height;
    updateGeometry();
    update();
}

bool NoticeText::isElided() const
{
    return !fits(width(), m_text);
}

bool NoticeText::fits(int width, const QString &text) const
{
    if (m_heightLimit <= 0)
        return true;
    QTextDocument document;
    layOut(document, width, text);
    return document.size().height() <= m_heightLimit;
}

QString NoticeText::shownText(int width) const
{
    if (fits(width, m_text))
        return m_text;
    const QString more(QChar(0x2026));
    qsizetype least = 0;
    qsizetype most = m_text.size();
    while (least < most) {
        const qsizetype middle = (least + most + 1) / 2;
        if (fits(width, m_text.left(middle).trimmed() + more))
            least = middle;
        else
            most = middle - 1;
    }
    return m_text.left(least).trimmed() + more;
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
    layOut(document, width, width < 0 ? m_text : shownText(width));
}

void NoticeText::layOut(QTextDocument &document, int width, const QString &text) const
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
    if (!m_headline.isEmpty() && !text.isEmpty())
        cursor.insertText(QStringLiteral("   "), plain);
    cursor.insertText(text, plain);
    document.setTextWidth(width);
}

} // namespace countermand

#pragma once

#include <QColor>
#include <QWidget>

class QTextDocument;

namespace countermand {

/// A bold headline and a text that flow as one paragraph, wrapped anywhere if a word is too long: never cut, unless
/// it is told to keep to so many lines.
class NoticeText : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeText(QWidget *parent);

    /// Plain texts; either may be empty.
    void setWords(const QString &headline, const QString &text);
    void setColors(const QColor &headline, const QColor &text);
    /// Words that don't fit into `height` pixels end in "…"; 0 at first: as high as the words want.
    void setHeightLimit(int height);
    /// Some of the words are not shown.
    bool isElided() const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void layOut(QTextDocument &document, int width) const;
    /// `text` as it is shown: shortened where it must be.
    void layOut(QTextDocument &document, int width, const QString &text) const;
    bool fits(int width, const QString &text) const;
    QString shownText(int width) const;

    QString m_headline;
    QString m_text;
    QColor m_headlineColor;
    QColor m_textColor;
    int m_heightLimit = 0;
};

} // namespace countermand

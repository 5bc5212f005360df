#pragma once

#include <QColor>
#include <QWidget>

class QTextDocument;

namespace countermand {

/// A bold headline and a text that flow as one paragraph, wrapped anywhere if a word is too long: never cut.
class NoticeText : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeText(QWidget *parent);

    /// Plain texts; either may be empty.
    void setWords(const QString &headline, const QString &text);
    void setColors(const QColor &headline, const QColor &text);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void layOut(QTextDocument &document, int width) const;

    QString m_headline;
    QString m_text;
    QColor m_headlineColor;
    QColor m_textColor;
};

} // namespace countermand

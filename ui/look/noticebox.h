#pragma once

#include "ui/look/theme.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace countermand {

/// A tinted box with an icon and words, inside a dialog or page. Hidden while its text is empty.
class NoticeBox : public QFrame
{
    Q_OBJECT

public:
    explicit NoticeBox(Severity severity, QWidget *parent);

    void setSeverity(Severity severity);
    /// Plain text; also becomes the accessible name. Empty hides the box.
    void setText(const QString &text);
    QString text() const;
    /// A button at the end of the box, which owns it.
    QPushButton *addButton(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void refreshLook();

    Severity m_severity;
    QLabel *m_icon;
    QLabel *m_text;
};

} // namespace countermand

#pragma once

#include "ui/look/noticeframe.h"

#include <QString>

class QLabel;
class QPushButton;

namespace countermand {

/// A tinted box with an icon and words, inside a dialog or page. Hidden while its text is empty.
class NoticeBox : public NoticeFrame
{
    Q_OBJECT

public:
    explicit NoticeBox(Severity severity, QWidget *parent);

    /// Plain text; also becomes the accessible name. Empty hides the box.
    void setText(const QString &text);
    QString text() const;
    /// A button at the end of the box, which owns it.
    QPushButton *addButton(const QString &text);

protected:
    QRect iconPlace() const override;

private:
    QLabel *m_text;
    bool m_hasButton = false;
};

} // namespace countermand

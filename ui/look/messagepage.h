#pragma once

#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace countermand {

/// A page in place of the table: icon, heading, a line or two of text, and buttons below. Base of the pages that say
/// why there is no table. Accessible name: the heading.
class MessagePage : public QWidget
{
    Q_OBJECT

protected:
    MessagePage(const QString &objectName, QWidget *parent);

    /// No icon without a severity's ink: Neutral is the calm one.
    void setIcon(Icon icon, Severity severity);
    void setWords(const QString &heading, const QString &text);
    QPushButton *addButton(const QString &objectName, const QString &text);

    void changeEvent(QEvent *event) override;

private:
    void refreshIcon();

    bool m_hasIcon = false;
    Icon m_iconKind{};
    Severity m_severity = Severity::Neutral;
    QLabel *m_icon;
    QLabel *m_heading;
    QLabel *m_text;
    QHBoxLayout *m_buttons;
};

} // namespace countermand

#pragma once

#include <QLineEdit>
#include <QPointer>

namespace countermand {

/// A field for a secret: shows dots, never gives its text to the clipboard, to drag and drop, to undo or to assistive
/// tools, and asks for no spell-check or prediction. While revealed the text is painted over the field only.
class SecretEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit SecretEdit(QWidget *parent);

    /// Shows the text as long as it is true; ends by itself when the window loses activation or the field hides.
    void setRevealed(bool revealed);
    bool isRevealed() const { return !m_plain.isNull(); }

protected:
    bool event(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QPointer<QWidget> m_plain;
};

} // namespace countermand

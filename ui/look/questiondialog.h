#pragma once

#include <QDialog>

class QCheckBox;
class QDialogButtonBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace countermand {

/// A short question: heading, text, and named buttons. Window-modal, deletes itself when it closes; Esc and the close
/// box choose what reject() means for it. Base of the dialogs that ask one thing.
class QuestionDialog : public QDialog
{
    Q_OBJECT

protected:
    QuestionDialog(const QString &objectName, const QString &title, QWidget *parent);

    /// Also lays the dialog out: after the buttons.
    void setWords(const QString &heading, const QString &text);
    /// A choice below the text, not taken at first.
    QCheckBox *addCheck(const QString &objectName, const QString &text);
    /// `role` as in QDialogButtonBox::ButtonRole.
    QPushButton *addButton(const QString &objectName, const QString &text, int role);
    /// The same, filled in the danger color.
    QPushButton *addDangerButton(const QString &objectName, const QString &text, int role);
    /// The default button that also has the focus: what Enter does at once.
    void makeDefault(QPushButton *button);

private:
    QLabel *m_heading;
    QLabel *m_text;
    QVBoxLayout *m_content;
    QDialogButtonBox *m_buttons;
};

} // namespace countermand

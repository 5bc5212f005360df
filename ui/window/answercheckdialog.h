#pragma once

#include <QDialog>
#include <QString>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace countermand {

/// Asks CoinW with the open account's key, on the user's word, and shows what was found as a text to be copied.
class AnswerCheckDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AnswerCheckDialog(QWidget *parent);

    /// The answers are there. The dialog grows so that all of the text is seen, as far as the screen has room.
    void setReport(const QString &report);

signals:
    /// "Check". `wrongTime`: one read with a wrong time, too.
    void checkRequested(bool wrongTime);

private:
    void start();
    void growToText();
    void copy();

    QLabel *m_state;
    QCheckBox *m_wrongTime;
    QPlainTextEdit *m_report;
    QPushButton *m_check;
    QPushButton *m_copy;
};

} // namespace countermand

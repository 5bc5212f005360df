#pragma once

#include <QWidget>

class QPushButton;

namespace countermand {

/// What a user without an account sees in place of the table: practice, or connect. Enter chooses practice.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent);

signals:
    void practiceChosen();
    void connectChosen();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QPushButton *m_practice;
};

} // namespace countermand

#include "ui/cancel/cancelquestion.h"

#include <utility>

namespace countermand {

CancelQuestion::CancelQuestion(QWidget *parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
}

void CancelQuestion::abandon()
{
    m_ended = true;
    reject();
}

void CancelQuestion::closeConfirmed()
{
    m_ended = true;
    accept();
}

void CancelQuestion::done(int result)
{
    const bool answered = isVisible() || result == Accepted;
    QDialog::done(result);
    if (answered && !std::exchange(m_ended, true) && isOpenQuestion())
        emit kept();
}

} // namespace countermand

#pragma once

#include "domain/account.h"
#include "domain/order.h"
#include "ui/look/questiondialog.h"

namespace countermand {

/// The record of a cancel can't be written: send it all the same? Keeping the order is the default, canceling has the
/// arm delay of the confirmation. Exactly one signal, once. Call open().
class RecordQuestion : public QuestionDialog
{
    Q_OBJECT

public:
    /// `problem`: the system's words, may be empty. Of several orders `order` is the first, `count` their number.
    RecordQuestion(const Account &account, const Order &order, int count, const QString &problem, QWidget *parent);

    const Account &account() const { return m_account; }
    const Order &order() const { return m_order; }

    void done(int result) override;

signals:
    void cancelWithoutRecord();
    void kept();

private:
    Account m_account;
    Order m_order;
};

} // namespace countermand

#pragma once

#include "domain/account.h"
#include "domain/order.h"

#include <QDateTime>
#include <QDialog>
#include <QString>

class QVBoxLayout;

namespace countermand {

/// Read-only details with Copy and Close. Never cancels. Call open(); deletes itself when it closes.
class DetailsDialog : public QDialog
{
    Q_OBJECT

public:
    /// Everything known about an order.
    DetailsDialog(const Account &account, const Order &order, const QDateTime &nowUtc, QWidget *parent);
    /// The words of an outcome (see outcomeDetails()) below a heading.
    DetailsDialog(const QString &heading, const QString &text, QWidget *parent);

    /// What Copy puts on the clipboard.
    QString plainText() const { return m_plainText; }

private:
    void finishLayout(QVBoxLayout *layout);

    QString m_plainText;
};

} // namespace countermand

#pragma once

#include "domain/account.h"
#include "domain/cancelrecord.h"
#include "domain/order.h"

#include <QDateTime>
#include <QDialog>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace countermand {

struct OrderFact;

/// Read-only details with Copy and Close. Never cancels. Call open(); deletes itself when it closes.
class DetailsDialog : public QDialog
{
    Q_OBJECT

public:
    /// Everything known about an order.
    DetailsDialog(const Account &account, const Order &order, const QDateTime &nowUtc, QWidget *parent,
                  const std::optional<Decimal> &lastPrice = {});
    /// The words of an outcome (see outcomeDetails()) below a heading.
    DetailsDialog(const QString &heading, const QString &text, QWidget *parent);

    /// Everything that the record of a cancel says; Copy order copies what is needed to enter the order again.
    /// `offersResults`: of one of a batch, resultsWanted().
    DetailsDialog(const CancelRecord &record, bool offersResults, QWidget *parent);

    /// How the cancel stands now.
    void updateRecord(const CancelRecord &record);
    /// Shows the order's present values.
    void updateOrder(const Order &order, const QDateTime &nowUtc, const std::optional<Decimal> &lastPrice = {});
    /// What the order likely was before it was edited elsewhere; nothing where that isn't known.
    void setEditedFrom(const std::optional<Order> &before);
    /// It has left the list: what is shown is how it was seen last.
    void orderGone();

    /// What Copy puts on the clipboard.
    QString plainText() const { return m_plainText; }

signals:
    /// The user wants to see the other cancels of the same question.
    void resultsWanted(const QString &batchId);

private:
    void addGrid(QVBoxLayout *layout);
    void finishLayout(QVBoxLayout *layout);
    void showFacts(const QList<OrderFact> &facts);
    void describeAll();

    QString m_plainText;
    std::optional<Order> m_editedFrom;
    Order m_order;
    std::optional<CancelRecord> m_record;
    bool m_offersResults = false;
    std::optional<Decimal> m_lastPrice;
    QLabel *m_heading = nullptr;
    QGridLayout *m_grid = nullptr;
    QHash<QString, QLabel *> m_values;
};

} // namespace countermand

#pragma once

#include "domain/order.h"
#include "ui/cancel/cancelquestion.h"
#include "ui/words/orderfacts.h"
#include "ui/words/positionwords.h"
#include "workflow/listage.h"

#include <QDateTime>
#include <QHash>
#include <QList>

class QLabel;
class QVBoxLayout;

namespace countermand {

class FactLabel;
class NoticeBox;

/// Shows exactly what will be canceled and asks (objectName confirmDialog).
class ConfirmCancelDialog : public CancelQuestion
{
    Q_OBJECT

public:
    /// `order` is the order as frozen when the question was asked, `lastPrice` its instrument's; without one it has
    /// no distance.
    ConfirmCancelDialog(const Account &account, const Order &order, const RowAge &age, const QDateTime &nowUtc,
                        QWidget *parent, const std::optional<Decimal> &lastPrice = {});

    OrderId orderId() const { return m_order.id; }
    /// The order as it is shown now.
    const Order &order() const { return m_order; }

    /// Shows the order's present values: changed ones flash, a notice names them, and the arm delay starts again.
    /// Nothing happens if no shown fact differs, if the id is another one, or once the order is gone.
    void updateOrder(const Order &order, const QDateTime &nowUtc);
    /// The order is no longer open: only closing is left. `reason` is a whole sentence, empty if not known yet; may
    /// be called again with a better one.
    void orderGone(const QString &reason);
    /// So much of it had filled in the end, as the records say: the facts say so too.
    void setFilled(const Decimal &filled, const QDateTime &nowUtc);
    /// Refreshes the age of the order and of its values (a notice above 30 s).
    void setRowAge(const RowAge &age, const QDateTime &nowUtc);
    /// The market has moved. Absent: the last price is not known any more.
    void setLastPrice(const std::optional<Decimal> &lastPrice, const QDateTime &nowUtc);
    /// What the cancel does to the order's position. The arm delay starts again if that is told in other words.
    void setEffect(const CancelEffect &effect);

signals:
    void confirmed();

protected:
    void confirm() override;

private:
    void buildFacts(QVBoxLayout *layout);
    void buildNotices(QVBoxLayout *layout);
    QList<OrderFact> facts(const QDateTime &nowUtc) const;
    void showFacts(const QList<OrderFact> &facts, bool flash);
    void showNotices();
    void describeAll();
    QStringList effectLines() const;
    NoticeBox *notice(const QString &key) const { return m_notices.value(key); }

    Order m_order;
    QList<OrderFact> m_firstFacts;
    QList<OrderFact> m_facts;
    RowAge m_age;
    std::optional<Decimal> m_lastPrice;
    CancelEffect m_effect;

    NoticeBox *m_reason = nullptr;
    QHash<QString, QLabel *> m_values;
    QLabel *m_positionLabel = nullptr;
    FactLabel *m_position = nullptr;
    QHash<QString, NoticeBox *> m_notices;
};

} // namespace countermand

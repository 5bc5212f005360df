#pragma once

#include "domain/cancelrecord.h"
#include "domain/order.h"
#include "ui/words/cancelwords.h"
#include "workflow/cancelscope.h"
#include "workflow/cancelworkflow.h"
#include "workflow/listage.h"
#include "workflow/opencount.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <chrono>

namespace countermand {

class BatchListDialog;
class BulkCancelDialog;
class CancelBatch;
class OrdersView;
class Session;
class ToastStrip;

/// Talks with the user about several orders at once: the one question, the one toast with its bar and list, what is
/// offered at the end.
class BulkConversation : public QObject
{
    Q_OBJECT

public:
    /// Up to this many orders have a toast each instead of one for all.
    static constexpr int mostSingleToasts = 3;

    /// All must outlive the conversation; `window` is the parent of its dialogs.
    BulkConversation(Session &session, OrdersView &table, ToastStrip &toasts, QWidget *window,
                     QObject *parent = nullptr);
    ~BulkConversation() override;

    /// Opens the question about the orders of a scope. Nothing if a question is open or no order can be canceled.
    void ask(CancelScope scope);
    bool isAsking() const;
    /// Closes an open question without sending anything. False if none is open.
    bool abandon();
    /// Takes back what has not left, of every batch.
    void stopRemaining();
    /// Follows the cancels of an earlier run as one, when they are many.
    void followRecovered(const QList<CancelRecord> &records);

    /// The cancel is told in a batch's toast, not in one of its own.
    bool covers(const CancelRecord &record) const;
    /// The cancels that the toast with this key tells of; none if it is no batch's.
    QStringList cancelsOf(const QString &toastKey) const;
    /// Opens the results of a batch of this session; false if there is none of this id.
    bool showResults(const QString &batchId);

signals:
    /// Something for a toast of its own.
    void said(const countermand::ToastContent &content);

private:
    struct Shown {
        CancelBatch *batch = nullptr;
        /// Told as one toast; else each order has its own.
        bool asOne = true;
        bool isRecovery = false;
        /// What was announced last, so that not every change is.
        QString announced;
        bool newOrdersTold = false;
    };

    void askAbout(const QList<Order> &orders, bool isAll);
    void followOrders();
    void renewPositions();
    /// Those that are known to have lost their position.
    QSet<OrderId> orphansOf(const QList<Order> &orders) const;
    RowAge ageOf(const QList<Order> &orders) const;
    OpenCount countNow() const;
    void submit(const QList<Order> &orders);
    void submit(CancelBatch *batch, const QList<CancelRequest> &requests);
    void show(CancelBatch *batch, bool asOne, bool isRecovery);
    void renew(const QString &id);
    void act(const QString &id, ToastAction action);
    void showList(CancelBatch *batch);
    void askAboutFailed(const CancelBatch &batch);
    void showNewOrders(const CancelBatch &batch);
    CancelBatch *makeBatch();

    Session &m_session;
    OrdersView &m_table;
    ToastStrip &m_toasts;
    QWidget *m_window;
    QPointer<BulkCancelDialog> m_question;
    QSet<OrderId> m_listedWhenAsked;
    /// By the batch's id. Kept while the session is open: their lists can be looked at again.
    QHash<QString, Shown> m_shown;
    QHash<QString, QPointer<BatchListDialog>> m_lists;
    QTimer m_clock;
};

} // namespace countermand

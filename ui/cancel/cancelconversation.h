#pragma once

#include "domain/cancelrecord.h"
#include "domain/order.h"
#include "ui/words/cancelwords.h"
#include "workflow/cancelscope.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace countermand {

class BulkConversation;
class ConfirmCancelDialog;
class OrdersView;
class Session;
class ToastStrip;
struct CancelRequest;

/// Talks with the user about the cancels of one account: the question, the answers, and what can be done about each.
class CancelConversation : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the conversation; `window` is the parent of its dialogs.
    CancelConversation(Session &session, OrdersView &table, ToastStrip &toasts, QWidget *window,
                       QObject *parent = nullptr);
    ~CancelConversation() override;

    /// Opens the question about one order. Nothing if one is open already.
    void ask(const OrderId &id);
    /// Without a question where instant cancel is on and its guard rails allow it, else as ask().
    void cancel(const OrderId &id);
    void setInstantCancel(bool on);
    /// The same for what is selected, one order or several; says so if none is.
    void askAboutSelected();
    /// Closes an open question without sending anything, and says so.
    void abandon();
    /// Opens the question about the orders of a scope. Nothing if one is open already.
    void askAboutMany(CancelScope scope);
    /// Of several orders.
    BulkConversation &bulk() { return *m_bulk; }

signals:
    /// The user wants to look at the account's key.
    void accountWanted();

private:
    /// `about`: the order that a click on the toast shows.
    void say(const ToastContent &content, const OrderId &about = {});
    void showOrder(const OrderId &id);
    void followOrder();
    void renewEffect();
    void lookUpReason();
    void submit(const CancelRequest &request);
    void askWithoutRecord(const CancelRequest &request);
    void show(const CancelRecord &record);
    /// What the user has dismissed marks no row any more.
    void forgetMarks(const QString &toastKey);
    void showToast(const CancelRecord &record);
    void showSending(const QString &cancelId);
    void act(const CancelRecord &record, ToastAction action);

    bool isAsking() const;
    /// Where the order's row is to be seen; empty if it isn't.
    QRect rowOnScreen(const OrderId &id) const;
    bool cancelAtOnce(const OrderId &id);
    /// The guard rails let this order be canceled without a question now.
    bool mayBeAtOnce(const Order &order) const;
    /// The rows say which of them that holds for.
    void renewInstant();

    Session &m_session;
    OrdersView &m_table;
    ToastStrip &m_toasts;
    QWidget *m_window;
    std::unique_ptr<BulkConversation> m_bulk;
    QPointer<ConfirmCancelDialog> m_question;
    /// The questioned order has left the list, and its end is being looked up.
    bool m_orderGone = false;
    /// Key of the last toast that belongs to no cancel.
    QString m_lastSaid;
    bool m_instantCancel = false;
    const std::chrono::steady_clock::time_point m_openedAt = std::chrono::steady_clock::now();
    std::optional<std::chrono::steady_clock::time_point> m_lastAtOnce;
    /// While instant cancel is on: lists grow old, and its pauses end.
    QTimer m_instantTimer;
    int m_said = 0;
    /// The latest cancel of each order.
    QHash<OrderId, QString> m_latest;
};

} // namespace countermand

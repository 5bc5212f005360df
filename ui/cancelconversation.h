#pragma once

#include "domain/cancelrecord.h"
#include "domain/order.h"
#include "ui/canceltext.h"

#include <QObject>
#include <QPointer>

namespace countermand {

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

    /// Opens the question about one order. Nothing if one is open already.
    void ask(const OrderId &id);
    /// The same for the selected order; K4 if none is.
    void askAboutSelected();
    /// Closes an open question without sending anything, and says so (K3).
    void abandon();

signals:
    /// The user wants to look at the account's key.
    void accountWanted();

private:
    void say(const ToastContent &content);
    void followOrder();
    void lookUpReason();
    void submit(const CancelRequest &request);
    void askWithoutRecord(const CancelRequest &request);
    void show(const CancelRecord &record);
    void showSending(const QString &cancelId);
    void act(const QString &key, ToastAction action);

    Session &m_session;
    OrdersView &m_table;
    ToastStrip &m_toasts;
    QWidget *m_window;
    QPointer<ConfirmCancelDialog> m_question;
    /// The questioned order has left the list, and its end is being looked up.
    bool m_orderGone = false;
    /// Key of the last toast that belongs to no cancel.
    QString m_lastSaid;
    int m_said = 0;
};

} // namespace countermand

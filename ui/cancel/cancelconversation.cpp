#include "ui/cancel/cancelconversation.h"

#include "ui/cancel/bulkconversation.h"
#include "ui/cancel/confirmcanceldialog.h"
#include "ui/cancel/detailsdialog.h"
#include "ui/cancel/recordquestion.h"
#include "ui/notices/toaststrip.h"
#include "ui/table/ordermenu.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"
#include "ui/words/canceldetails.h"
#include "ui/words/orderwords.h"
#include "workflow/cancelworkflow.h"
#include "workflow/instantcancel.h"
#include "workflow/openorders.h"
#include "workflow/orderend.h"
#include "workflow/orderfeed.h"
#include "workflow/positions.h"
#include "workflow/session.h"

#include <QTimer>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// A quick answer needs no "Canceling…" before it.
constexpr auto sendingToastAfter = 400ms;
constexpr auto instantRenewal = 250ms;

} // namespace

CancelConversation::CancelConversation(Session &session, OrdersView &table, ToastStrip &toasts, QWidget *window,
                                       QObject *parent)
    : QObject(parent),
      m_session(session),
      m_table(table),
      m_toasts(toasts),
      m_window(window),
      m_bulk(std::make_unique<BulkConversation>(session, table, toasts, window))
{
    connect(m_bulk.get(), &BulkConversation::said, this, [this](const ToastContent &content) { say(content); });
    connect(&m_table.menu(), &OrderMenu::cancelManyRequested, this, &CancelConversation::askAboutMany);
    connect(&m_table, &OrdersView::cancelRequested, this, &CancelConversation::cancel);
    connect(&m_table.menu(), &OrderMenu::cancelQuestionRequested, this, &CancelConversation::ask);
    connect(&m_table, &OrdersView::clickIgnoredAfterMove, this, [this] { say(listMovedToast(m_session.account())); });
    connect(&m_table, &OrdersView::questionRequested, this, &CancelConversation::ask);
    connect(&m_session.cancels(), &CancelWorkflow::changed, this, &CancelConversation::show);
    connect(&m_toasts, &ToastStrip::dismissed, this, &CancelConversation::forgetMarks);
    connect(&m_table.menu(), &OrderMenu::markDismissed, &m_session.orders(), &OpenOrders::forgetFailure);
    connect(&m_session.feed(), &OrderFeed::listRead, this, &CancelConversation::followOrder);
    connect(&m_session.positions(), &Positions::changed, this, &CancelConversation::renewEffect);
    connect(&m_session.feed(), &OrderFeed::statusChanged, this, [this] {
        if (m_session.feed().status().offline)
            abandon();
        if (m_instantCancel)
            renewInstant();
    });
    m_instantTimer.setInterval(instantRenewal);
    connect(&m_instantTimer, &QTimer::timeout, this, &CancelConversation::renewInstant);
}

CancelConversation::~CancelConversation() = default;

bool CancelConversation::isAsking() const
{
    return m_question || m_bulk->isAsking();
}

void CancelConversation::askAboutSelected()
{
    if (isAsking())
        return;
    const auto selected = m_table.selection().selectedOrders();
    if (selected.isEmpty())
        say(nothingSelectedToast(m_session.account()));
    else if (!m_table.selection().blockedReason().isEmpty())
        return;
    else if (selected.size() > 1)
        m_bulk->ask(CancelScope::Selected);
    else
        cancel(selected.constFirst());
}

void CancelConversation::askAboutMany(CancelScope scope)
{
    if (!isAsking())
        m_bulk->ask(scope);
}

void CancelConversation::cancel(const OrderId &id)
{
    if (!isAsking() && !cancelAtOnce(id))
        ask(id);
}

void CancelConversation::setInstantCancel(bool on)
{
    m_instantCancel = on;
    if (on)
        m_instantTimer.start();
    else
        m_instantTimer.stop();
    renewInstant();
}

void CancelConversation::renewInstant()
{
    m_table.rows().setMarks(&ShownOrder::atOnce,
                            [this](const Order &order) { return m_instantCancel && mayBeAtOnce(order); },
                            {OrderColumns::Action});
}

bool CancelConversation::mayBeAtOnce(const Order &order) const
{
    const auto now = std::chrono::steady_clock::now();
    const auto since = [now](std::chrono::steady_clock::time_point then) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(now - then);
    };
    InstantGuard guard{m_instantCancel, m_session.feed().rowAge(order.id, now), since(m_openedAt), {}};
    if (m_lastAtOnce)
        guard.sinceLast = since(*m_lastAtOnce);
    return mayCancelAtOnce(order, guard);
}

bool CancelConversation::cancelAtOnce(const OrderId &id)
{
    const auto request = m_session.cancels().prepare(id);
    // Where the row still says that it asks first, it does.
    if (!request || !m_table.selection().saysAtOnce(id) || !mayBeAtOnce(request->order))
        return false;
    m_lastAtOnce = std::chrono::steady_clock::now();
    submit(*request);
    renewInstant();
    return true;
}

void CancelConversation::ask(const OrderId &id)
{
    if (isAsking())
        return;
    const auto request = m_session.cancels().prepare(id);
    if (!request) {
        say(changedMeanwhileToast(m_session.account()));
        return;
    }
    // The time a person needs to read hides the handshake.
    m_session.warmUp();
    m_orderGone = false;
    auto *question = new ConfirmCancelDialog(
        request->account, request->order, m_session.feed().rowAge(id, std::chrono::steady_clock::now()),
        QDateTime::currentDateTimeUtc(), m_window, m_session.lastPrice(request->order));
    m_question = question;
    connect(&m_session, &Session::pricesChanged, question, [this, question] {
        question->setLastPrice(m_session.lastPrice(question->order()), QDateTime::currentDateTimeUtc());
    });
    m_session.positions().readSoon();
    if (mayBeStop(request->order))
        m_session.feed().readSoon({{ListKind::StopProfitLoss, {}},
                                   {ListKind::Trailing, {}},
                                   {ListKind::Trigger, request->order.instrument}});
    renewEffect();
    connect(question, &ConfirmCancelDialog::confirmed, this, [this, question] {
        submit({question->account(), question->order()});
    });
    connect(question, &ConfirmCancelDialog::kept, this,
            [this, question] { say(keptToast(m_session.account(), question->order()), question->orderId()); });
    connect(question, &QDialog::finished, this, [this, question] {
        m_question.clear();
        m_table.restoreFocusTo(question->orderId());
    });
    question->openNear(rowOnScreen(id));
}

QRect CancelConversation::rowOnScreen(const OrderId &id) const
{
    const QModelIndex index = m_table.rows().indexOf(id);
    if (!index.isValid())
        return {};
    QRect row = m_table.visualRect(index);
    row.setLeft(0);
    row.setRight(m_table.viewport()->width() - 1);
    row = row.intersected(m_table.viewport()->rect());
    return row.isEmpty() ? QRect() : QRect(m_table.viewport()->mapToGlobal(row.topLeft()), row.size());
}

void CancelConversation::abandon()
{
    if (m_question)
        m_question->abandon();
    else if (!m_bulk->abandon())
        return;
    say(changedMeanwhileToast(m_session.account()));
}

void CancelConversation::say(const ToastContent &content, const OrderId &about)
{
    // Each is news of its own: one that the user closed must not keep the next from being seen.
    m_toasts.remove(m_lastSaid);
    m_lastSaid = u"said:%1"_s.arg(++m_said);
    m_toasts.show(m_lastSaid, content, {this, [this, about](ToastAction action) {
                                            if (action == ToastAction::ShowOrder)
                                                showOrder(about);
                                        }});
}

void CancelConversation::showOrder(const OrderId &id)
{
    m_table.selectOrders({id});
}

void CancelConversation::renewEffect()
{
    if (!m_question || m_orderGone)
        return;
    const Order &order = m_question->order();
    const OrderRow *row = m_session.orders().row(order.id);
    const Positions &positions = m_session.positions();
    m_question->setEffect({.isTold = positions.isEnabled(),
                           .position = row ? row->position : OrderPosition(),
                           .stops = positions.stopsLeft({order}, clockNow())});
}

void CancelConversation::followOrder()
{
    if (!m_question || m_orderGone)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (const Order *order = m_session.orders().find(m_question->orderId())) {
        m_question->updateOrder(*order, now);
        m_question->setRowAge(m_session.feed().rowAge(order->id, std::chrono::steady_clock::now()), now);
        renewEffect();
    } else {
        m_orderGone = true;
        m_question->orderGone(QString());
        lookUpReason();
    }
}

void CancelConversation::lookUpReason()
{
    const Order order = m_question->order();
    m_session.lookUpEnd(order, m_question, [this, order](const OrderEnd &end) {
        if (!m_question)
            return;
        if (end.filledQuantity)
            m_question->setFilled(*end.filledQuantity, QDateTime::currentDateTimeUtc());
        if (end.filledWhole)
            m_question->orderGone(
                tr("Filled: %1 of %2.").arg(numberText(end.filledQuantity), numberText(order.quantity)));
        else if (end.canceled)
            m_question->orderGone(tr("Canceled elsewhere."));
    });
}

void CancelConversation::submit(const CancelRequest &request)
{
    switch (m_session.cancels().submit(request, RecordPolicy::Required).state) {
    case CancelWorkflow::Submitted::Queued:
        break;
    case CancelWorkflow::Submitted::RecordFailed:
        askWithoutRecord(request);
        break;
    case CancelWorkflow::Submitted::NotOpen:
    case CancelWorkflow::Submitted::AlreadyBeingCanceled:
    case CancelWorkflow::Submitted::OtherAccount:
        say(changedMeanwhileToast(m_session.account()));
        break;
    }
}

void CancelConversation::askWithoutRecord(const CancelRequest &request)
{
    auto *question =
        new RecordQuestion(request.account, request.order, 1, m_session.cancels().journalProblem(), m_window);
    connect(question, &RecordQuestion::cancelWithoutRecord, this, [this, request] {
        const auto result = m_session.cancels().submit(request, RecordPolicy::CancelWithoutRecord).state;
        if (result != CancelWorkflow::Submitted::Queued)
            say(changedMeanwhileToast(m_session.account()));
    });
    connect(question, &RecordQuestion::kept, this,
            [this, request] { say(keptToast(m_session.account(), request.order), request.order.id); });
    question->open();
}

void CancelConversation::forgetMarks(const QString &toastKey)
{
    QStringList cancels = m_bulk->cancelsOf(toastKey);
    if (cancels.isEmpty())
        cancels.append(toastKey);
    for (auto latest = m_latest.cbegin(); latest != m_latest.cend(); ++latest) {
        if (cancels.contains(latest.value()))
            m_session.orders().forgetFailure(latest.key());
    }
}

void CancelConversation::show(const CancelRecord &record)
{
    m_latest.insert(record.order.id, record.cancelId);
    if (m_bulk->covers(record) || (record.stage == CancelStage::Waiting && record.waitEstimate == 0ms))
        return;
    if (record.stage == CancelStage::Sending) {
        QTimer::singleShot(sendingToastAfter, this, [this, id = record.cancelId] { showSending(id); });
        return;
    }
    showToast(record);
}

void CancelConversation::showToast(const CancelRecord &record)
{
    // With the record: a toast may ask about its cancel long after that has been settled and let go of.
    const auto edited = record.stage == CancelStage::GoneNoRecord ? m_session.feed().edits().after(record.order.id)
                                                                  : std::optional<Order>();
    m_toasts.show(record.cancelId,
                  edited ? changedElsewhereToast(record, *edited) : toastFor(record, m_session.host()),
                  {this, [this, record](ToastAction action) { act(record, action); }});
}

void CancelConversation::showSending(const QString &cancelId)
{
    const auto record = m_session.cancels().record(cancelId);
    if (record && record->stage == CancelStage::Sending)
        showToast(*record);
}

void CancelConversation::act(const CancelRecord &record, ToastAction action)
{
    switch (action) {
    case ToastAction::None:
        break;
    case ToastAction::CheckNow:
        m_session.cancels().checkNow(record.cancelId);
        break;
    case ToastAction::Details: {
        const QString heading = tr("Order %1").arg(idTailText(record.order.id));
        (new DetailsDialog(heading, outcomeDetails(record), m_window))->open();
        break;
    }
    case ToastAction::OpenAccount:
        emit accountWanted();
        break;
    case ToastAction::CancelAgain:
        ask(record.order.id);
        break;
    case ToastAction::CancelNew:
        if (const auto edited = m_session.feed().edits().after(record.order.id))
            ask(edited->id);
        break;
    case ToastAction::Stop:
        m_session.cancels().stop(record.cancelId);
        break;
    case ToastAction::ShowOrder:
        showOrder(record.order.id);
        break;
    case ToastAction::StopRemaining:
    case ToastAction::ShowList:
    case ToastAction::CancelRefused:
    case ToastAction::CancelStillOpen:
    case ToastAction::ShowNewOrders:
        break;
    }
}

} // namespace countermand

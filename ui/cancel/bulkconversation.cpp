#include "ui/cancel/bulkconversation.h"

#include "ui/cancel/batchlistdialog.h"
#include "ui/cancel/bulkcanceldialog.h"
#include "ui/cancel/recordquestion.h"
#include "ui/notices/toaststrip.h"
#include "ui/table/orderfilter.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"
#include "ui/words/batchwords.h"
#include "ui/words/bulkwords.h"
#include "workflow/cancelbatch.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"
#include "workflow/positions.h"
#include "workflow/session.h"

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

const QString batchKey = u"batch:"_s;
const QString newOrdersKey = u"new-orders:"_s;

} // namespace

BulkConversation::BulkConversation(Session &session, OrdersView &table, ToastStrip &toasts, QWidget *window,
                                   QObject *parent)
    : QObject(parent), m_session(session), m_table(table), m_toasts(toasts), m_window(window)
{
    connect(&m_session.feed(), &OrderFeed::listRead, this, &BulkConversation::followOrders);
    connect(&m_session.orders(), &OpenOrders::changed, this, &BulkConversation::followOrders);
    connect(&m_session.positions(), &Positions::changed, this, &BulkConversation::renewPositions);
    // The time left on the bar.
    connect(&m_clock, &QTimer::timeout, this, [this] {
        const auto ids = m_shown.keys();
        for (const QString &id : ids)
            renew(id);
    });
    m_clock.setInterval(1s);
}

BulkConversation::~BulkConversation()
{
    for (const auto &list : std::as_const(m_lists))
        delete list.data();
}

void BulkConversation::ask(CancelScope scope)
{
    askAbout(m_table.selection().ordersIn(scope), scope != CancelScope::Selected);
}

void BulkConversation::askAbout(const QList<Order> &orders, bool isAll)
{
    if (m_question || orders.isEmpty() || !m_table.selection().generalBlock().isEmpty())
        return;
    m_session.warmUp();
    BulkQuestion question;
    question.account = m_session.account();
    question.orders = orders;
    question.isAll = isAll;
    for (const Order &order : orders) {
        const OrderRow *row = m_session.orders().row(order.id);
        if (row && !m_table.rows().filter().matches(*row, m_table.rows().now()))
            question.hidden.insert(order.id);
        if (row && row->isRefusedHere)
            question.refusedHere.insert(order.id);
    }
    question.count = countNow();
    if (isAll)
        question.uncheckedNotice =
            uncheckedNotice(m_session.feed().status().triggerInstruments, m_session.instrumentCount());
    question.age = ageOf(orders);
    question.orphans = orphansOf(orders);
    const Positions &positions = m_session.positions();
    if (positions.isEnabled())
        question.stopsLeft = [&positions](const QList<Order> &leaving) {
            return positions.stopsLeft(leaving, clockNow());
        };
    m_listedWhenAsked.clear();
    for (const auto &[id, row] : m_session.orders().rows())
        m_listedWhenAsked.insert(id);

    m_session.positions().readSoon();
    QList<ListSource> stops;
    for (const Order &order : orders) {
        const ListSource conditional{ListKind::Trigger, order.instrument};
        if (mayBeStop(order) && !stops.contains(conditional))
            stops.append(conditional);
    }
    if (!stops.isEmpty())
        m_session.feed().readSoon(stops << ListSource{ListKind::StopProfitLoss, {}}
                                        << ListSource{ListKind::Trailing, {}});

    m_question = new BulkCancelDialog(question, QDateTime::currentDateTimeUtc(), m_window);
    connect(m_question, &BulkCancelDialog::confirmed, this,
            qOverload<const QList<Order> &>(&BulkConversation::submit));
    connect(m_question, &BulkCancelDialog::kept, this,
            [this, count = int(orders.size())] { emit said(keptManyToast(m_session.account(), count)); });
    connect(m_question, &BulkCancelDialog::scanWanted, &m_session, &Session::scanInstruments);
    connect(m_question, &QDialog::finished, this, [this] {
        m_question.clear();
        m_table.restoreFocusTo(m_table.selection().currentOrder());
    });
    m_question->open();
}

bool BulkConversation::isAsking() const
{
    return m_question;
}

bool BulkConversation::abandon()
{
    if (!m_question)
        return false;
    m_question->abandon();
    return true;
}

void BulkConversation::followOrders()
{
    if (!m_question)
        return;
    m_question->setRowAge(ageOf(m_question->chosen()));
    m_question->setCount(countNow());
    renewPositions();
    m_question->follow(
        [this](const OrderId &id) -> const Order * {
            const auto stage = m_session.orders().stageOf(id);
            return stage && blocksAnotherCancel(*stage) ? nullptr : m_session.orders().find(id);
        },
        QDateTime::currentDateTimeUtc());
}

void BulkConversation::renewPositions()
{
    if (m_question)
        m_question->setOrphans(orphansOf(m_question->listed()));
}

QSet<OrderId> BulkConversation::orphansOf(const QList<Order> &orders) const
{
    QSet<OrderId> orphans;
    for (const Order &order : orders) {
        const OrderRow *row = m_session.orders().row(order.id);
        if (row && row->position.loss.isOrphan())
            orphans.insert(order.id);
    }
    return orphans;
}

RowAge BulkConversation::ageOf(const QList<Order> &orders) const
{
    RowAge oldest{0s};
    const auto now = std::chrono::steady_clock::now();
    for (const Order &order : orders)
        oldest = older(oldest, m_session.feed().rowAge(order.id, now));
    return oldest;
}

OpenCount BulkConversation::countNow() const
{
    return openCount(m_session.feed().status(), m_session.orders().listedCount(), std::chrono::steady_clock::now());
}

CancelBatch *BulkConversation::makeBatch()
{
    return new CancelBatch(m_session.cancels(), m_session.feed(), m_listedWhenAsked, this);
}

void BulkConversation::submit(const QList<Order> &orders)
{
    QList<CancelRequest> requests;
    for (const Order &order : orders)
        requests.append({m_session.account(), order});
    submit(makeBatch(), requests);
}

void BulkConversation::submit(CancelBatch *batch, const QList<CancelRequest> &requests)
{
    const bool asOne = requests.size() > mostSingleToasts;
    // Before the start: it tells of its cancels at once, and those of a batch have no toasts of their own.
    m_shown.insert(batch->id(), Shown{batch, asOne, false, {}, false});
    switch (batch->start(requests, RecordPolicy::Required)) {
    case CancelWorkflow::Submitted::Queued:
        show(batch, asOne, false);
        return;
    case CancelWorkflow::Submitted::RecordFailed: {
        auto *question = new RecordQuestion(m_session.account(), requests.constFirst().order, int(requests.size()),
                                            m_session.cancels().journalProblem(), m_window);
        connect(question, &RecordQuestion::cancelWithoutRecord, batch, [this, batch, requests, asOne] {
            if (batch->start(requests, RecordPolicy::CancelWithoutRecord) == CancelWorkflow::Submitted::Queued)
                show(batch, asOne, false);
            else
                emit said(changedMeanwhileToast(m_session.account()));
        });
        connect(question, &RecordQuestion::kept, this,
                [this, count = int(requests.size())] { emit said(keptManyToast(m_session.account(), count)); });
        question->open();
        return;
    }
    case CancelWorkflow::Submitted::NotOpen:
    case CancelWorkflow::Submitted::AlreadyBeingCanceled:
    case CancelWorkflow::Submitted::OtherAccount:
        break;
    }
    m_shown.remove(batch->id());
    batch->deleteLater();
    emit said(changedMeanwhileToast(m_session.account()));
}

void BulkConversation::show(CancelBatch *batch, bool asOne, bool isRecovery)
{
    const QString id = batch->id();
    m_shown.insert(id, Shown{batch, asOne, isRecovery, {}, false});
    connect(batch, &CancelBatch::changed, this, [this, id] { renew(id); });
    m_clock.start();
    renew(id);
}

void BulkConversation::followRecovered(const QList<CancelRecord> &records)
{
    if (records.size() <= mostSingleToasts)
        return;
    m_listedWhenAsked.clear();
    CancelBatch *batch = makeBatch();
    m_shown.insert(batch->id(), Shown{batch, true, true, {}, true});
    batch->follow(records);
    show(batch, true, true);
    m_shown[batch->id()].newOrdersTold = true;
}

bool BulkConversation::covers(const CancelRecord &record) const
{
    return std::any_of(m_shown.cbegin(), m_shown.cend(), [&record](const Shown &shown) {
        return shown.asOne && (shown.batch->id() == record.batchId || shown.batch->contains(record.cancelId));
    });
}

QStringList BulkConversation::cancelsOf(const QString &toastKey) const
{
    QStringList ids;
    if (!toastKey.startsWith(batchKey))
        return ids;
    if (const auto shown = m_shown.constFind(toastKey.mid(batchKey.size())); shown != m_shown.cend()) {
        for (const CancelRecord &record : shown->batch->records())
            ids.append(record.cancelId);
    }
    return ids;
}

bool BulkConversation::showResults(const QString &batchId)
{
    const auto shown = m_shown.constFind(batchId);
    if (shown == m_shown.cend())
        return false;
    showList(shown->batch);
    return true;
}

void BulkConversation::stopRemaining()
{
    for (const Shown &shown : std::as_const(m_shown))
        shown.batch->stopRemaining();
    m_session.cancels().stopUnsent();
}

void BulkConversation::renew(const QString &id)
{
    const auto found = m_shown.find(id);
    if (found == m_shown.end() || found->batch->state() == CancelBatch::State::Idle)
        return;
    Shown &shown = *found;
    const CancelBatch &batch = *shown.batch;
    const bool finished = batch.state() == CancelBatch::State::Finished;

    BatchView view;
    view.state = batch.state();
    view.isStopped = batch.isStopped();
    view.isRecovery = shown.isRecovery;
    view.tally = batch.tally();
    view.end = batch.end();
    if (finished && !shown.isRecovery) {
        view.failed = int(batch.failedOrders().size());
        view.isEachRefused = batch.isEachRefused();
    }
    if (const auto leaves = batch.lastLeavesAt()) {
        const auto left = *leaves - std::chrono::steady_clock::now();
        view.timeLeft = std::max(1s, std::chrono::ceil<std::chrono::seconds>(left));
    }
    const ToastHandler handler{this, [this, id](ToastAction action) { act(id, action); }};
    if (shown.asOne) {
        ToastContent content = batchToast(m_session.account(), view);
        // Spoken at the start, at each quarter, and at the end (docs/design.md, Accessibility).
        const QString news = finished ? content.headline + content.text
                                      : u"%1/%2"_s.arg(content.headline).arg(std::max(0, content.percentDone) / 25);
        content.isQuiet = news == shown.announced;
        shown.announced = news;
        m_toasts.show(batchKey + id, content, handler);
    }
    if (finished && !std::exchange(shown.newOrdersTold, true) && !batch.end().newOrders.isEmpty())
        m_toasts.show(newOrdersKey + id, newOrdersToast(m_session.account(), int(batch.end().newOrders.size())),
                      handler);
    if (std::all_of(m_shown.cbegin(), m_shown.cend(),
                    [](const Shown &any) { return any.batch->state() == CancelBatch::State::Finished; }))
        m_clock.stop();
}

void BulkConversation::act(const QString &id, ToastAction action)
{
    const auto found = m_shown.constFind(id);
    if (found == m_shown.cend())
        return;
    switch (action) {
    case ToastAction::StopRemaining:
        found->batch->stopRemaining();
        break;
    case ToastAction::ShowList:
        showList(found->batch);
        break;
    case ToastAction::CancelRefused:
    case ToastAction::CancelStillOpen:
        askAboutFailed(*found->batch);
        break;
    case ToastAction::ShowNewOrders:
        showNewOrders(*found->batch);
        break;
    case ToastAction::None:
    case ToastAction::CheckNow:
    case ToastAction::Details:
    case ToastAction::OpenAccount:
    case ToastAction::CancelAgain:
    case ToastAction::CancelNew:
    case ToastAction::Stop:
    case ToastAction::ShowOrder:
        break;
    }
}

void BulkConversation::showList(CancelBatch *batch)
{
    QPointer<BatchListDialog> &list = m_lists[batch->id()];
    if (!list) {
        list = new BatchListDialog(*batch, m_window);
        connect(list, &BatchListDialog::cancelAgainRequested, this, [this, batch] { askAboutFailed(*batch); });
    }
    list->show();
    list->raise();
    list->activateWindow();
}

void BulkConversation::askAboutFailed(const CancelBatch &batch)
{
    QList<Order> orders;
    const auto ids = batch.failedOrders();
    for (const OrderId &id : ids) {
        if (const Order *order = m_session.orders().find(id))
            orders.append(*order);
    }
    if (orders.isEmpty())
        emit said(noneLeftToast(m_session.account()));
    askAbout(orders, false);
}

void BulkConversation::showNewOrders(const CancelBatch &batch)
{
    m_table.selectOrders(batch.end().newOrders);
    m_table.setFocus(Qt::OtherFocusReason);
}

} // namespace countermand

#include "ui/window/listsummary.h"

#include "ui/notices/infoline.h"
#include "ui/table/orderselection.h"
#include "ui/table/ordersheader.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"
#include "ui/words/listwords.h"
#include "ui/words/positionwords.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"
#include "workflow/session.h"

using namespace Qt::StringLiterals;

namespace countermand {

ListSummary::ListSummary(Session &session, OrdersView &table, InfoLine &line, QObject *parent)
    : QObject(parent), m_session(session), m_table(table), m_line(line)
{
    // Many changes come at once; the sums are needed once.
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &ListSummary::renew);
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start(0);
    };
    connect(&m_session.feed(), &OrderFeed::statusChanged, this, soon);
    connect(&m_session.orders(), &OpenOrders::changed, this, soon);
    connect(&m_table.rows(), &OrdersTable::countsChanged, this, soon);
    connect(&m_table.selection(), &OrderSelection::changed, this, soon);
    connect(&m_table.columns(), &OrdersHeader::leftOutChanged, this, &ListSummary::renewColumns);
    renew();
    renewColumns();
}

ListSummary::~ListSummary()
{
    m_line.setText({});
    m_line.setHiddenColumns({});
}

void ListSummary::renew()
{
    const FeedStatus &feed = m_session.feed().status();
    if (!feed.loaded) {
        m_line.setText(readingText(feed.kindsTried));
        return;
    }
    const OpenOrders &orders = m_session.orders();
    const OrdersTable &rows = m_table.rows();
    QList<Order> listed;
    qsizetype orphans = 0;
    for (const auto &[id, row] : orders.rows()) {
        if (!orders.isListed(id) || !rows.filter().matches(row, rows.now()))
            continue;
        listed.append(row.order);
        orphans += row.position.loss.isOrphan() ? 1 : 0;
    }
    QList<Order> selected;
    for (const OrderId &id : m_table.selection().selectedOrders()) {
        if (const Order *order = orders.find(id))
            selected.append(*order);
    }
    QStringList parts{listText(listed, selected)};
    if (orphans > 0)
        parts.append(orphanCountText(orphans));
    m_line.setText(parts.join(u" · "_s), listTip(freesText(listed), freesText(selected)));
}

void ListSummary::renewColumns()
{
    m_line.setHiddenColumns(m_table.columns().leftOut());
}

} // namespace countermand

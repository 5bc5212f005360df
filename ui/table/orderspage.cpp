#include "ui/table/orderspage.h"

#include "ui/table/listpages.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"
#include "workflow/session.h"

namespace countermand {

OrdersPage::OrdersPage(Session &session, QWidget *parent)
    : QStackedWidget(parent),
      m_session(session),
      m_table(new OrdersView(session.orders(), this)),
      m_loading(new LoadingPage(this)),
      m_error(new ErrorPage(this)),
      m_empty(new EmptyPage(this))
{
    addWidget(m_loading);
    addWidget(m_error);
    addWidget(m_empty);
    addWidget(m_table);
    connect(&m_session.feed(), &OrderFeed::statusChanged, this, &OrdersPage::choosePage);
    connect(&m_table->rows(), &OrdersTable::countsChanged, this, &OrdersPage::choosePage);
    connect(m_empty, &EmptyPage::clearFilterRequested, this, &OrdersPage::clearFilterRequested);
    connect(m_error, &ErrorPage::retryRequested, this, [this] { m_session.feed().refresh(); });
    choosePage();
}

void OrdersPage::choosePage()
{
    const FeedStatus &status = m_session.feed().status();
    m_table->setGuarded(status.loaded);
    // Rows that have gone may still stand there, so that nothing moves under the pointer.
    const QWidget *focus = window()->focusWidget();
    if (m_table->rows().rowCount() > 0) {
        // Whoever waits for the list, and nothing else, has the keys at once.
        const bool hadFocus = currentWidget() != m_table && (!focus || !focus->isVisible() || isAncestorOf(focus));
        setCurrentWidget(m_table);
        if (hadFocus)
            m_table->setFocus(Qt::OtherFocusReason);
        return;
    }
    const bool hadFocus = m_table->hasFocus();
    const bool filtered = m_session.orders().count() > 0;
    m_empty->setFiltered(filtered);
    if (filtered || (status.loaded && !status.failure)) {
        setCurrentWidget(m_empty);
    } else if (const auto problem = status.keyRefused ? status.keyRefused : status.failure) {
        m_error->setReason(reasonText(*problem));
        setCurrentWidget(m_error);
    } else {
        constexpr int kinds = 4;
        m_loading->setProgress(status.kindsTried, kinds);
        setCurrentWidget(m_loading);
    }
    // An emptied table gives its focus to the page, so that the keys of the window go on working.
    if (hadFocus)
        currentWidget()->setFocus(Qt::OtherFocusReason);
}

} // namespace countermand

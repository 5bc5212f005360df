#pragma once

#include <QStackedWidget>

namespace countermand {

class EmptyPage;
class ErrorPage;
class LoadingPage;
class OrdersView;
class Session;

/// The middle of the window while an account is open: the table, or why there is none (reading, failed, no orders).
class OrdersPage : public QStackedWidget
{
    Q_OBJECT

public:
    /// `session` must outlive the page.
    explicit OrdersPage(Session &session, QWidget *parent);

    OrdersView &table() { return *m_table; }

signals:
    /// From the page that says that no order matches.
    void clearFilterRequested();

private:
    void choosePage();

    Session &m_session;
    OrdersView *m_table;
    LoadingPage *m_loading;
    ErrorPage *m_error;
    EmptyPage *m_empty;
};

} // namespace countermand

#pragma once

#include <QObject>
#include <QTimer>

namespace countermand {

class InfoLine;
class OrdersView;
class Session;

/// Says on the line above the table what the list and the selection hold, or how far the first reading has come, and
/// which columns have no room.
class ListSummary : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the summary.
    ListSummary(Session &session, OrdersView &table, InfoLine &line, QObject *parent = nullptr);
    ~ListSummary() override;

private:
    void renew();
    void renewColumns();

    Session &m_session;
    OrdersView &m_table;
    InfoLine &m_line;
    QTimer m_soon;
};

} // namespace countermand

#pragma once

#include "domain/order.h"

#include <QList>
#include <QStringList>

#include <memory>
#include <optional>

namespace countermand {

struct ListImage;

/// One read of a list of open orders, to its last page.
struct OrderListing {
    /// All open orders; of a change, those that are new or differ.
    QList<Order> orders;
    /// Rows without an id: skipped, and the list is not whole.
    int skippedRows = 0;
    /// This tells only what differs from the earlier read that was given along.
    bool isChange = false;
    /// Of a change: orders that the earlier read had and this one has not.
    QList<OrderId> gone;
    /// Open orders in the list.
    int count = 0;
    /// To be given along with the next read of this list. Null for a list of several pages.
    std::shared_ptr<const ListImage> image;
};

/// One answer of a list call.
struct OrderPage {
    OrderListing listing;
    /// Ids of all rows, those of orders that are no longer open included; not told of a change.
    QStringList ids;
    /// All rows, the skipped ones included.
    int rows = 0;
    /// Matches over all pages as the exchange counts them; absent where it is silent. Not to be trusted when low.
    std::optional<int> total;
};

/// Puts the pages of one listing together.
class OrderPages
{
public:
    /// `pageSize`: rows that were asked for per page.
    explicit OrderPages(int pageSize) : m_pageSize(pageSize) {}

    enum class Next {
        Done,    ///< that was the last page
        More,    ///< ask for page()
        Shifted, ///< the list changed between two pages: rows may be missing, read it again
    };
    /// Takes page().
    Next add(const OrderPage &page);

    /// The page to ask for, from 1.
    int page() const { return m_page; }
    const OrderListing &listing() const { return m_listing; }

private:
    int m_pageSize;
    int m_page = 1;
    int m_rows = 0;
    std::optional<int> m_total;
    QStringList m_ids;
    OrderListing m_listing;
};

} // namespace countermand

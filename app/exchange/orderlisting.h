#pragma once

#include "domain/listextent.h"
#include "domain/order.h"

#include <QList>
#include <QSet>
#include <QStringList>

#include <memory>
#include <optional>

namespace countermand {

struct ListImage;

/// One read of a list of open orders, to its last page.
struct OrderListing {
    ListExtent extent = ListExtent::Partial;
    /// Rows of the list as the exchange names their number, the largest if several pages differ. Absent if it named
    /// none: CoinW's older manual shows `total` 0 beside a row, which says nothing either.
    std::optional<int> total;
    /// All open orders; of a change, those that are new or differ.
    QList<Order> orders;
    /// Rows without an id: skipped, and the list is partial.
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
    /// The answer has the shape of a page (`rows` and `total`), not of a bare array.
    bool isPaged = false;
    /// Matches over all pages as the exchange counts them; absent where it is silent or says 0.
    std::optional<int> total;
};

/// Puts the pages of one listing together. A page with few rows says nothing about how many there are: the exchange
/// may give fewer than were asked for. The list ends where its rows reach the largest total, or, without one, with an
/// empty page; one that ends otherwise is partial.
class OrderPages
{
public:
    enum class Next {
        Done, ///< that was the last page
        More, ///< ask for page()
    };
    /// Takes page().
    Next add(const OrderPage &page);

    /// The page to ask for, from 1.
    int page() const { return m_page; }
    const OrderListing &listing() const { return m_listing; }

private:
    Next end(ListExtent extent);

    int m_page = 1;
    /// Of all rows, those of orders that are no longer open included.
    QSet<QString> m_ids;
    QSet<OrderId> m_open;
    OrderListing m_listing;
};

} // namespace countermand

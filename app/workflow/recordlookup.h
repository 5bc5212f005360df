#pragma once

#include "domain/order.h"
#include "domain/orderrecord.h"
#include "domain/result.h"
#include "workflow/orderbook.h"
#include "workflow/orderend.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace countermand {

class CoinwClient;
struct CallTimes;

/// Looks orders up in the exchange's records of past orders. One reading of an instrument serves all who asked before
/// it was begun; it goes on to older pages while one of their orders has not been found.
class RecordLookup : public QObject
{
    Q_OBJECT

public:
    enum class Source { Deals, History };
    /// The rows read from the source asked: an order without one among them is not in the newest pages.
    using Handler = std::function<void(const Result<OrderRecords> &)>;

    explicit RecordLookup(CoinwClient &client, QObject *parent = nullptr) : QObject(parent), m_client(client) {}

    /// The handler runs once, later, with records read from now on; never after this has been destroyed.
    void lookUp(Source source, const QString &instrument, const OrderId &order, Handler handler);

private:
    struct Key {
        Source source = Source::Deals;
        QString instrument;

        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, int(key.source), key.instrument);
        }
    };
    struct Asker {
        OrderId order;
        TimePoint askedAt;
        Handler handler;
    };
    struct Reading {
        QList<Asker> askers;
        bool running = false;
        int page = 1;
        TimePoint begunAt;
        OrderRecords rows;
    };

    void readPage(const Key &key);
    template <class Row>
    void pageRead(const Key &key, QList<Row> OrderRecords::*rows, const Result<RecordPage<Row>> &page,
                  const CallTimes &times);
    /// `error` if the reading failed.
    void serve(const Key &key, const std::optional<ApiError> &error);
    static bool needsOlder(const Reading &reading, int rowsOfPage);

    CoinwClient &m_client;
    QHash<Key, Reading> m_readings;
};

} // namespace countermand

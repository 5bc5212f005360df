#pragma once

#include "domain/order.h"
#include "domain/orderrecord.h"
#include "domain/result.h"
#include "workflow/listlook.h"
#include "workflow/orderend.h"
#include "workflow/recordreading.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace countermand {

class CoinwClient;
struct CallTimes;

/// What a look into the records brought for one order.
struct RecordsFound {
    /// All rows that were read from the source asked, those of other orders too.
    OrderRecords rows;
    /// How far back they were read for this order.
    RecordReach reach;
};

/// Looks orders up in the exchange's records of past orders: the deals of an instrument, the history of all. One
/// reading serves all who asked before it was begun; it goes on to older pages while they don't reach back far enough
/// for one of them.
class RecordLookup : public QObject
{
    Q_OBJECT

public:
    enum class Source { Deals, History };
    using Handler = std::function<void(const Result<RecordsFound> &)>;

    explicit RecordLookup(CoinwClient &client, QObject *parent = nullptr) : QObject(parent), m_client(client) {}

    /// The handler runs once, later, with records read from now on; never after this has been destroyed.
    /// `instrument` counts for deals only.
    void lookUp(Source source, const QString &instrument, const RecordBounds &bounds, Handler handler);

signals:
    /// A page has come, for whomever.
    void dealsRead(const QList<countermand::DealRecord> &rows);
    void historyRead(const QList<countermand::HistoryRecord> &rows);

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
        RecordBounds bounds;
        TimePoint askedAt;
        Handler handler;
    };
    struct Reading {
        QList<Asker> askers;
        bool running = false;
        TimePoint begunAt;
        RecordReading pages;
    };

    void begin(const Key &key);
    void readPage(const Key &key);
    template <class Row>
    void pageRead(const Key &key, const Result<RecordPage<Row>> &page, const CallTimes &times);
    /// `error` if the reading failed.
    void serve(const Key &key, const std::optional<ApiError> &error);

    CoinwClient &m_client;
    QHash<Key, Reading> m_readings;
};

} // namespace countermand

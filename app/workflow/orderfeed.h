#pragma once

#include "domain/result.h"
#include "workflow/keyrefusal.h"
#include "workflow/listage.h"
#include "workflow/orderbook.h"
#include "workflow/orderedits.h"
#include "workflow/readslowing.h"

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace countermand {

class CoinwClient;
class OpenOrders;
struct ListImage;
struct OrderListing;

/// How often each kind of open order is read. Together well inside the 50 signed calls per 10 s.
struct FeedPace {
    std::chrono::milliseconds plan{2000};
    std::chrono::milliseconds protective{5000};
    std::chrono::milliseconds execute{10000};
    /// One instrument after the other.
    std::chrono::milliseconds trigger{2000};
    std::chrono::milliseconds count{5000};
    /// A kind that the exchange refuses to list is tried again after this.
    std::chrono::milliseconds refused{60000};
    /// A refused key is tried again after this.
    std::chrono::milliseconds key{60000};
    /// From an answer of a scan to its next request, beside all other reads.
    std::chrono::milliseconds scan{1000};
};

/// How far a scan of all instruments has come.
struct ScanProgress {
    int done = 0;
    int total = 0;

    friend bool operator==(const ScanProgress &, const ScanProgress &) = default;
};

/// What is known about the list itself.
struct FeedStatus {
    bool reading = false;
    /// Each kind has been tried once since the start, and the plan orders were read.
    bool loaded = false;
    /// Kinds tried since the start, of four.
    int kindsTried = 0;
    /// No connection can be made.
    bool offline = false;
    /// The last transport failure or refusal of the plan orders; absent while they can be read.
    std::optional<ApiError> failure;
    /// The exchange refuses the key, and since when (UTC): reading has stopped, but for a trial every minute. Absent
    /// from the first good list on.
    std::optional<ApiError> keyRefused;
    QDateTime keyRefusedSince;
    /// Reads are slowed, because something answers that is not a good answer of CoinW's. Absent else.
    std::optional<SlowReads> slow;
    /// Kinds that the exchange refuses to list, with its words.
    QHash<int, ApiError> refusedKinds;
    /// Rows without an id in the latest reads.
    int skippedRows = 0;
    /// Any list was read since the start.
    bool anyRead = false;
    /// All four kinds and the conditional lists of every instrument with an order were read, and the latest answer of
    /// each was whole.
    bool complete = false;
    /// The exchange's count could be read, and was asked for after that.
    bool counted = false;
    /// The exchange's own count of open orders, lowered by those that have left the list since; absent before it was
    /// read.
    std::optional<int> openCount;
    /// Since when the count and the list differ without a break; absent while they agree.
    std::optional<TimePoint> countDiffersSince;
    /// Lists whose latest answer was not whole for another reason than rows without an id: how many orders the
    /// exchange names, zero if it doesn't, and how many it listed.
    struct Part {
        int named = 0;
        int listed = 0;

        friend bool operator==(const Part &, const Part &) = default;
    };
    QHash<ListSource, Part> partialLists;
    /// When reading began for the first time; absent before.
    std::optional<TimePoint> beganAt;
    /// When the oldest of the four lists that every account has was last read, but for kinds that the exchange
    /// refuses to list. Absent until each was.
    std::optional<TimePoint> wholeAt;
    QDateTime wholeAtUtc;
    /// The same of the lists of conditional orders; there is one for each instrument with an order.
    bool hasConditionalLists = false;
    std::optional<TimePoint> conditionalAt;
    /// Instruments whose untriggered conditional orders were read since the start.
    int triggerInstruments = 0;
    /// Absent while no scan runs.
    std::optional<ScanProgress> scan;
};

/// Keeps the open orders fresh: reads one kind after the other on a beat, at once on demand, and tells those
/// who settle cancels what each read saw. One read at a time.
class OrderFeed : public QObject
{
    Q_OBJECT

public:
    OrderFeed(CoinwClient &client, OpenOrders &orders, const FeedPace &pace, QObject *parent = nullptr);

    void start();
    void stop();
    /// Reads everything again at once, refused kinds too; a refused key is tried at once.
    void refresh();
    /// The computer slept: for so long no clock of the program ran. The list is that much older, and is read at once.
    void slept(std::chrono::milliseconds time);
    /// Reads these lists before anything else, each with a read begun from now on; one that an order can move from
    /// before those that it can move to.
    void readSoon(const QList<ListSource> &sources);
    /// Behind what is wanted, reads every list once, and then the count. Those of `sources()` that are read meanwhile
    /// for another reason are not read again. Each ends in listRead() or listFailed().
    void readAllOnce();
    /// Only what is wanted is read until then; a time that has passed lets the regular beat go on. It goes on, too,
    /// while no connection can be made.
    void restUntil(TimePoint until);
    /// A call outside the feed got no answer: finds out whether a connection can be made at all.
    void doubtConnection();
    /// Reads the exchange's count before anything else but those lists.
    void countSoon();

    /// Every list that is read at present.
    QList<ListSource> sources() const { return allSources(); }
    /// Reads the conditional orders of every one of these instruments once, slowly and beside all other reads. Those
    /// that have any stay in the rota. Instead of a scan that runs already.
    void scan(const QStringList &instruments);
    void stopScan();

    const FeedStatus &status() const { return m_status; }
    const OrderBook &book() const { return m_book; }
    const OrderEdits &edits() const { return m_edits; }
    /// Orders that the latest answers listed: what the exchange's count is compared with.
    int listedCount() const;
    /// Of the list that this order came from; never for an order that no list has.
    RowAge rowAge(const OrderId &id, TimePoint now) const;
    /// When the list's latest good answer was asked for, if that was whole; nothing if it was not, the exchange
    /// refuses the list, or counts more orders than are listed.
    std::optional<TimePoint> wholeAt(const ListSource &source) const;
    OpenOrders &orders() { return m_orders; }

signals:
    void statusChanged();
    /// A good read of a list was taken in. Its rows are in book().
    void listRead(const countermand::ListLook &look);
    /// The exchange's count of open orders was asked for at `begunAt`; no count if it could not be read.
    void countRead(countermand::TimePoint begunAt, const std::optional<int> &count);
    /// An instrument has an order for the first time since the start.
    void instrumentSeen(const QString &name);
    /// A read of a list failed, or a wanted one will not be begun; whatever the reason, it proves nothing.
    void listFailed(const countermand::ListSource &source, const countermand::ReadFailure &failure);

private:
    void beat();
    void planNext();
    std::optional<ListSource> mostOverdue(TimePoint now) const;
    bool isCountDue(TimePoint now, const std::optional<ListSource> &overdue) const;
    std::chrono::milliseconds paceOf(const ListSource &source) const;
    QList<ListSource> allSources() const;
    void read(const ListSource &source);
    void taken(const ListSource &source, TimePoint begunAt, const OrderListing &listing);
    /// Returns how many orders have come.
    int show(const QSet<OrderId> &touched);
    void failed(const ListSource &source, TimePoint askedAt, ApiError error, bool scanned);
    void judgeConnection(const ApiError &error);
    void slowDown(const ReadSlowing::Read &read, const ApiError &error);
    void speedUp(const ReadSlowing::Read &read);
    void failWanted(const QString &reason);
    void countTried();
    bool isResting(TimePoint now) const;
    bool mustWait(TimePoint now) const;
    void stopForKey(const ApiError &error);
    void tryKey();
    bool isExplained(const ListSource &source) const;
    bool isScanDue(TimePoint now) const;
    void scanned(const QString &instrument, const std::optional<ApiError> &error, TimePoint now);
    void readCount();
    void compareCount(TimePoint now);
    std::optional<TimePoint> oldestRead(bool conditional) const;
    void noteWhole(TimePoint now);
    void noteComplete();

    CoinwClient &m_client;
    OpenOrders &m_orders;
    const FeedPace m_pace;
    OrderBook m_book;
    OrderEdits m_edits;
    FeedStatus m_status;
    QTimer m_timer;

    bool m_inFlight = false;
    /// Everything is to be read behind the read that is under way.
    bool m_readsAgain = false;
    /// The list that is being read.
    std::optional<ListSource> m_underWay;
    bool m_counting = false;
    /// Raised by stop(), so that an answer of an earlier run is not taken for one of this.
    quint64 m_run = 0;
    QList<ListSource> m_wanted;
    /// What readAllOnce() has still to read.
    QList<ListSource> m_sweep;
    TimePoint m_restsUntil{};
    bool m_countWanted = false;
    QHash<ListSource, TimePoint> m_dueAt;
    QHash<ListSource, TimePoint> m_goodAt;
    /// The last read of each list that was taken in: the next one tells what differs from it.
    QHash<ListSource, std::shared_ptr<const ListImage>> m_images;
    QHash<ListSource, int> m_skipped;
    /// Lists whose latest answer was not whole.
    QSet<ListSource> m_partial;
    /// Orders that the exchange counted and no list had, as far as is known.
    int m_missing = 0;
    QSet<ListSource> m_tried;
    QSet<QString> m_instruments;
    TimePoint m_countDueAt{};
    /// A filled list came back empty once without our doing; only a second such read is believed.
    QSet<ListSource> m_emptyOnce;
    /// Instruments that the scan has still to read.
    QStringList m_scan;
    TimePoint m_scanDueAt;
    int m_scanAttempts = 0;
    ReadSlowing m_slowing;
    KeyRefusal m_key;
    /// While the key is refused: when it is tried again.
    TimePoint m_keyTrialAt{};
    int m_connectionFailures = 0;
    int m_clockRefusals = 0;
};

/// The words of an error as they stand behind "reason" in banners: the exchange's code and text, or the network's.
QString reasonText(const ApiError &error);

} // namespace countermand

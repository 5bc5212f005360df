// Every reader of the exchange's answers: none crashes, and no text that comes out holds what can't be seen.
// The first byte chooses reader, list and status.
#include "domain/presentable.h"
#include "exchange/orderreader.h"
#include "exchange/publicdata.h"
#include "exchange/wire.h"

#include <cstdint>
#include <cstdlib>

using namespace countermand;

namespace {

void requireShown(const QString &text)
{
    if (withoutTricks(text) != text)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    RawReply reply;
    constexpr int statuses[] = {200, 200, 200, 400, 500, 302};
    reply.httpStatus = statuses[data[1] % 6];
    reply.body = QByteArray(reinterpret_cast<const char *>(data) + 2, qsizetype(size) - 2);
    const Credentials keys(QStringLiteral("key"), QStringLiteral("secret"));
    switch (data[0] % 7) {
    case 0:
        if (const auto page = readOrders(ListKind(data[0] / 7 % 5), reply, keys)) {
            for (const Order &order : page->listing.orders) {
                for (const QString &text :
                     {order.instrument, order.base, order.quote, order.clientOrderId, order.source, order.typeWord,
                      order.positionSideWord, order.positionEffectWord})
                    requireShown(text);
            }
        }
        break;
    case 1:
        if (const auto deals = readDeals(reply, keys)) {
            for (const DealRecord &deal : deals->rows)
                requireShown(deal.originalType);
        }
        break;
    case 2:
        if (const auto past = readHistory(reply, keys)) {
            for (const HistoryRecord &record : past->rows)
                requireShown(record.instrument + record.originalType);
        }
        break;
    case 3:
        if (const auto instruments = readInstruments(reply)) {
            for (const Instrument &instrument : *instruments)
                requireShown(instrument.name + instrument.base + instrument.quote + instrument.statusWord);
        }
        break;
    case 4:
        if (const auto tickers = readTickers(reply)) {
            for (const Ticker &ticker : *tickers)
                requireShown(ticker.base + ticker.quote);
        }
        break;
    case 5:
        readCount(reply, keys);
        break;
    default:
        if (const auto cancel = readCancel(reply, keys); !cancel)
            requireShown(cancel.error().message);
        break;
    }
    return 0;
}

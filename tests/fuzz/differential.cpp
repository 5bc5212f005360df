// The fast reader of lists against the plain Qt way: whatever the answer is, both take the same orders from it or
// both refuse it, and a change that is told against an earlier answer leads to what the new answer holds by itself.
// The input: two answers with a line "----" between them; the first alone is read if there is none.
#include "exchange/envelope.h"
#include "exchange/orderreader.h"
#include "exchange/rows.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

struct Plain {
    QList<Order> open;
    int skipped = 0;
};

RawReply answer(const QByteArray &body)
{
    RawReply reply;
    reply.httpStatus = 200;
    reply.body = body;
    return reply;
}

ListedRow rowOf(const QJsonValue &value, ListKind kind)
{
    // Held by the row as views.
    static thread_local QByteArray json;
    json = value.isObject() ? QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact) : "{}"_ba;
    RowText row;
    if (row.read(json, 0) < 0)
        std::abort();
    return readListedRow(row, kind);
}

std::optional<Plain> readPlainly(ListKind kind, const QByteArray &body, const Credentials &keys)
{
    const auto data = readEnvelope(answer(body), keys);
    if (!data)
        return {};
    const QJsonValue rows = data->isArray() ? *data : data->toObject().value("rows"_L1);
    if (!rows.isArray())
        return data->isNull() || rows.isNull() ? std::optional(Plain{}) : std::nullopt;
    Plain plain;
    const QJsonArray array = rows.toArray();
    for (const QJsonValue value : array) {
        // Qt takes "5." for a number, which JSON does not know.
        const QJsonObject members = value.toObject();
        const bool onlyQts =
            std::any_of(members.begin(), members.end(), [](const QJsonValue &member) { return member.isDouble(); });
        const ListedRow row = rowOf(onlyQts ? QJsonValue() : value, kind);
        plain.skipped += row.order.id.isEmpty() ? 1 : 0;
        if (row.isOpen && !row.order.id.isEmpty())
            plain.open.append(row.order);
    }
    if (!array.isEmpty() && plain.skipped == array.size())
        return {};
    return plain;
}

void require(bool good)
{
    if (!good)
        std::abort();
}

QHash<OrderId, Order> byId(const QList<Order> &orders)
{
    QHash<OrderId, Order> table;
    for (const Order &order : orders)
        table.insert(order.id, order);
    return table;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    const auto kind = ListKind(data[0] % 5);
    const QByteArray input(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    const qsizetype between = input.indexOf("\n----\n");
    const QByteArray first = between < 0 ? input : input.first(between);
    const Credentials keys({}, {});

    const auto fast = readOrders(kind, answer(first), keys);
    const auto plain = readPlainly(kind, first, keys);
    require(fast.has_value() == plain.has_value());
    if (!fast)
        return 0;
    require(fast->listing.orders == plain->open);
    require(fast->listing.skippedRows == plain->skipped);
    require(fast->listing.count == plain->open.size());
    if (between < 0)
        return 0;

    const QByteArray second = input.sliced(between + 6);
    const auto change = readOrders(kind, answer(second), keys, fast->listing.image);
    const auto next = readPlainly(kind, second, keys);
    require(change.has_value() == next.has_value());
    if (!change)
        return 0;
    QHash<OrderId, Order> known = byId(plain->open);
    for (const OrderId &id : change->listing.gone)
        known.remove(id);
    for (const Order &order : change->listing.orders)
        known.insert(order.id, order);
    const QHash<OrderId, Order> wanted = byId(next->open);
    require(QSet<OrderId>(known.keyBegin(), known.keyEnd()) == QSet<OrderId>(wanted.keyBegin(), wanted.keyEnd()));
    // An order that is listed twice has no facts of its own.
    if (wanted.size() == next->open.size() && byId(plain->open).size() == plain->open.size())
        require(known == wanted);
    require(change->listing.count == next->open.size());
    return 0;
}

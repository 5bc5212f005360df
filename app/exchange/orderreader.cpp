#include "exchange/orderreader.h"

#include "exchange/badrows.h"
#include "exchange/envelope.h"
#include "exchange/rows.h"
#include "exchange/wire.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// Stands for all rows where the rest of an answer is read; no answer has it by itself.
const auto rowsMark = "@rows-of-the-list@"_L1;

/// Reads the rows of an answer, those that are the same as in `base` only by comparing their bytes.
class RowsReader
{
public:
    RowsReader(ListKind kind, const ListImage *base, ListImage &image)
        : m_kind(kind), m_base(base), m_json(image.body), m_image(image), m_seen(base ? base->rows.size() : 0)
    {}

    /// False if the rows are cut off or no JSON.
    bool read()
    {
        qsizetype at = skipBlanks(m_json, m_image.rowsBegin);
        if (m_base)
            m_image.rows.reserve(m_base->rows.size() + 16);
        bool more = charAt(at) != ']';
        while (more) {
            const qsizetype end = readOne(at);
            if (end < 0)
                return false;
            at = skipBlanks(m_json, end);
            more = charAt(at) == ',';
            if (more)
                at = skipBlanks(m_json, at + 1);
            else if (charAt(at) != ']')
                return false;
        }
        m_image.rowsEnd = at;
        return true;
    }

    /// Orders that are new or changed; all of them without a base.
    QList<Order> orders;

    /// Orders of the base that are no longer open.
    QList<OrderId> gone() const
    {
        QSet<OrderId> missing(m_closed.cbegin(), m_closed.cend());
        for (std::size_t row = 0; row < m_seen.size(); ++row) {
            if (!m_seen[row] && m_base->rows[row].isOpen)
                missing.insert(m_base->rows[row].id);
        }
        if (missing.isEmpty())
            return {};
        // One that stands elsewhere now, or is listed twice, is still there.
        for (const ListImage::Row &row : m_image.rows) {
            if (row.isOpen)
                missing.remove(row.id);
        }
        return missing.values();
    }

private:
    char charAt(qsizetype at) const { return at < m_json.size() ? m_json[at] : '\0'; }

    bool isSame(std::size_t row, qsizetype at) const
    {
        if (!m_base || row >= m_base->rows.size() || charAt(at) != '{')
            return false;
        const ListImage::Row &known = m_base->rows[row];
        return m_json.size() - at >= known.size &&
               std::memcmp(m_json.data() + at, m_base->body.constData() + known.begin, std::size_t(known.size)) == 0;
    }

    void keep(ListImage::Row row)
    {
        m_image.openRows += row.isOpen ? 1 : 0;
        m_image.skippedRows += row.id.isEmpty() ? 1 : 0;
        m_image.rows.push_back(std::move(row));
    }

    qsizetype keepSame(std::size_t row, qsizetype at)
    {
        m_seen[row] = true;
        m_next = row + 1;
        ListImage::Row same = m_base->rows[row];
        same.begin = at;
        keep(same);
        return at + same.size;
    }

    /// The place behind the row, or -1.
    qsizetype readOne(qsizetype at)
    {
        // The row that comes next, or the one behind it when one has left.
        for (const std::size_t row : {m_next, m_next + 1}) {
            if (isSame(row, at))
                return keepSame(row, at);
        }
        if (charAt(at) != '{')
            return readNoRow(at);
        const qsizetype end = m_text.read(m_json, at);
        if (end < 0)
            return -1;
        ListedRow row = readListedRow(m_text, m_kind);
        const OrderId id = row.order.id;
        const auto before = placeBefore(id, end);
        if (before && isSame(*before, at))
            return keepSame(*before, at);
        if (before) {
            m_seen[*before] = true;
            m_next = *before + 1;
        }
        const bool open = row.isOpen && !id.isEmpty();
        if (open)
            orders.append(std::move(row.order));
        else if (before && m_base->rows[*before].isOpen)
            m_closed.append(id);
        keep({at, end - at, id, open});
        return end;
    }

    /// Something in the list that is no object: an entry without an id.
    qsizetype readNoRow(qsizetype at)
    {
        const qsizetype end = valueEnd(m_json, at);
        if (end <= at || !QJsonDocument::fromJson('[' + m_json.sliced(at, end - at).toByteArray() + ']').isArray())
            return -1;
        keep({at, end - at, {}, false});
        return end;
    }

    /// Where the base has the order of a row that ends at `end`; nothing for a new one.
    std::optional<std::size_t> placeBefore(const OrderId &id, qsizetype end)
    {
        if (!m_base || id.isEmpty())
            return {};
        const auto &rows = m_base->rows;
        if (m_next < rows.size() && rows[m_next].id == id)
            return m_next;
        // One that came in between, or behind all: told without looking it up among thousands.
        const qsizetype following = skipBlanks(m_json, end);
        if (charAt(following) == ',' && isSame(m_next, skipBlanks(m_json, following + 1)))
            return {};
        if (!std::exchange(m_placesKnown, true)) {
            for (std::size_t row = 0; row < rows.size(); ++row) {
                if (!m_seen[row])
                    m_places.insert(rows[row].id, row);
            }
        }
        const auto place = m_places.constFind(id);
        return place != m_places.cend() && !m_seen[*place] ? std::optional(*place) : std::nullopt;
    }

    const ListKind m_kind;
    const ListImage *m_base;
    const QByteArrayView m_json;
    ListImage &m_image;
    /// Rows of the base that were met again.
    std::vector<bool> m_seen;
    std::size_t m_next = 0;
    QList<OrderId> m_closed;
    /// Rows of the base that were not met again when one was first looked up.
    QHash<OrderId, std::size_t> m_places;
    bool m_placesKnown = false;
    RowText m_text;
};

/// The answer with one mark in the place of all rows: small, and read like every other answer.
RawReply withoutRows(const RawReply &reply, const ListImage &image)
{
    RawReply rest = reply;
    rest.body = reply.body.first(image.rowsBegin) + '"' + rowsMark.data() + '"' + reply.body.sliced(image.rowsEnd);
    return rest;
}

bool isMark(const QJsonValue &data)
{
    const QJsonValue rows = data.isArray() ? data : data.toObject().value("rows"_L1);
    return rows.isArray() && rows.toArray() == QJsonArray{QString(rowsMark)};
}

/// "None": null, or a page whose rows are null. A list without `data` says nothing, and is not taken for an empty
/// one.
bool isNone(const QJsonValue &data)
{
    return data.isNull() || data.toObject().value("rows"_L1).isNull();
}

/// Nothing for 0 and what is no count. One that is too large to be true stands for "more than are here".
std::optional<int> countAboveZero(const QJsonValue &value)
{
    const auto number = Decimal::fromText(value.toString());
    if (!number || *number < Decimal(1))
        return {};
    const Decimal most(std::numeric_limits<int>::max());
    return *number < most ? number->rounded(0).toText().toInt() : std::numeric_limits<int>::max();
}

qsizetype differentIds(const ListImage &image)
{
    QSet<OrderId> ids;
    for (const ListImage::Row &row : image.rows) {
        if (!row.id.isEmpty())
            ids.insert(row.id);
    }
    return ids.size();
}

/// How much of the list one answer holds by itself; the pages of a list that has several are judged together.
ListExtent extentOf(const OrderPage &page, const ListImage &image)
{
    if (page.listing.skippedRows > 0)
        return ListExtent::Partial;
    if (page.total)
        return differentIds(image) >= *page.total ? ListExtent::Whole : ListExtent::Partial;
    return page.rows == 0 ? ListExtent::Whole : ListExtent::Uncounted;
}

/// The list of an answer that this reader doesn't know its way in, but Qt's does (names that are written with
/// escapes, a member that is there twice, a mark at the begin): the same list in the shape that it knows. Nothing if
/// there is none. A row that only Qt understands is one without an id.
std::optional<RawReply> plainForm(const RawReply &reply, const QJsonValue &data)
{
    const QJsonValue rows = data.isArray() ? data : data.toObject().value("rows"_L1);
    if (!rows.isArray())
        return {};
    // Qt takes "5." for a number, which JSON does not know: what it stands for is not guessed.
    QJsonArray list = rows.toArray();
    for (QJsonValueRef row : list) {
        const QJsonObject members = row.toObject();
        if (std::any_of(members.begin(), members.end(), [](const QJsonValue &member) { return member.isDouble(); }))
            row = QJsonValue(QJsonValue::Null);
    }
    QJsonObject whole{{u"code"_s, u"0"_s}, {u"msg"_s, QString()}};
    if (data.isArray()) {
        whole.insert("data"_L1, list);
    } else {
        QJsonObject page{{u"rows"_s, list}};
        if (const QJsonValue total = data.toObject().value("total"_L1); !total.isUndefined())
            page.insert("total"_L1, total);
        whole.insert("data"_L1, page);
    }
    RawReply plain = reply;
    plain.body = QJsonDocument(whole).toJson(QJsonDocument::Compact);
    return plain;
}

Result<OrderPage> readList(ListKind kind, const RawReply &reply, const Credentials &credentials,
                           const std::shared_ptr<const ListImage> &base, bool isPlain)
{
    const auto handOver = [&](const QJsonValue &found) -> Result<OrderPage> {
        const auto plain = isPlain ? std::nullopt : plainForm(reply, found);
        return plain ? readList(kind, *plain, credentials, base, true) : unreadable(reply);
    };
    auto image = std::make_shared<ListImage>();
    const bool same = base && base->body == reply.body;
    OrderPage page;
    if (same) {
        *image = {reply.body, base->rowsBegin, base->rowsEnd, {}, 0, 0};
    } else {
        image->body = reply.body;
        image->rowsBegin = rowsBegin(image->body);
    }

    std::optional<RowsReader> rows;
    if (image->rowsBegin >= 0 && !same) {
        rows.emplace(kind, base.get(), *image);
        if (!rows->read()) {
            // Whatever it is, it is no list that is known here; the transport may know why.
            const auto whole = readEnvelope(reply, credentials);
            return whole ? handOver(*whole) : whole.error();
        }
    }
    const auto data = readEnvelope(image->rowsBegin < 0 ? reply : withoutRows(reply, *image), credentials);
    if (!data)
        return data.error();
    if (image->rowsBegin < 0 && !isNone(*data))
        return handOver(*data);
    if (image->rowsBegin >= 0 && !isMark(*data)) {
        const auto whole = readEnvelope(reply, credentials);
        return whole ? handOver(*whole) : whole.error();
    }

    page.isPaged = data->isObject();
    page.total = countAboveZero(data->toObject().value("total"_L1));
    page.listing.isChange = base != nullptr;
    page.listing.image = same ? base : image;
    const ListImage &seen = *page.listing.image;
    page.listing.count = seen.openRows;
    page.listing.skippedRows = seen.skippedRows;
    page.rows = int(seen.rows.size());
    // Rows of a shape that names no id anywhere are no list of ours: taken for an empty one they would hide orders.
    if (page.rows > 0 && seen.skippedRows == page.rows)
        return unreadable(reply);
    page.listing.total = page.total;
    page.listing.extent = extentOf(page, seen);
    if (rows) {
        page.listing.orders = rows->orders;
        page.listing.gone = rows->gone();
    } else if (base && !same) {
        for (const ListImage::Row &row : base->rows) {
            if (row.isOpen)
                page.listing.gone.append(row.id);
        }
    }
    for (const ListImage::Row &row : seen.rows) {
        if (!base && !row.id.isEmpty())
            page.ids.append(row.id.text());
    }
    return page;
}

} // namespace

Result<OrderPage> readOrders(ListKind kind, const RawReply &reply, const Credentials &credentials,
                             const std::shared_ptr<const ListImage> &base)
{
    return readList(kind, reply, credentials, base, false);
}

} // namespace countermand

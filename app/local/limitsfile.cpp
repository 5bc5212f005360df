#include "local/limitsfile.h"

#include "local/datafile.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <optional>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr int limitsVersion = 1;
/// Far above what 10 s of calls to a few exchanges take.
constexpr qint64 largestLimits = qint64(1024) * 1024;
constexpr auto longestKeptPause = Milliseconds(10min);
/// Whole numbers up to this are exact in JSON.
constexpr qint64 largestMoment = qint64(1) << 53;

/// Nothing for what is no moment.
std::optional<Milliseconds> momentOf(const QJsonValue &value)
{
    const qint64 number = value.toInteger(-1);
    if (number < 0 || number > largestMoment)
        return {};
    return Milliseconds(number);
}

std::optional<KeptLimits> limitsFrom(const QJsonObject &json, Milliseconds now)
{
    KeptLimits limits;
    const auto paused = momentOf(json["pausedUntil"_L1]);
    const auto half = momentOf(json["halfSpeedUntil"_L1]);
    if (!paused || !half || !json["sent"_L1].isArray())
        return {};
    limits.pausedUntil = std::min(*paused, now + longestKeptPause);
    limits.halfSpeedUntil = std::min(*half, now + longestKeptPause);
    const QJsonArray sent = json["sent"_L1].toArray();
    for (const QJsonValue value : sent) {
        const auto at = momentOf(value);
        if (!at)
            return {};
        if (*at <= now)
            limits.sent.append(*at);
    }
    return limits;
}

QJsonObject jsonOf(const KeptLimits &limits)
{
    QJsonArray sent;
    for (const Milliseconds at : limits.sent)
        sent.append(qint64(at.count()));
    return {{u"sent"_s, sent},
            {u"pausedUntil"_s, qint64(limits.pausedUntil.count())},
            {u"halfSpeedUntil"_s, qint64(limits.halfSpeedUntil.count())}};
}

/// Nothing if it isn't what save() writes.
std::optional<LimitsFile::Contents> contentsFrom(const QByteArray &bytes, Milliseconds now)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    if (json["version"_L1].toInt() != limitsVersion || !json["clean"_L1].isBool() || !json["exchanges"_L1].isObject())
        return {};
    LimitsFile::Contents contents;
    contents.isClean = json["clean"_L1].toBool();
    const QJsonObject exchanges = json["exchanges"_L1].toObject();
    for (auto entry = exchanges.begin(); entry != exchanges.end(); ++entry) {
        const auto limits = limitsFrom(entry.value().toObject(), now);
        if (!limits)
            return {};
        contents.exchanges.insert(entry.key(), *limits);
    }
    return contents;
}

} // namespace

LimitsFile::LimitsFile(const QString &folder) : m_path(folder + "/limits.json"_L1) {}

LimitsFile::Contents LimitsFile::load(Milliseconds now) const
{
    const DataFile file = readDataFile(m_path, largestLimits);
    if (file.state == DataFile::State::Missing)
        return {};
    if (file.state == DataFile::State::Read) {
        if (auto contents = contentsFrom(file.bytes, now))
            return *std::move(contents);
    }
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(now.count()).toUTC();
    QFile::rename(m_path, m_path + ".bad-"_L1 + utc.toString(u"yyyyMMddTHHmmss"_s) + u'Z');
    Contents contents;
    contents.isUnreadable = true;
    return contents;
}

bool LimitsFile::save(const QHash<QString, KeptLimits> &exchanges, bool isClean) const
{
    QJsonObject entries;
    for (auto entry = exchanges.cbegin(); entry != exchanges.cend(); ++entry)
        entries.insert(entry.key(), jsonOf(entry.value()));
    const QJsonObject json{{u"version"_s, limitsVersion}, {u"clean"_s, isClean}, {u"exchanges"_s, entries}};
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(QJsonDocument(json).toJson(QJsonDocument::Compact));
    return file.commit();
}

} // namespace countermand

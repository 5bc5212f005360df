#include "local/instrumentfile.h"

#include "domain/presentable.h"
#include "local/datafile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int fileVersion = 1;
/// Far above the half megabyte of all instruments.
constexpr qint64 largestFile = qint64(16) * 1024 * 1024;
constexpr int mostDecimals = 18;

QJsonObject jsonOf(const Instrument &instrument)
{
    QJsonObject json{{u"name"_s, instrument.name}, {u"base"_s, instrument.base}, {u"quote"_s, instrument.quote}};
    if (instrument.pricePrecision)
        json["pricePrecision"_L1] = *instrument.pricePrecision;
    if (instrument.lotSize)
        json["lotSize"_L1] = instrument.lotSize->toText();
    if (!instrument.statusWord.isEmpty())
        json["status"_L1] = instrument.statusWord;
    return json;
}

/// Nothing if it isn't what jsonOf() writes.
std::optional<Instrument> instrumentFrom(const QJsonObject &json)
{
    Instrument instrument;
    instrument.name = presentableName(json["name"_L1].toString());
    instrument.base = presentable(json["base"_L1].toString(), textLimit::coin);
    instrument.quote = presentable(json["quote"_L1].toString(), textLimit::coin);
    instrument.statusWord = presentable(json["status"_L1].toString(), textLimit::word);
    if (instrument.name.isEmpty())
        return {};
    if (json.contains("pricePrecision"_L1)) {
        const int precision = json["pricePrecision"_L1].toInt(-1);
        if (precision < 0 || precision > mostDecimals)
            return {};
        instrument.pricePrecision = precision;
    }
    if (json.contains("lotSize"_L1)) {
        instrument.lotSize = Decimal::fromText(json["lotSize"_L1].toString());
        if (!instrument.lotSize || instrument.lotSize->isZero() || instrument.lotSize->isNegative())
            return {};
    }
    return instrument;
}

} // namespace

InstrumentFile InstrumentFile::in(const QString &folder)
{
    return InstrumentFile(folder + "/instruments.json"_L1);
}

std::optional<StoredInstruments> InstrumentFile::load(const QString &host) const
{
    const DataFile file = m_path.isEmpty() ? DataFile{} : readDataFile(m_path, largestFile);
    if (file.state != DataFile::State::Read)
        return {};
    const QJsonObject json = QJsonDocument::fromJson(file.bytes).object();
    StoredInstruments stored;
    stored.host = json["host"_L1].toString();
    stored.readAtUtc = QDateTime::fromString(json["readAt"_L1].toString(), Qt::ISODateWithMs).toUTC();
    if (json["version"_L1].toInt() != fileVersion || stored.host != host || !stored.readAtUtc.isValid())
        return {};
    const QJsonArray rows = json["instruments"_L1].toArray();
    for (const QJsonValue row : rows) {
        const auto instrument = instrumentFrom(row.toObject());
        if (!instrument)
            return {};
        stored.instruments.append(*instrument);
    }
    return stored.instruments.isEmpty() ? std::nullopt : std::optional(stored);
}

QString InstrumentFile::setStrangeAside() const
{
    const DataFile file = m_path.isEmpty() ? DataFile{} : lookAtDataFile(m_path, largestFile);
    const QString aside = file.isStrange() ? setAside(m_path) : QString();
    return aside.isEmpty()
               ? QString()
               : u"The kept list of instruments could not be read, because %1. It was set aside as %2."_s.arg(
                     file.why(largestFile), aside);
}

bool InstrumentFile::save(const StoredInstruments &stored) const
{
    // What is no file is not written to, or through.
    if (m_path.isEmpty() || lookAtDataFile(m_path, largestFile).state == DataFile::State::NoFile)
        return false;
    QJsonArray rows;
    for (const Instrument &instrument : stored.instruments)
        rows.append(jsonOf(instrument));
    const QJsonObject json{{u"version"_s, fileVersion},
                           {u"host"_s, stored.host},
                           {u"readAt"_s, stored.readAtUtc.toUTC().toString(Qt::ISODateWithMs)},
                           {u"instruments"_s, rows}};
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(json).toJson(QJsonDocument::Compact));
    return file.commit();
}

} // namespace countermand

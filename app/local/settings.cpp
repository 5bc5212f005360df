#include "local/settings.h"

#include "local/datafile.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStringDecoder>
#include <QUrl>

#include <algorithm>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr int lastSwatch = 7;
/// Far above the few kilobytes that are ever written.
constexpr qint64 largestSettings = qint64(4) * 1024 * 1024;

/// The same text for every way to write one exchange's address.
QString normalized(const QString &baseUrl)
{
    QUrl url(baseUrl.trimmed());
    const QString scheme = url.scheme();
    if ((scheme == "https"_L1 && url.port() == 443) || (scheme == "http"_L1 && url.port() == 80))
        url.setPort(-1);
    QString text = url.toString(QUrl::FullyEncoded);
    while (text.endsWith(u'/'))
        text.chop(1);
    return text;
}

/// Every character that means something in a settings key written as `_XX`.
QString keyOf(const QString &text)
{
    return QString::fromLatin1(text.toUtf8().toPercentEncoding({}, "_~.-", '_'));
}

QString profileKey(const QString &id, QLatin1StringView field)
{
    return "profiles/"_L1 + keyOf(id) + u'/' + field;
}

QString lastProfileKey(const QString &baseUrl)
{
    return "lastProfile/"_L1 + keyOf(normalized(baseUrl));
}

QString preferenceKey(const QString &key)
{
    // The theme has always stood outside of the group.
    return key == "theme"_L1 ? key : "preferences/"_L1 + keyOf(key);
}

enum class IniLine { Entry, Group, Empty, BadEntry, BadGroup };

/// QSettings takes almost anything, and would write it back.
IniLine kindOf(const QByteArray &line)
{
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(line);
    const QStringView words = QStringView(text).trimmed();
    const bool begins = words.startsWith(u'[');
    const bool isGroup = begins || (words.endsWith(u']') && !words.contains(u'='));
    if (decode.hasError() || text.contains(QChar(u'\0')))
        return isGroup ? IniLine::BadGroup : IniLine::BadEntry;
    if (words.isEmpty() || words.startsWith(u';') || words.startsWith(u'#'))
        return IniLine::Empty;
    if (isGroup)
        return begins && words.endsWith(u']') ? IniLine::Group : IniLine::BadGroup;
    return words.contains(u'=') ? IniLine::Entry : IniLine::BadEntry;
}

/// The lines that an INI file can hold, without those of a group whose name can't be read.
QByteArrayList readableLines(const QByteArray &bytes)
{
    QByteArrayList lines;
    bool isKnownGroup = true;
    const QByteArrayList all = bytes.split('\n');
    for (const QByteArray &line : all) {
        const IniLine kind = kindOf(line);
        if (kind == IniLine::Group || kind == IniLine::BadGroup)
            isKnownGroup = kind == IniLine::Group;
        if (isKnownGroup && kind != IniLine::BadEntry)
            lines.append(line);
    }
    return lines;
}

bool isIni(const QByteArray &bytes)
{
    return readableLines(bytes).size() == bytes.count('\n') + 1;
}

bool isOfProfiles(const QString &key)
{
    return key == "profileCount"_L1 || key.startsWith("profiles/"_L1) || key.startsWith("lastProfile/"_L1);
}

QString copyOf(const QString &path)
{
    return path + ".last"_L1;
}

/// What the copy says of profiles; nothing without one that can be read.
QStringList profileKeys(const QString &copy)
{
    const DataFile file = readDataFile(copy, largestSettings);
    if (file.state != DataFile::State::Read || !isIni(file.bytes))
        return {};
    QStringList keys = QSettings(copy, QSettings::IniFormat).allKeys();
    keys.removeIf([](const QString &key) { return !isOfProfiles(key); });
    return keys;
}

bool hasProfiles(const QStringList &keys)
{
    return std::any_of(keys.cbegin(), keys.cend(), [](const QString &key) { return key.startsWith("profiles/"_L1); });
}

bool writeOwn(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return file.write(bytes) == bytes.size() && file.commit();
}

} // namespace

Settings::Settings(const QString &dataFolder) : m_path(dataFolder + "/settings.ini"_L1)
{
    open();
}

void Settings::open()
{
    const DataFile file = readDataFile(m_path, largestSettings);
    const bool exists = file.state != DataFile::State::Missing;
    const bool isRead = file.state == DataFile::State::Read;
    // A power cut leaves some file systems with a file of no bytes; nobody empties it on purpose.
    const bool isEmptied = isRead && file.bytes.trimmed().isEmpty() && hasProfiles(profileKeys(copyOf(m_path)));
    if (!exists || (isRead && isIni(file.bytes) && !isEmptied)) {
        m_store = std::make_unique<QSettings>(m_path, QSettings::IniFormat);
        if (!exists || m_store->status() == QSettings::NoError) {
            if (exists && !QFile::exists(copyOf(m_path)))
                keepCopy();
            return;
        }
        m_store.reset();
    }
    if (const QString aside = setAside(m_path); !aside.isEmpty()) {
        recover(readableLines(file.bytes).join('\n'));
        m_readProblem =
            m_store->allKeys().isEmpty()
                ? u"The settings could not be read. They were set aside as %1, and the program starts with its own."_s
                      .arg(aside)
                : u"Some of the settings could not be read. They were set aside as %1; what could be read was kept."_s
                      .arg(aside);
    } else {
        m_readProblem = u"The settings in %1 can't be read. The program starts with its own, and keeps changes only "
                        "until you quit."_s.arg(QDir::toNativeSeparators(m_path));
        // A path below a file can't exist, so nothing of the old file is overwritten.
        m_store = std::make_unique<QSettings>(m_path + "/unsaved"_L1, QSettings::IniFormat);
    }
}

/// After the old file was set aside.
void Settings::recover(const QByteArray &lines)
{
    if (!lines.trimmed().isEmpty())
        writeOwn(m_path, lines);
    m_store = std::make_unique<QSettings>(m_path, QSettings::IniFormat);
    if (m_store->status() != QSettings::NoError) {
        QFile::remove(m_path);
        m_store = std::make_unique<QSettings>(m_path, QSettings::IniFormat);
    }
    const QStringList keys = profileKeys(copyOf(m_path));
    if (keys.isEmpty())
        return;
    const QSettings last(copyOf(m_path), QSettings::IniFormat);
    for (const QString &key : keys) {
        if (!m_store->contains(key))
            m_store->setValue(key, last.value(key));
    }
    flush();
}

void Settings::keepCopy() const
{
    const DataFile file = readDataFile(m_path, largestSettings);
    const bool isGood = file.state == DataFile::State::Read && isIni(file.bytes);
    // Better none than one that names a profile which has been removed.
    if (!isGood || !m_writeProblem.isEmpty() || !writeOwn(copyOf(m_path), file.bytes))
        QFile::remove(copyOf(m_path));
}

QList<Profile> Settings::profiles(const QString &baseUrl) const
{
    struct Entry {
        qint64 order;
        Profile profile;
    };
    QList<Entry> found;
    const QString wanted = normalized(baseUrl);
    m_store->beginGroup(u"profiles"_s);
    const QStringList groups = m_store->childGroups();
    for (const QString &group : groups) {
        const auto field = [&](QLatin1StringView name) { return m_store->value(group + u'/' + name); };
        Profile profile{field("id"_L1).toString(), field("name"_L1).toString(), field("swatch"_L1).toInt(),
                        field("baseUrl"_L1).toString()};
        if (profile.id.isEmpty() || normalized(profile.baseUrl) != wanted)
            continue;
        profile.swatch = std::clamp(profile.swatch, 0, lastSwatch);
        found.append({field("order"_L1).toLongLong(), profile});
    }
    m_store->endGroup();
    std::stable_sort(found.begin(), found.end(),
                     [](const Entry &left, const Entry &right) { return left.order < right.order; });
    QList<Profile> profiles;
    for (const Entry &entry : std::as_const(found))
        profiles.append(entry.profile);
    return profiles;
}

void Settings::saveProfile(const Profile &profile)
{
    if (profile.id.isEmpty())
        return;
    const QString orderKey = profileKey(profile.id, "order"_L1);
    if (!m_store->contains(orderKey)) {
        const qint64 order = m_store->value(u"profileCount"_s).toLongLong() + 1;
        m_store->setValue(u"profileCount"_s, order);
        m_store->setValue(orderKey, order);
    }
    m_store->setValue(profileKey(profile.id, "id"_L1), profile.id);
    m_store->setValue(profileKey(profile.id, "name"_L1), profile.name);
    m_store->setValue(profileKey(profile.id, "swatch"_L1), profile.swatch);
    m_store->setValue(profileKey(profile.id, "baseUrl"_L1), profile.baseUrl);
    flush();
    keepCopy();
}

void Settings::removeProfile(const QString &id)
{
    if (id.isEmpty())
        return;
    m_store->remove("profiles/"_L1 + keyOf(id));
    flush();
    keepCopy();
}

QString Settings::lastProfile(const QString &baseUrl) const
{
    const QString id = m_store->value(lastProfileKey(baseUrl)).toString();
    const QList<Profile> known = profiles(baseUrl);
    const bool exists = std::any_of(known.begin(), known.end(), [&](const Profile &p) { return p.id == id; });
    return exists ? id : QString();
}

void Settings::setLastProfile(const QString &baseUrl, const QString &id)
{
    write(lastProfileKey(baseUrl), id);
}

QByteArray Settings::windowGeometry() const
{
    return m_store->value(u"window/geometry"_s).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray &bytes)
{
    write(u"window/geometry"_s, bytes);
}

int Settings::rowHeight() const
{
    return std::max(0, m_store->value(u"rowHeight"_s).toInt());
}

void Settings::setRowHeight(int pixels)
{
    write(u"rowHeight"_s, pixels);
}

QVariant Settings::value(const QString &key, const QVariant &fallback) const
{
    return m_store->value(preferenceKey(key), fallback);
}

void Settings::setValue(const QString &key, const QVariant &value)
{
    write(preferenceKey(key), value);
}

void Settings::setValues(const QVariantMap &values)
{
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        m_store->setValue(preferenceKey(value.key()), value.value());
    flush();
}

QString Settings::problem() const
{
    return m_readProblem.isEmpty() || m_writeProblem.isEmpty() ? m_readProblem + m_writeProblem
                                                               : m_readProblem + u' ' + m_writeProblem;
}

void Settings::write(const QString &key, const QVariant &value)
{
    m_store->setValue(key, value);
    flush();
}

void Settings::flush()
{
    // A QSettings never forgets an error. A fresh one on the same file shares what is not written yet.
    if (m_store->status() != QSettings::NoError)
        m_store = std::make_unique<QSettings>(m_store->fileName(), QSettings::IniFormat);
    m_store->sync();
    constexpr auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    if (QFile::permissions(m_path) & others)
        QFile::setPermissions(m_path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    m_writeProblem.clear();
    if (m_store->status() != QSettings::NoError) {
        m_writeProblem = u"The settings can't be written to %1. Changes are kept only until you quit."_s.arg(
            QDir::toNativeSeparators(m_path));
    }
}

} // namespace countermand

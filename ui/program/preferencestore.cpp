#include "ui/program/preferencestore.h"

#include "local/settings.h"

#include <QVariantMap>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// The words of an enumeration in the settings, in its order.
template <typename Choice>
constexpr std::array<QLatin1StringView, 3> wordsOf{};
template <>
constexpr std::array wordsOf<ThemeChoice>{"auto"_L1, "light"_L1, "dark"_L1};
template <>
constexpr std::array wordsOf<SideColors>{"blue-orange"_L1, "green-red"_L1, "red-green"_L1};

template <typename Choice>
QVariant stored(Choice choice)
{
    return QString(wordsOf<Choice>.at(std::size_t(choice)));
}
QVariant stored(bool on)
{
    return on;
}
QVariant stored(int number)
{
    return number;
}

template <typename Choice>
void read(const QVariant &value, Choice &choice)
{
    const QString word = value.toString();
    for (std::size_t i = 0; i < wordsOf<Choice>.size(); ++i) {
        if (word == wordsOf<Choice>.at(i))
            choice = Choice(i);
    }
}
void read(const QVariant &value, bool &on)
{
    on = value.toBool();
}
void read(const QVariant &value, int &number)
{
    bool isNumber = false;
    const int found = value.toInt(&isNumber);
    if (isNumber && found >= 0)
        number = found;
}

struct Entry {
    QLatin1StringView key;
    QVariant (*value)(const Preferences &preferences);
    void (*take)(const QVariant &value, Preferences &preferences);
};

template <auto field>
constexpr Entry entry(QLatin1StringView key)
{
    return {key, [](const Preferences &preferences) { return stored(preferences.*field); },
            [](const QVariant &value, Preferences &preferences) { read(value, preferences.*field); }};
}

/// Every preference that is the same for all accounts.
constexpr std::array entries{
    entry<&Preferences::theme>("theme"_L1),
    entry<&Preferences::sides>("look.sides"_L1),
    entry<&Preferences::highContrast>("look.contrast"_L1),
    entry<&Preferences::lockAfterMinutes>("lock.minutes"_L1),
    entry<&Preferences::toastTimeFactor>("toast.time"_L1),
    entry<&Preferences::systemNotices>("notices.system"_L1),
    entry<&Preferences::hideNoticeDetails>("notices.hidden"_L1),
    entry<&Preferences::reducedMotion>("motion.reduced"_L1),
    entry<&Preferences::positions>("positions.read"_L1),
};

/// Instant cancel of an account stays on after a restart.
QString instantKey(const QString &accountId)
{
    return u"instant.%1"_s.arg(QString(accountId).remove(u'-'));
}

} // namespace

PreferenceStore::PreferenceStore(Settings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    for (const Entry &entry : entries) {
        if (const QVariant value = m_settings.value(entry.key); value.isValid())
            entry.take(value, m_preferences);
    }
}

void PreferenceStore::set(const Preferences &preferences)
{
    Preferences wanted = preferences;
    wanted.instantCancel = wanted.instantCancel && !m_accountId.isEmpty();
    wanted.keepInstantCancel = wanted.keepInstantCancel && wanted.instantCancel;

    QVariantMap fresh;
    for (const Entry &entry : entries) {
        const QVariant value = entry.value(wanted);
        if (value != entry.value(m_preferences))
            fresh.insert(entry.key, value);
    }
    if (wanted.keepInstantCancel != m_preferences.keepInstantCancel)
        fresh.insert(instantKey(m_accountId), wanted.keepInstantCancel);
    if (!fresh.isEmpty())
        m_settings.setValues(fresh);
    take(wanted);
}

void PreferenceStore::setAccount(const QString &accountId)
{
    m_accountId = accountId;
    Preferences own = m_preferences;
    own.keepInstantCancel = !accountId.isEmpty() && m_settings.value(instantKey(accountId), false).toBool();
    own.instantCancel = own.keepInstantCancel;
    take(own);
}

void PreferenceStore::take(const Preferences &preferences)
{
    // Also when nothing is new: who asked for something else is told what holds.
    const Preferences before = std::exchange(m_preferences, preferences);
    emit changed(m_preferences, before);
}

} // namespace countermand

#include "workflow/activity.h"

#include "local/journal.h"
#include "local/journalline.h"

#include <utility>

namespace countermand {

Activity::Activity(Journal &journal, QObject *parent) : QObject(parent), m_journal(journal) {}

QStringList Activity::load()
{
    QStringList notices;
    m_records = m_journal.load(&notices);
    index();
    emit reset();
    return notices;
}

QList<CancelRecord> Activity::unsettledOf(const Account &account) const
{
    QList<CancelRecord> open;
    for (const CancelRecord &record : m_records) {
        const Account &owner = record.account;
        if (!isFinal(record.stage) && owner.id == account.id && owner.environment == account.environment &&
            owner.host == account.host)
            open.append(record);
    }
    return open;
}

void Activity::note(const CancelRecord &record)
{
    const auto place = m_places.constFind(record.cancelId);
    if (place == m_places.cend()) {
        m_places.insert(record.cancelId, m_records.size());
        m_records.append(record);
    } else {
        m_records[*place] = record;
    }
    emit noted(record);
    dropOldest();
}

/// As the journal's own limit at a start; a block at a time, as all rows are another list then.
void Activity::dropOldest()
{
    constexpr qsizetype block = 200;
    const qsizetype most = JournalLimits().records;
    if (m_records.size() < most + block)
        return;
    qsizetype over = m_records.size() - most;
    m_records.removeIf(
        [&over](const CancelRecord &record) { return over > 0 && isFinal(record.stage) && over-- > 0; });
    index();
    emit reset();
}

void Activity::setKnown(const QSet<QString> &accountIds)
{
    if (std::exchange(m_known, accountIds) != accountIds)
        emit reset();
}

bool Activity::isAbandoned(const CancelRecord &record) const
{
    return !isFinal(record.stage) && m_known && !m_known->contains(record.account.id);
}

std::optional<QString> Activity::clear()
{
    if (const auto problem = m_journal.removeSettled(m_known))
        return problem->text;
    m_records.removeIf([this](const CancelRecord &record) { return isFinal(record.stage) || isAbandoned(record); });
    index();
    emit reset();
    return {};
}

std::optional<QString> Activity::remove(const Account &account)
{
    if (const auto problem = m_journal.removeAccount(account.id))
        return problem->text;
    m_records.removeIf([&account](const CancelRecord &record) { return record.account.id == account.id; });
    index();
    emit reset();
    return {};
}

QByteArray Activity::jsonLines(const QList<CancelRecord> &records)
{
    QByteArray lines;
    for (const CancelRecord &record : records)
        lines += journalLine(record) + '\n';
    return lines;
}

void Activity::index()
{
    m_places.clear();
    for (qsizetype place = 0; place < m_records.size(); ++place)
        m_places.insert(m_records.at(place).cancelId, place);
}

} // namespace countermand

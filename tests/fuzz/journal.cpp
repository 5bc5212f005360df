// A journal of any bytes is read, and what is written of its records is read again as the same.
#include "local/journalcontents.h"

#include <cstdint>
#include <cstdlib>

using namespace countermand;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const JournalContents contents = readJournal(bytes);
    for (const CancelRecord &record : contents.records) {
        const QByteArray line = journalLine(record);
        const JournalLine again = readJournalLine(line);
        if (again.kind != JournalLineKind::Record || journalLine(*again.record) != line)
            std::abort();
    }
    const auto rotated = rotatedJournal(contents, QDateTime::currentDateTimeUtc(), {});
    if (rotated && readJournal(*rotated).records.size() > contents.records.size())
        std::abort();
    return 0;
}

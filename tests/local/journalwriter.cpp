// Appends to the journal of a folder until it is killed: journalwriter <folder> <prefix>. Prints the id of every
// cancel whose line is on the disk.
#include "local/journal.h"
#include "samplerecords.h"

#include <QCoreApplication>

#include <cstdio>

using namespace countermand;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    Journal journal = Journal::open(app.arguments().value(1), QDateTime::currentDateTimeUtc());
    for (int i = 0;; ++i) {
        CancelRecord record = fullestRecord();
        record.cancelId = app.arguments().value(2) + QString::number(i);
        record.recordedAt = QDateTime::currentDateTimeUtc();
        // Lines of many lengths, some longer than a page.
        record.reason = QString(i * 997 % 6000, u'r');
        if (journal.append(record))
            return 1;
        std::puts(qPrintable(record.cancelId));
        std::fflush(stdout);
    }
}

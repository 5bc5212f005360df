#include "ui/table/listage.h"

#include "workflow/orderfeed.h"

#include <QCoreApplication>

namespace countermand {

namespace {

struct ListAge {
    Q_DECLARE_TR_FUNCTIONS(countermand::ListAge)
};

} // namespace

std::chrono::seconds listAge(const FeedStatus &status)
{
    using namespace std::chrono_literals;
    return status.wholeAt
               ? std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - *status.wholeAt)
               : 0s;
}

QString uncheckedNotice(const FeedStatus &status, int instruments)
{
    const int checked = status.triggerInstruments;
    if (instruments > 0 && checked >= instruments)
        return {};
    if (instruments > 0)
        return ListAge::tr("Untriggered conditional orders were checked for %1 of %2 instruments only.")
            .arg(checked)
            .arg(instruments);
    return ListAge::tr("Untriggered conditional orders were checked for %n instruments only.", nullptr,
                       status.triggerInstruments);
}

} // namespace countermand

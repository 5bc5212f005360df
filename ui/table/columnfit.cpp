#include "ui/table/columnfit.h"

#include <algorithm>
#include <numeric>

namespace countermand {

namespace {

int total(const QList<int> &widths)
{
    return std::accumulate(widths.cbegin(), widths.cend(), 0);
}

/// Takes up to `missing` pixels from columns wider than `floors`, in proportion to what they can give; returns what
/// is still missing.
int shrink(QList<int> &widths, const QList<int> &floors, int missing)
{
    int slack = 0;
    for (qsizetype i = 0; i < widths.size(); ++i)
        slack += std::max(0, widths.at(i) - floors.at(i));
    for (qsizetype i = 0; i < widths.size() && missing > 0 && slack > 0; ++i) {
        const int own = std::max(0, widths.at(i) - floors.at(i));
        // Rounded up, so that rounding never leaves a pixel to scroll to.
        const int given = std::min(own, (own * std::min(missing, slack) + slack - 1) / slack);
        widths[i] -= given;
        missing -= given;
        slack -= own;
    }
    return missing;
}

/// The column that goes next for want of room, -1 if none may.
qsizetype nextToLeave(const QList<ColumnNeed> &needs, const QList<int> &widths)
{
    qsizetype next = -1;
    for (qsizetype i = 0; i < needs.size(); ++i) {
        if (needs.at(i).leaves > 0 && widths.at(i) > 0 && (next < 0 || needs.at(i).leaves <= needs.at(next).leaves))
            next = i;
    }
    return next;
}

} // namespace

QList<int> fitColumns(const QList<ColumnNeed> &needs, int available)
{
    QList<int> widths;
    for (const ColumnNeed &need : needs)
        widths.append(!need.wanted ? 0 : need.chosen > 0 ? std::max(need.chosen, need.least) : need.whole);
    for (qsizetype next = nextToLeave(needs, widths); next >= 0 && total(widths) > available;
         next = nextToLeave(needs, widths))
        widths[next] = 0;

    int missing = total(widths) - available;
    for (const auto floor : {&ColumnNeed::whole, &ColumnNeed::least}) {
        QList<int> floors;
        for (const ColumnNeed &need : needs)
            floors.append(need.*floor);
        if (missing > 0)
            missing = shrink(widths, floors, missing);
    }

    int weight = 0;
    for (qsizetype i = 0; i < needs.size(); ++i) {
        if (needs.at(i).stretches && needs.at(i).chosen == 0)
            weight += widths.at(i);
    }
    int spare = -missing;
    for (qsizetype i = 0; i < needs.size() && spare > 0 && weight > 0; ++i) {
        if (!needs.at(i).stretches || needs.at(i).chosen > 0)
            continue;
        const int own = widths.at(i);
        const int given = int(qint64(spare) * own / weight);
        widths[i] += given;
        spare -= given;
        weight -= own;
    }
    return widths;
}

} // namespace countermand

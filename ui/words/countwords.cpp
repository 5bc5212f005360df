#include "ui/words/countwords.h"

#include "ui/look/plural.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct CountWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::CountWords)
};

} // namespace

QString counterText(const OpenCount &count, const std::optional<int> &shown)
{
    if (count.knowledge == OpenCount::Knowledge::Unknown)
        return CountWords::tr("Reading…");
    if (shown) {
        const QString text = CountWords::tr("%1 of %2 shown").arg(*shown).arg(count.listed);
        return count.reported ? text + u" ⚠"_s : text;
    }
    if (count.reported)
        return CountWords::tr("%1 of %2 open ⚠").arg(count.listed).arg(*count.reported);
    if (count.knowledge == OpenCount::Knowledge::AtLeast)
        return CountWords::tr("at least %1 open").arg(count.listed);
    return CountWords::tr("%1 of %1 open").arg(count.listed);
}

QString openOrdersText(const OpenCount &count)
{
    switch (count.knowledge) {
    case OpenCount::Knowledge::Unknown:
        return CountWords::tr("reading orders");
    case OpenCount::Knowledge::AtLeast:
        return plural(count.listed, CountWords::tr("at least 1 open order"),
                      CountWords::tr("at least %n open orders"));
    case OpenCount::Knowledge::Exact:
        break;
    }
    return plural(count.listed, CountWords::tr("1 open order"), CountWords::tr("%n open orders"));
}

QString countNotice(const OpenCount &count, int chosen)
{
    if (!count.reported)
        return {};
    const QString reported = plural(*count.reported, CountWords::tr("CoinW reports 1 open order; %1"),
                                    CountWords::tr("CoinW reports %n open orders; %1", "“100 are listed …”"));
    if (chosen == count.listed)
        return reported.arg(plural(chosen, CountWords::tr("1 is listed and would be canceled."),
                                   CountWords::tr("%n are listed and would be canceled.")));
    const QString listed = plural(count.listed, CountWords::tr("1 is listed, and %1 would be canceled."),
                                  CountWords::tr("%n are listed, and %1 of them would be canceled."));
    return reported.arg(listed.arg(chosen));
}

} // namespace countermand

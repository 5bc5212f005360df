#include "workflow/answerfacts.h"

#include "domain/decimal.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QStringList>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

using Read = std::optional<CheckAnswer>;

// docs/exchange.md, Order rows, Protective rows and Records; members that nothing is made of stand in the samples.
const QSet<QString> &knownMembers()
{
    static const QSet<QString> names{u"activationPrice"_s,
                                     u"avgPrice"_s,
                                     u"base"_s,
                                     u"baseSize"_s,
                                     u"callbackPrice"_s,
                                     u"callbackRate"_s,
                                     u"callbackType"_s,
                                     u"cancelPiece"_s,
                                     u"closePiece"_s,
                                     u"closePrice"_s,
                                     u"closedPiece"_s,
                                     u"completeUsdt"_s,
                                     u"contractType"_s,
                                     u"createdDate"_s,
                                     u"currentPiece"_s,
                                     u"direction"_s,
                                     u"entrustUsdt"_s,
                                     u"fee"_s,
                                     u"feeRate"_s,
                                     u"finishStatus"_s,
                                     u"frozenFee"_s,
                                     u"fundingFee"_s,
                                     u"fundingSettle"_s,
                                     u"havShortfall"_s,
                                     u"hedgeId"_s,
                                     u"id"_s,
                                     u"indexPrice"_s,
                                     u"instrument"_s,
                                     u"isProfession"_s,
                                     u"leverage"_s,
                                     u"liquidateBy"_s,
                                     u"makerFee"_s,
                                     u"margin"_s,
                                     u"netProfit"_s,
                                     u"openId"_s,
                                     u"openPrice"_s,
                                     u"orderPrice"_s,
                                     u"orderStatus"_s,
                                     u"originalType"_s,
                                     u"posType"_s,
                                     u"positionMargin"_s,
                                     u"positionModel"_s,
                                     u"priceType"_s,
                                     u"primaryId"_s,
                                     u"processStatus"_s,
                                     u"profitUnreal"_s,
                                     u"quantity"_s,
                                     u"quantityUnit"_s,
                                     u"quote"_s,
                                     u"settlementId"_s,
                                     u"source"_s,
                                     u"status"_s,
                                     u"stepMarginVersion"_s,
                                     u"stopLossOrderPrice"_s,
                                     u"stopLossPrice"_s,
                                     u"stopProfitOrderPrice"_s,
                                     u"stopProfitPrice"_s,
                                     u"stopType"_s,
                                     u"takerFee"_s,
                                     u"takerMaker"_s,
                                     u"thirdOrderId"_s,
                                     u"totalPiece"_s,
                                     u"tradePiece"_s,
                                     u"triggerPrice"_s,
                                     u"triggerStatus"_s,
                                     u"triggerType"_s,
                                     u"updatedDate"_s,
                                     u"userId"_s,
                                     u"version"_s};
    return names;
}

bool isIn(const QString &word, std::initializer_list<QLatin1StringView> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&word](QLatin1StringView each) { return word.compare(each, Qt::CaseInsensitive) == 0; });
}

/// A name or word of the exchange as it may stand in the report: nothing that could be an id, an amount or a key.
QString plainWord(const QString &text)
{
    const auto isLetter = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_'; };
    const bool isPlain = !text.isEmpty() && text.size() <= 30 && std::all_of(text.cbegin(), text.cend(), isLetter);
    return isPlain ? text : u"(not a plain word)"_s;
}

QString listed(const QSet<QString> &words)
{
    QStringList sorted(words.cbegin(), words.cend());
    sorted.sort();
    return sorted.join(u", "_s);
}

bool isRead(const Read &read)
{
    return read && !read->error && !read->data.isUndefined();
}

/// The rows of a bare array or of a page.
QJsonArray rowsOf(const Read &read)
{
    if (!isRead(read))
        return {};
    return read->data.isArray() ? read->data.toArray() : read->data.toObject().value("rows"_L1).toArray();
}

QString textOf(const QJsonValue &row, QLatin1StringView name)
{
    const QString text = row.toObject().value(name).toString();
    return text == "null"_L1 ? QString() : text;
}

QList<QJsonValue> allRows(std::initializer_list<const Read *> reads)
{
    QList<QJsonValue> rows;
    for (const Read *read : reads) {
        const QJsonArray array = rowsOf(*read);
        for (const QJsonValue row : array)
            rows.append(row);
    }
    return rows;
}

QList<QJsonValue> orderRows(const CheckAnswers &answers)
{
    return allRows({&answers.plan, &answers.execute, &answers.stopProfitLoss, &answers.trailing, &answers.trigger});
}

QSet<QString> idsOf(const Read &read, QLatin1StringView name = "id"_L1)
{
    QSet<QString> ids;
    const QJsonArray rows = rowsOf(read);
    for (const QJsonValue row : rows) {
        if (const QString id = textOf(row, name); !id.isEmpty())
            ids.insert(id);
    }
    return ids;
}

Finding findingOf(bool isSeen, bool holds)
{
    return !isSeen ? Finding::NotSeen : holds ? Finding::Holds : Finding::Differs;
}

QString errorWords(const ApiError &error)
{
    const QString status = error.httpStatus == 0 ? QString() : u", HTTP %1"_s.arg(error.httpStatus);
    return (error.code ? u"code %1"_s.arg(*error.code) : u"no code"_s) + status;
}

AnswerFact everyReadAnswered(const CheckAnswers &answers)
{
    const std::array<std::pair<QLatin1StringView, const Read *>, 10> reads{
        {{"plan"_L1, &answers.plan},
         {"execute"_L1, &answers.execute},
         {"stopProfitLoss"_L1, &answers.stopProfitLoss},
         {"moveTPSL"_L1, &answers.trailing},
         {"planTrigger"_L1, &answers.trigger},
         {"openQuantity"_L1, &answers.count},
         {"positions"_L1, &answers.positions},
         {"history"_L1, &answers.history},
         {"historyOfHundred"_L1, &answers.historyOfHundred},
         {"deals"_L1, &answers.deals}}};
    QStringList failed;
    bool isAsked = false;
    for (const auto &[name, read] : reads) {
        isAsked = isAsked || *read;
        if (*read && (*read)->error)
            failed.append(u"%1: %2"_s.arg(name, errorWords(*(*read)->error)));
    }
    return {u"reads"_s, u"This key may make every read"_s, findingOf(isAsked, failed.isEmpty()),
            failed.join(u"; "_s)};
}

AnswerFact listsAreArrays(const CheckAnswers &answers)
{
    bool isSeen = false;
    QSet<QString> pages;
    for (const auto &[name, read] : {std::pair{u"plan"_s, &answers.plan},
                                     {u"execute"_s, &answers.execute},
                                     {u"stopProfitLoss"_s, &answers.stopProfitLoss},
                                     {u"moveTPSL"_s, &answers.trailing}}) {
        if (!isRead(*read))
            continue;
        isSeen = true;
        if (!(*read)->data.isArray() && !(*read)->data.isNull())
            pages.insert(name);
    }
    return {u"lists.array"_s, u"Lists of open orders are bare arrays, or null"_s, findingOf(isSeen, pages.isEmpty()),
            listed(pages)};
}

AnswerFact conditionalOrdersComeInPages(const CheckAnswers &answers)
{
    const bool isSeen = isRead(answers.trigger) && !answers.trigger->data.isNull();
    const QJsonObject page = isSeen ? answers.trigger->data.toObject() : QJsonObject();
    return {u"trigger.page"_s, u"Conditional orders come as a page with rows and total"_s,
            findingOf(isSeen, page.contains("rows"_L1) && page.contains("total"_L1))};
}

AnswerFact membersAreKnown(const CheckAnswers &answers)
{
    QSet<QString> others;
    const QList<QJsonValue> rows = orderRows(answers);
    for (const QJsonValue &row : rows) {
        const QStringList names = row.toObject().keys();
        for (const QString &name : names) {
            if (!knownMembers().contains(name))
                others.insert(plainWord(name));
        }
    }
    return {u"rows.members"_s, u"Rows of open orders have no members but the known ones"_s,
            findingOf(!rows.isEmpty(), others.isEmpty()), listed(others)};
}

AnswerFact rowsNameWhatIsNeeded(const CheckAnswers &answers)
{
    QSet<QString> missing;
    const QList<QJsonValue> rows = orderRows(answers);
    for (const QJsonValue &row : rows) {
        for (const QLatin1StringView name : {"id"_L1, "instrument"_L1, "direction"_L1, "createdDate"_L1}) {
            if (textOf(row, name).isEmpty())
                missing.insert(name);
        }
    }
    return {u"rows.needed"_s, u"Every row names its id, instrument, direction and date"_s,
            findingOf(!rows.isEmpty(), missing.isEmpty()), listed(missing)};
}

AnswerFact executeRepeatsNoPlanOrder(const CheckAnswers &answers)
{
    const QSet<QString> execute = idsOf(answers.execute);
    return {u"execute.apart"_s, u"The execute list repeats no plan order"_s,
            findingOf(!execute.isEmpty() && isRead(answers.plan), !execute.intersects(idsOf(answers.plan)))};
}

AnswerFact countIsAnObject(const CheckAnswers &answers)
{
    return {u"count.shape"_s, u"The count of open orders is data.value"_s,
            findingOf(isRead(answers.count),
                      isRead(answers.count) && answers.count->data.toObject().contains("value"_L1))};
}

/// Which kinds the count counts: those sums of kinds that fit it. Conditional orders of instruments that were not
/// asked for can make it larger than any sum.
AnswerFact countCounts(const CheckAnswers &answers)
{
    AnswerFact fact{u"count.kinds"_s, u"Which kinds the count counts can be told"_s};
    const bool isSeen = isRead(answers.count) && isRead(answers.plan) && isRead(answers.execute) &&
                        isRead(answers.stopProfitLoss) && isRead(answers.trailing);
    if (!isSeen)
        return fact;
    const QJsonValue &data = answers.count->data;
    const auto counted = Decimal::fromText((data.isObject() ? data.toObject().value("value"_L1) : data).toString());
    const std::array<std::pair<QString, qsizetype>, 5> kinds{
        {{u"plan"_s, idsOf(answers.plan).size()},
         {u"execute"_s, (idsOf(answers.execute) - idsOf(answers.plan)).size()},
         {u"stopProfitLoss"_s, idsOf(answers.stopProfitLoss).size()},
         {u"moveTPSL"_s, idsOf(answers.trailing).size()},
         {u"planTrigger"_s, idsOf(answers.trigger).size()}}};
    qsizetype all = 0;
    for (const auto &kind : kinds)
        all += kind.second;
    QStringList fitting;
    for (std::size_t chosen = 0; counted && chosen < (1U << kinds.size()); ++chosen) {
        qsizetype sum = 0;
        QStringList names;
        bool isOfEmptyKind = false;
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            if (((chosen >> kind) & 1U) == 0)
                continue;
            isOfEmptyKind = isOfEmptyKind || kinds[kind].second == 0;
            sum += kinds[kind].second;
            names.append(kinds[kind].first);
        }
        if (!isOfEmptyKind && Decimal(sum) == *counted)
            fitting.append(names.isEmpty() ? u"none"_s : names.join(u" + "_s));
    }
    // Without orders every answer fits.
    if (all == 0 || !counted)
        return fact;
    if (*counted > Decimal(all)) {
        fact.detail = u"more than were listed"_s;
        return fact;
    }
    fact.finding = findingOf(fitting.size() < 2, fitting.size() == 1);
    fact.detail = fitting.isEmpty() ? u"no sum of the kinds fits"_s : fitting.join(u", or "_s);
    return fact;
}

AnswerFact totalCountsRows(const CheckAnswers &answers)
{
    bool isSeen = false;
    bool holds = true;
    for (const Read *read : {&answers.trigger, &answers.history, &answers.deals}) {
        const qsizetype rows = rowsOf(*read).size();
        if (rows == 0)
            continue;
        isSeen = true;
        const auto total = Decimal::fromText((*read)->data.toObject().value("total"_L1).toString());
        holds = holds && total && *total >= Decimal(rows);
    }
    return {u"page.total"_s, u"A page's total is not below its rows"_s, findingOf(isSeen, holds)};
}

AnswerFact pagesOfFifty(const CheckAnswers &answers)
{
    constexpr int asked = 50;
    const qsizetype rows = std::max(rowsOf(answers.history).size(), rowsOf(answers.deals).size());
    return {u"page.fifty"_s, u"A page asked for with 50 rows has at most 50"_s, findingOf(rows > 0, rows <= asked)};
}

AnswerFact pagesOfHundred(const CheckAnswers &answers)
{
    constexpr int usual = 50;
    const qsizetype rows = rowsOf(answers.historyOfHundred).size();
    // Only a full page of 50 shows that there would have been more.
    const bool isSeen = rows > usual || (isRead(answers.historyOfHundred) &&
                                         rowsOf(answers.history).size() >= usual && rows <= usual);
    return {u"page.hundred"_s, u"A page can have more than 50 rows"_s, findingOf(isSeen, rows > usual)};
}

AnswerFact datesAreWholeSeconds(const CheckAnswers &answers)
{
    bool isSeen = false;
    bool holds = true;
    QList<QJsonValue> rows = orderRows(answers);
    rows += allRows({&answers.history, &answers.deals, &answers.positions});
    for (const QJsonValue &row : std::as_const(rows)) {
        for (const QLatin1StringView name : {"createdDate"_L1, "updatedDate"_L1}) {
            const QString date = textOf(row, name);
            isSeen = isSeen || !date.isEmpty();
            holds = holds && (date.isEmpty() || date.endsWith("000"_L1));
        }
    }
    return {u"dates.seconds"_s, u"Dates of rows are whole seconds"_s, findingOf(isSeen, holds)};
}

AnswerFact recordsAreNewestFirst(const CheckAnswers &answers)
{
    bool isSeen = false;
    bool holds = true;
    for (const Read *read : {&answers.history, &answers.deals}) {
        std::optional<Decimal> before;
        const QJsonArray rows = rowsOf(*read);
        for (const QJsonValue row : rows) {
            const auto date = Decimal::fromText(textOf(row, "createdDate"_L1));
            if (!date)
                continue;
            isSeen = isSeen || (before && *before != *date);
            holds = holds && (!before || *date <= *before);
            before = date;
        }
    }
    return {u"records.order"_s, u"Records come newest first"_s, findingOf(isSeen, holds)};
}

AnswerFact canceledOrdersAreNotInTheHistory(const CheckAnswers &answers)
{
    const QJsonArray rows = rowsOf(answers.history);
    const bool holds = std::none_of(rows.begin(), rows.end(), [](const QJsonValue &row) {
        const auto filled = Decimal::fromText(textOf(row, "tradePiece"_L1));
        return textOf(row, "orderStatus"_L1).startsWith("cancel"_L1, Qt::CaseInsensitive) && filled &&
               filled->isZero();
    });
    return {u"history.filled"_s, u"The history holds no order of which nothing filled"_s,
            findingOf(!rows.isEmpty(), holds)};
}

AnswerFact wordsAreKnown(const CheckAnswers &answers, const QString &key, const QString &claim,
                         std::initializer_list<QLatin1StringView> members,
                         std::initializer_list<QLatin1StringView> known)
{
    QSet<QString> seen;
    QSet<QString> others;
    QList<QJsonValue> rows = orderRows(answers);
    rows += allRows({&answers.history, &answers.deals});
    for (const QJsonValue &row : std::as_const(rows)) {
        for (const QLatin1StringView member : members) {
            const QString word = textOf(row, member);
            if (word.isEmpty())
                continue;
            seen.insert(plainWord(word));
            if (!isIn(word, known))
                others.insert(plainWord(word));
        }
    }
    return {key, claim, findingOf(!seen.isEmpty(), others.isEmpty()), listed(others.isEmpty() ? seen : others)};
}

AnswerFact positionsAreAnArray(const CheckAnswers &answers)
{
    const bool isSeen = isRead(answers.positions);
    return {u"positions.array"_s, u"Positions are a bare array, or null"_s,
            findingOf(isSeen, isSeen && (answers.positions->data.isArray() || answers.positions->data.isNull()))};
}

AnswerFact protectionNamesItsPosition(const CheckAnswers &answers)
{
    const QSet<QString> named = idsOf(answers.stopProfitLoss, "openId"_L1) + idsOf(answers.trailing, "openId"_L1);
    return {u"positions.openId"_s, u"The openId of protective orders is the id of an open position"_s,
            findingOf(!named.isEmpty() && isRead(answers.positions), idsOf(answers.positions).contains(named))};
}

AnswerFact wrongTimeIsRefused(const CheckAnswers &answers)
{
    const Read &read = answers.wrongTime;
    return {u"time.wrong"_s, u"A time that is an hour off is refused"_s,
            findingOf(read.has_value(), read && read->error && read->error->code),
            read && read->error ? errorWords(*read->error) : QString()};
}

QString findingText(Finding finding)
{
    switch (finding) {
    case Finding::Holds:
        return u"holds"_s;
    case Finding::Differs:
        return u"DIFFERS"_s;
    case Finding::NotSeen:
        break;
    }
    return u"not seen"_s;
}

} // namespace

QList<AnswerFact> answerFacts(const CheckAnswers &answers)
{
    return {
        everyReadAnswered(answers),
        listsAreArrays(answers),
        conditionalOrdersComeInPages(answers),
        membersAreKnown(answers),
        rowsNameWhatIsNeeded(answers),
        executeRepeatsNoPlanOrder(answers),
        wordsAreKnown(answers, u"words.state"_s, u"Words of orderStatus are the known ones"_s, {"orderStatus"_L1},
                      {"unFinish"_L1, "part"_L1, "finish"_L1, "cancel"_L1, "cancelAll"_L1}),
        wordsAreKnown(answers, u"words.kind"_s, u"Words of posType and originalType are the known ones"_s,
                      {"posType"_L1, "originalType"_L1},
                      {"plan"_L1, "execute"_L1, "planTrigger"_L1, "moveStop"_L1, "moveStopProfitLoss"_L1,
                       "stopProfitLoss"_L1, "PostOnly"_L1, "IOC"_L1, "FOK"_L1}),
        countIsAnObject(answers),
        countCounts(answers),
        totalCountsRows(answers),
        pagesOfFifty(answers),
        pagesOfHundred(answers),
        datesAreWholeSeconds(answers),
        recordsAreNewestFirst(answers),
        canceledOrdersAreNotInTheHistory(answers),
        positionsAreAnArray(answers),
        protectionNamesItsPosition(answers),
        {u"date"_s, u"Answers carry a Date"_s, findingOf(isRead(answers.plan), answers.hasDate)},
        wrongTimeIsRefused(answers),
    };
}

QString answerReport(const QList<AnswerFact> &facts, const QString &from, const QString &version)
{
    QStringList lines{u"Countermand %1: CoinW's answers, checked (%2)"_s.arg(version, from), QString()};
    for (const AnswerFact &fact : facts) {
        const QString detail = fact.detail.isEmpty() ? QString() : u": "_s + fact.detail;
        lines.append(u"%1  %2 [%3]%4"_s.arg(findingText(fact.finding), -8).arg(fact.claim, fact.key, detail));
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace countermand

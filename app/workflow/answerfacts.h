#pragma once

#include "domain/result.h"

#include <QJsonValue>
#include <QList>
#include <QString>

#include <optional>

namespace countermand {

/// What one read of the check brought: the `data` of a good answer, every number in it as text, or why there is none.
struct CheckAnswer {
    QJsonValue data{QJsonValue::Undefined};
    std::optional<ApiError> error{};
};

/// What was read with the trader's own key. Absent: not asked.
struct CheckAnswers {
    std::optional<CheckAnswer> plan{};
    std::optional<CheckAnswer> execute{};
    std::optional<CheckAnswer> stopProfitLoss{};
    std::optional<CheckAnswer> trailing{};
    /// Untriggered conditional orders of one instrument.
    std::optional<CheckAnswer> trigger{};
    std::optional<CheckAnswer> count{};
    std::optional<CheckAnswer> positions{};
    /// The first page of the records, asked for with 50 and with 100 rows.
    std::optional<CheckAnswer> history{};
    std::optional<CheckAnswer> historyOfHundred{};
    std::optional<CheckAnswer> deals{};
    /// A read that was signed an hour late on purpose.
    std::optional<CheckAnswer> wrongTime{};
    /// At least one answer told when it was made.
    bool hasDate = false;
};

enum class Finding {
    Holds,
    Differs,
    NotSeen, ///< nothing that would show it was among the answers
};

/// One thing that is believed of CoinW's interface, and whether these answers bear it out.
struct AnswerFact {
    /// A word that never changes, for those who collect reports.
    QString key;
    /// What is believed.
    QString claim;
    Finding finding = Finding::NotSeen;
    /// Names of members, words and codes alone; may be empty.
    QString detail{};

    friend bool operator==(const AnswerFact &, const AnswerFact &) = default;
};

/// Which of the things that docs/exchange.md has marked as not certain hold. No amount, id, price or key is in it.
QList<AnswerFact> answerFacts(const CheckAnswers &answers);

/// The facts as a text that can be sent to us. `from`: "api.coinw.com", or words for practice.
QString answerReport(const QList<AnswerFact> &facts, const QString &from, const QString &version);

} // namespace countermand

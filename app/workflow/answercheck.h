#pragma once

#include "workflow/answerfacts.h"

#include <QObject>

#include <functional>

namespace countermand {

class CoinwClient;
class Session;

/// Reads what the check needs over an open session's line, one read after the other, behind everything else in its
/// limits. Nothing but reads is sent. Ends with the session.
class AnswerCheck : public QObject
{
    Q_OBJECT

public:
    /// Lives as long as the session.
    explicit AnswerCheck(Session &session);

    /// `wrongTime`: one read more, signed an hour late, which CoinW is expected to refuse. done() follows once.
    void start(bool wrongTime);

signals:
    void done(const countermand::CheckAnswers &answers);

private:
    void next();

    CoinwClient &m_client;
    CheckAnswers m_answers;
    QList<std::function<void()>> m_reads;
};

} // namespace countermand

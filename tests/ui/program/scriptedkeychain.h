#pragma once

#include "local/credentialstore.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace countermand {

/// What a ScriptedKeychain holds and how it behaves; stays when the keychain goes with its program.
struct KeychainScript {
    CredentialStore::State state = CredentialStore::State::Ready;
    std::map<QString, Credentials> entries;
    /// What calls about these profiles fail with.
    std::map<QString, KeychainProblem> problems;
    /// Reads, writes and removals wait for release(), as while the system's prompt is open.
    bool holds = false;
    /// What they wait for is a person, not the keychain.
    bool isPrompt = false;
    /// Somebody has been asked to open it, and did not.
    bool wasAsked = false;
    std::vector<std::function<void()>> held;

    void release()
    {
        holds = false;
        for (const auto &answer : std::exchange(held, {}))
            answer();
    }
};

/// A keychain without a system. What an answer says is decided when it is given.
class ScriptedKeychain final : public CredentialStore
{
public:
    explicit ScriptedKeychain(std::shared_ptr<KeychainScript> script) : m_script(std::move(script)) {}

    void queryState(QObject *context, StateHandler handler) override
    {
        QMetaObject::invokeMethod(
            context, [script = m_script, handler = std::move(handler)] { handler(script->state, {}); },
            Qt::QueuedConnection);
    }
    void read(const QString &profileId, QObject *context, ReadHandler handler) override
    {
        answer(context, [script = m_script, profileId, handler = std::move(handler)] {
            const auto entry = script->entries.find(profileId);
            if (const auto problem = problemOf(*script, profileId))
                handler({}, {*problem, {}, script->wasAsked});
            else if (entry == script->entries.end())
                handler({}, {KeychainProblem::NoEntry, {}});
            else
                handler(entry->second, {});
        });
    }
    void write(const QString &profileId, const Credentials &credentials, Wanted isWanted, QObject *context,
               DoneHandler handler) override
    {
        // Until a prompt is answered it can be taken back; after that a keychain stores what it was given whether
        // somebody still waits for its answer or not.
        answer(nullptr, [script = m_script, profileId, credentials, wasPrompt = m_script->holds && m_script->isPrompt,
                         isWanted, to = QPointer(context), handler = std::move(handler)] {
            const auto problem = wasPrompt && isWanted && !isWanted() ? std::optional(KeychainProblem::Locked)
                                                                      : problemOf(*script, profileId);
            if (!problem)
                script->entries.insert_or_assign(profileId, credentials);
            if (to)
                handler(problem ? std::optional(KeychainError{*problem, {}}) : std::nullopt);
        });
    }
    void remove(const QString &profileId, QObject *context, DoneHandler handler) override
    {
        answer(nullptr, [script = m_script, profileId, to = QPointer(context), handler = std::move(handler)] {
            const auto problem = problemOf(*script, profileId);
            if (!problem)
                script->entries.erase(profileId);
            if (to)
                handler(problem ? std::optional(KeychainError{*problem, {}}) : std::nullopt);
        });
    }

private:
    static std::optional<KeychainProblem> problemOf(const KeychainScript &script, const QString &profileId)
    {
        if (script.state == State::NoKeychain)
            return KeychainProblem::NoKeychain;
        if (script.state == State::Locked)
            return KeychainProblem::Locked;
        const auto problem = script.problems.find(profileId);
        return problem == script.problems.end() ? std::nullopt : std::optional(problem->second);
    }
    void answer(QObject *context, std::function<void()> give)
    {
        if (m_script->holds)
            m_script->held.push_back([to = QPointer(context), any = context == nullptr, give = std::move(give)] {
                if (any || to)
                    give();
            });
        else
            QMetaObject::invokeMethod(context ? context : &m_own, std::move(give), Qt::QueuedConnection);
    }

    std::shared_ptr<KeychainScript> m_script;
    QObject m_own;
};

} // namespace countermand

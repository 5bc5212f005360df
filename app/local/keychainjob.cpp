#include "local/keychainjob.h"

#include "domain/credentials.h"
#include "domain/log.h"
#include "domain/wipe.h"
#include "local/secretservice.h"

#include <QCoreApplication>
#include <QLibrary>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

using Handler = std::function<void(KeychainJobEnd)>;

/// How long an answer may be under way that was given before its service went.
constexpr std::chrono::seconds lastAnswer{1};

/// A function of libsecret's or of GLib's, which comes with it; none where it is not installed.
template <typename Function>
Function inLibsecret(const char *name)
{
    QLibrary library(u"secret-1"_s, 0);
    return reinterpret_cast<Function>(library.resolve(name));
}

/// libsecret keeps its session with a keychain service for ever, and when that comes back after it had gone (a
/// KeePassXC that was started anew) fails every later job. So no session outlives the jobs that need it.
class LibsecretSession
{
public:
    LibsecretSession()
    {
        ++s_jobs;
#ifdef CM_HAVE_DBUS
        static const bool isDeaf = deafen();
        Q_UNUSED(isDeaf)
#endif
    }
    ~LibsecretSession()
    {
        --s_jobs;
#ifdef CM_HAVE_DBUS
        if (s_jobs > 0)
            return;
        if (const auto disconnect = inLibsecret<void (*)()>("secret_service_disconnect"))
            disconnect();
#endif
    }
    Q_DISABLE_COPY_MOVE(LibsecretSession)

private:
#ifdef CM_HAVE_DBUS
    /// After a refused or open question libsecret doesn't let go of the service, and the first signal of the one that
    /// comes back takes the whole process down (seen with 0.20.5: a list of databases that is not there is walked
    /// through). What those signals tell of databases no job needs: nobody listens to them.
    static bool deafen()
    {
        const auto typeOf = inLibsecret<std::size_t (*)()>("secret_service_get_type");
        const auto load = inLibsecret<void *(*)(std::size_t)>("g_type_class_ref");
        const auto override =
            inLibsecret<void (*)(const char *, std::size_t, void (*)())>("g_signal_override_class_handler");
        if (!typeOf || !load || !override)
            return false;
        load(typeOf());
        override("g-signal", typeOf(), [] {});
        return true;
    }
#endif

    /// Of the process, as libsecret's session is.
    static inline int s_jobs = 0;
};

/// Deletes a job together with itself. A job that stores frees the bytes of the entry as they are, and lets nobody
/// reach them.
class JobEnd : public QObject
{
public:
    explicit JobEnd(QKeychain::Job *job, QObject *parent = nullptr) : QObject(parent), m_job(job) {}
    ~JobEnd() override
    {
        const WipesWhatIsFreed wipes;
        m_job.reset();
    }
    Q_DISABLE_COPY_MOVE(JobEnd)

private:
    std::unique_ptr<QKeychain::Job> m_job;
};

/// Runs a job of `make`, which is deleted when it is done. It has no parent: QtKeychain's callback holds a bare
/// pointer to it, so it must live until its answer, even if nobody waits for that any more.
template <typename Make>
void run(Make make, const QString &profileId, QObject *context, Handler handler)
{
    auto *job = make();
    job->setInsecureFallback(false);
    job->setAutoDelete(false);
    job->setKey(keychainEntry(profileId));
    const auto session = std::make_shared<std::optional<LibsecretSession>>(std::in_place);
    // Whether anybody still waits or not.
    const auto end = QObject::connect(job, &QKeychain::Job::finished, [job, session] {
        session->reset();
        (new JobEnd(job))->deleteLater();
    });
    // One end is told, whichever comes first, unless nobody waits any more.
    const QPointer<QObject> waiting(new QObject(context));
    const auto tell = [job, waiting, told = std::make_shared<Handler>(std::move(handler))](KeychainJobEnd ended) {
        const Handler last = std::exchange(*told, nullptr);
        if (!waiting || !last)
            return;
        waiting->deleteLater();
        // Not the job's text: that is the entry itself.
        qCDebug(keychainLog) << job->metaObject()->className() << "ended with" << int(ended.error);
        last(std::move(ended));
    };
    QObject::connect(job, &QKeychain::Job::finished, waiting, [job, tell] {
        KeychainJobEnd ended{job->error(), job->errorString(), {}};
        if constexpr (std::is_same_v<decltype(job), QKeychain::ReadPasswordJob *>) {
            // The job's own bytes, which it would leave in freed memory.
            QByteArray entry = job->binaryData();
            if (ended.error == QKeychain::NoError)
                ended.keys = readStoredKeys(entry);
            wipeForAll(entry);
        }
        tell(std::move(ended));
    });
    // A question that goes with its service is never answered (seen with libsecret 0.20.5), and QtKeychain runs one
    // job after the other: it is told that this one has ended. libsecret may still come back to it.
    whenSecretServiceGoes(job, [job, end, session, tell] {
        QTimer::singleShot(lastAnswer, job, [job, end, session, tell] {
            if (!QObject::disconnect(end))
                return;
            session->reset();
            new JobEnd(job, QCoreApplication::instance());
            tell({QKeychain::OtherError, u"It went away meanwhile."_s, {}});
            emit job->finished(job);
        });
    });
    job->start();
}

/// A job that stores what belongs to `credentials`.
QKeychain::WritePasswordJob *writeJob(const Credentials &credentials)
{
    auto *job = new QKeychain::WritePasswordJob(keychainService(), nullptr);
    QByteArray entry = storedKeys(credentials);
    QString text = QString::fromUtf8(entry);
    wipe(entry);
    job->setTextData(text);
    wipe(text);
    return job;
}

} // namespace

bool isLibsecretMissing()
{
    QLibrary library(u"secret-1"_s, 0);
    return !library.load();
}

QString keychainService()
{
    return u"io.github.countermand.Countermand"_s;
}

QString keychainEntry(const QString &profileId)
{
    return "countermand/"_L1 + profileId;
}

void readKeychain(const QString &profileId, QObject *context, Handler handler)
{
    const auto make = [] { return new QKeychain::ReadPasswordJob(keychainService(), nullptr); };
    run(make, profileId, context, std::move(handler));
}

void writeKeychain(const QString &profileId, const Credentials &credentials, QObject *context, Handler handler)
{
    run([&credentials] { return writeJob(credentials); }, profileId, context, std::move(handler));
}

void deleteFromKeychain(const QString &profileId, QObject *context, Handler handler)
{
    const auto make = [] { return new QKeychain::DeletePasswordJob(keychainService(), nullptr); };
    run(make, profileId, context, std::move(handler));
}

} // namespace countermand

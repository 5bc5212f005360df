#include "local/memorystore.h"
#include "tests/support/waiting.h"

#include <QtTest>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestMemoryStore : public QObject
{
    Q_OBJECT

private slots:
    void keepsReplacesAndRemoves();
    void answersLaterAndOnce();
    void silentWhenTheContextDied();
};

void TestMemoryStore::keepsReplacesAndRemoves()
{
    MemoryStore store;
    QStringList seen;
    const auto note = [&](const QString &id) {
        store.read(id, this, [&seen](const std::optional<Credentials> &credentials, const KeychainError &error) {
            if (credentials)
                seen.append(QString::fromUtf8(credentials->key()));
            else
                seen.append(error.problem == KeychainProblem::NoEntry ? u"no entry"_s : u"error"_s);
        });
    };
    const auto done = [&](const std::optional<KeychainError> &error) {
        seen.append(error ? u"failed"_s : u"done"_s);
    };
    store.queryState(this, [&](CredentialStore::State state, const QString &) {
        seen.append(state == CredentialStore::State::Ready ? u"ready"_s : u"not ready"_s);
    });
    note(u"a"_s);
    store.write(u"a"_s, Credentials(u"k1"_s, u"s1"_s), this, done);
    store.write(u"b"_s, Credentials(u"k2"_s, u"s2"_s), this, done);
    note(u"a"_s);
    store.write(u"a"_s, Credentials(u"k3"_s, u"s3"_s), this, done);
    note(u"a"_s);
    note(u"b"_s);
    store.remove(u"a"_s, this, done);
    store.remove(u"never"_s, this, done);
    note(u"a"_s);
    note(u"b"_s);
    QVERIFY(seen.isEmpty());
    QTRY_COMPARE(seen, (QStringList{u"ready"_s, u"no entry"_s, u"done"_s, u"done"_s, u"k1"_s, u"done"_s, u"k3"_s,
                                    u"k2"_s, u"done"_s, u"done"_s, u"no entry"_s, u"k2"_s}));
}

void TestMemoryStore::answersLaterAndOnce()
{
    int calls = 0;
    {
        MemoryStore store;
        store.write(u"a"_s, Credentials(u"k"_s, u"s"_s), this, [&](const auto &) { ++calls; });
    }
    QCOMPARE(calls, 0);
    QTRY_COMPARE(calls, 1);
    QCoreApplication::processEvents();
    QCOMPARE(calls, 1);
}

void TestMemoryStore::silentWhenTheContextDied()
{
    MemoryStore store;
    int calls = 0;
    auto context = std::make_unique<QObject>();
    store.read(u"a"_s, context.get(), [&](const auto &, const auto &) { ++calls; });
    store.queryState(context.get(), [&](auto, const auto &) { ++calls; });
    context.reset();
    bool passed = false;
    store.queryState(this, [&](auto, const auto &) { passed = true; });
    QTRY_VERIFY(passed);
    QCOMPARE(calls, 0);
}

QTEST_GUILESS_MAIN(TestMemoryStore)
#include "tst_memorystore.moc"

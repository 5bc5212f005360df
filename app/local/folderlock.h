#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#ifndef Q_OS_UNIX
#include <QLockFile>
#endif

namespace countermand {

/// Who last took a folder, as the text of its lock tells. Empty where the text doesn't say.
struct LockHolder {
    QString host;
    /// What names the computer for good, however its host name changes.
    QByteArray machine;
    /// UTC; invalid if not said.
    QDateTime since;
};

/// Whether the text was written on another computer. Not said is not another: a computer that crashed while it wrote
/// may leave anything behind.
bool isOtherComputer(const LockHolder &holder, const LockHolder &here);

/// The file `lock` of a data folder, held by one process at a time.
///
/// What is held is the operating system's lock of the open file, which ends with the process, however that ends. The
/// text inside is information: no process number and no host name in it can keep a folder locked. QLockFile judges by
/// that text, so that a lock left by another or a renamed computer, or by a number that is in use again, would never
/// end.
class FolderLock
{
public:
    enum class Result {
        Locked,        ///< this process is the one, until release() or the destructor
        Held,          ///< another process on this computer holds it
        OtherComputer, ///< free here, but last taken on another computer and not given back: holder(), then
                       ///< takeOver()
        Failed,        ///< see problem()
    };

    /// `folder`: an absolute path.
    explicit FolderLock(const QString &folder);
    ~FolderLock();
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

    Result tryLock();
    /// After OtherComputer: takes it all the same. Locked or Failed.
    Result takeOver();
    /// Gives the lock back and removes its file.
    void release();

    /// After OtherComputer: what the text says.
    LockHolder holder() const { return m_holder; }
    /// One clear sentence after Failed, else empty.
    QString problem() const { return m_problem; }
    /// One sentence for a notice after Locked: what lay under the name was set aside. Else empty.
    QString notice() const { return m_notice; }

private:
    QString m_path;
    LockHolder m_holder;
    QString m_problem;
    QString m_notice;
#ifdef Q_OS_UNIX
    Result fail(int error);
    bool makeRoom();
    bool isStillTheFile() const;

    int m_file = -1;
#else
    QLockFile m_lock;
#endif
};

} // namespace countermand

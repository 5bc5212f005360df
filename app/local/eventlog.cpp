#include "local/eventlog.h"

#include "domain/presentable.h"
#include "local/datafile.h"

#include <QDateTime>
#include <QFile>
#include <QLoggingCategory>
#include <QScopedValueRollback>
#include <QSet>

#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr qsizetype longestLine = 1000;
constexpr QByteArrayView ownCategories("countermand.");

// Qt has one message handler and one filter of categories, which are plain functions.
EventLog *theLog = nullptr;
QtMessageHandler handlerBefore = nullptr;
QLoggingCategory::CategoryFilter filterBefore = nullptr;
QBasicMutex terminalMutex;
/// Own categories whose debug lines the user has asked for, by QT_LOGGING_RULES.
QSet<QByteArray> onTerminal;

bool isOwn(const char *category)
{
    return category && QByteArrayView(category).startsWith(ownCategories);
}

void letDebugLinesIn(QLoggingCategory *category)
{
    filterBefore(category);
    if (!isOwn(category->categoryName()))
        return;
    const QMutexLocker lock(&terminalMutex);
    if (category->isDebugEnabled())
        onTerminal.insert(category->categoryName());
    else
        onTerminal.remove(category->categoryName());
    category->setEnabled(QtDebugMsg, true);
}

bool isForTerminal(QtMsgType type, const char *category)
{
    if (type != QtDebugMsg || !isOwn(category))
        return true;
    const QMutexLocker lock(&terminalMutex);
    return onTerminal.contains(category);
}

} // namespace

EventLog::EventLog()
{
    theLog = this;
    // Known before ours is asked, which happens at once.
    filterBefore = QLoggingCategory::installFilter(nullptr);
    QLoggingCategory::installFilter(letDebugLinesIn);
    handlerBefore = qInstallMessageHandler(handle);
}

EventLog::~EventLog()
{
    qInstallMessageHandler(std::exchange(handlerBefore, nullptr));
    QLoggingCategory::installFilter(filterBefore);
    theLog = nullptr;
}

QString EventLog::writeTo(const QString &path)
{
    const DataFile there = lookAtDataFile(path, std::numeric_limits<qint64>::max());
    QFile file(path);
    if (there.state == DataFile::State::NoFile || !file.open(QIODevice::WriteOnly | QIODevice::Append))
        return u"The log %1 can't be written."_s.arg(path);
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QMutexLocker lock(&m_mutex);
    m_path = path;
    m_size = file.size();
    return {};
}

QStringList EventLog::lastEvents() const
{
    const QMutexLocker lock(&m_mutex);
    return {m_events.begin(), m_events.end()};
}

void EventLog::handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (theLog && (isOwn(context.category) || type != QtDebugMsg)) {
        QString category = QString::fromLatin1(context.category ? context.category : "");
        if (isOwn(context.category))
            category.remove(0, ownCategories.size());
        theLog->take(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs) + u' ' + category + u": "_s +
                     presentable(text, longestLine));
    }
    if (handlerBefore && isForTerminal(type, context.category))
        handlerBefore(type, context, text);
}

void EventLog::take(const QString &line)
{
    const QMutexLocker lock(&m_mutex);
    if (m_isWriting)
        return;
    const QScopedValueRollback writing(m_isWriting, true);
    m_events.push_back(line);
    if (m_events.size() > kept)
        m_events.pop_front();
    if (m_path.isEmpty())
        return;
    const QByteArray bytes = line.toUtf8() + '\n';
    if (m_size + bytes.size() > largestFile)
        rotate();
    QFile file(m_path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append))
        return;
    if (m_size == 0)
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(bytes);
    m_size += bytes.size();
}

void EventLog::rotate()
{
    const auto old = [this](int number) { return m_path + u'.' + QString::number(number); };
    QFile::remove(old(oldFiles));
    for (int number = oldFiles - 1; number > 0; --number)
        QFile::rename(old(number), old(number + 1));
    QFile::rename(m_path, old(1));
    m_size = 0;
}

} // namespace countermand

#include "ui/notices/toastnotices.h"

#include "ui/notices/toaststrip.h"

#include <utility>

namespace countermand {

ToastNotices::ToastNotices(ToastStrip &strip, QObject *parent) : QObject(parent), m_situation{.isInFront = true}
{
    connect(&strip, &ToastStrip::contentChanged, this, &ToastNotices::follow);
    connect(&strip, &ToastStrip::left, this, &ToastNotices::close);
}

void ToastNotices::setPreferences(bool wanted, bool hideDetails)
{
    // What stands on the lock screen already may be just what is to be hidden.
    const bool hidesNow = hideDetails && !m_situation.hidesDetails;
    m_situation.isWanted = wanted;
    m_situation.hidesDetails = hideDetails;
    if (!wanted || hidesNow)
        closeAll();
}

void ToastNotices::setInFront(bool inFront)
{
    m_situation.isInFront = inFront;
    if (inFront)
        closeAll();
}

void ToastNotices::forget(const QString &key)
{
    m_up.remove(key);
}

void ToastNotices::follow(const QString &key, const ToastContent &toast)
{
    NoticeSituation situation = m_situation;
    situation.isUp = m_up.contains(key);
    if (const auto notice = systemNoticeFor(toast, situation)) {
        m_up.insert(key);
        emit showWanted(key, *notice);
    } else {
        close(key);
    }
}

void ToastNotices::close(const QString &key)
{
    if (m_up.remove(key))
        emit closeWanted(key);
}

void ToastNotices::closeAll()
{
    const QSet<QString> up = std::exchange(m_up, {});
    for (const QString &key : up)
        emit closeWanted(key);
}

} // namespace countermand

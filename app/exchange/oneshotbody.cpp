#include "exchange/oneshotbody.h"

#include <algorithm>
#include <cstring>

namespace countermand {

OneShotBody::OneShotBody(const QByteArray &bytes, QObject *parent) : QIODevice(parent), m_bytes(bytes)
{
    // Unbuffered: QIODevice would otherwise read ahead, and the first byte would seem asked for too early.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneShotBody::readData(char *data, qint64 maxSize)
{
    if (atEnd())
        return -1;
    const qint64 count = std::min<qint64>(maxSize, m_bytes.size() - m_at);
    if (count > 0) {
        std::memcpy(data, m_bytes.constData() + m_at, size_t(count));
        m_at += count;
    }
    return count;
}

qint64 OneShotBody::writeData(const char *, qint64)
{
    return -1;
}

} // namespace countermand

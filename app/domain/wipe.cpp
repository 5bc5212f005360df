#include "domain/wipe.h"

namespace countermand {

void wipe(void *memory, std::size_t size)
{
    volatile char *at = static_cast<char *>(memory);
    for (std::size_t i = 0; i < size; ++i)
        at[i] = 0;
}

void wipe(QByteArray &bytes)
{
    if (bytes.isDetached())
        wipe(bytes.data(), std::size_t(bytes.size()));
    bytes.clear();
}

void wipe(QString &text)
{
    if (text.isDetached())
        wipe(text.data(), std::size_t(text.size()) * sizeof(QChar));
    text.clear();
}

void wipeForAll(QByteArray &bytes)
{
    if (bytes.data_ptr().d_ptr())
        wipe(const_cast<char *>(bytes.constData()), std::size_t(bytes.size()));
    bytes.clear();
}

} // namespace countermand

#include "domain/wipe.h"

#include <array>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace countermand {

namespace {

/// A heap keeps the last few freed rooms of each small size as they are, to give them out first: takes them all.
void wipeKeptRooms()
{
    constexpr std::size_t step = 16;
    constexpr std::size_t largest = 1040;
    std::array<void *, 8> rooms{};
    for (std::size_t size = step / 2; size < largest; size += step) {
        for (void *&room : rooms) {
            room = std::malloc(size);
            if (room)
                wipe(room, size);
        }
        for (void *room : rooms)
            std::free(room);
    }
}

} // namespace

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

WipesWhatIsFreed::WipesWhatIsFreed()
{
#ifdef __GLIBC__
    ::mallopt(M_PERTURB, 1);
#endif
}

WipesWhatIsFreed::~WipesWhatIsFreed()
{
    wipeKeptRooms();
#ifdef __GLIBC__
    ::mallopt(M_PERTURB, 0);
#endif
}

} // namespace countermand

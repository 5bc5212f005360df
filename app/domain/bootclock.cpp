#include "domain/bootclock.h"

#include <QtGlobal>

#if defined(Q_OS_WIN)
#include <windows.h>
#elif defined(Q_OS_MACOS)
#include <mach/mach_time.h>
#else
#include <ctime>
#endif

namespace countermand {

BootClock::time_point BootClock::now()
{
#if defined(Q_OS_WIN)
    return time_point(std::chrono::milliseconds(GetTickCount64()));
#elif defined(Q_OS_MACOS)
    mach_timebase_info_data_t base{};
    mach_timebase_info(&base);
    return time_point(duration(mach_continuous_time() * base.numer / base.denom));
#elif defined(CLOCK_BOOTTIME)
    timespec time{};
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return time_point(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
    return time_point(std::chrono::steady_clock::now().time_since_epoch());
#else
    return time_point(std::chrono::steady_clock::now().time_since_epoch());
#endif
}

} // namespace countermand

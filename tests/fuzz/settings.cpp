// A settings file of any bytes is read or set aside, and settings work afterwards.
#include "local/settings.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <cstdint>
#include <cstdlib>

using namespace countermand;
using namespace Qt::StringLiterals;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QTemporaryDir dir(u"/dev/shm/fuzz-settings-XXXXXX"_s);
    QFile file(dir.filePath(u"settings.ini"_s));
    if (!file.open(QIODevice::WriteOnly))
        return 0;
    file.write(reinterpret_cast<const char *>(data), qint64(size));
    file.close();
    {
        Settings settings(dir.path());
        settings.profiles(u"https://api.coinw.com"_s);
        settings.lastProfile(u"https://api.coinw.com"_s);
        settings.value(u"toast.time"_s);
        settings.saveProfile({u"id"_s, u"name"_s, 3, u"https://fuzz.example"_s});
    }
    const auto profiles = Settings(dir.path()).profiles(u"https://fuzz.example"_s);
    if (profiles.isEmpty())
        std::abort();
    return 0;
}

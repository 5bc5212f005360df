#include "ui/account/keycleaning.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <utility>

namespace countermand {

namespace {

bool isInvisible(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0x00ad || (u >= 0x200b && u <= 0x200f) || (u >= 0x202a && u <= 0x202e) ||
           (u >= 0x2060 && u <= 0x2069) || u == 0xfeff || u == 0x180e;
}

bool isSurrounding(QChar first, QChar last)
{
    static constexpr std::array<std::pair<char16_t, char16_t>, 10> pairs{{
        {u'"', u'"'},
        {u'\'', u'\''},
        {u'`', u'`'},
        {u'“', u'”'},
        {u'„', u'“'},
        {u'„', u'”'},
        {u'‘', u'’'},
        {u'‚', u'‘'},
        {u'«', u'»'},
        {u'»', u'«'},
    }};
    return std::any_of(pairs.begin(), pairs.end(),
                       [&](const auto &pair) { return first == pair.first && last == pair.second; });
}

} // namespace

CleanedKey cleanedKey(const QString &pasted)
{
    QString text = pasted;
    text.removeIf(isInvisible);
    text = text.trimmed();
    while (text.size() >= 2 && isSurrounding(text.front(), text.back()))
        text = text.mid(1, text.size() - 2).trimmed();
    return {.text = text, .changed = text != pasted};
}

bool hasForeignCharacters(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() <= 0x20 || c.unicode() > 0x7e; });
}

bool isPastedTwice(const QString &key, const QString &secret)
{
    return !key.isEmpty() && key == secret;
}

} // namespace countermand

#include "ui/account/keycleaning.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <iterator>
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
    // Seen first and copied last, and once: what is pasted may be a secret.
    qsizetype begin = 0;
    qsizetype end = pasted.size();
    const auto isNothing = [&pasted](qsizetype at) { return pasted[at].isSpace() || isInvisible(pasted[at]); };
    const auto trim = [&] {
        while (begin < end && isNothing(begin))
            ++begin;
        while (begin < end && isNothing(end - 1))
            --end;
    };
    trim();
    while (end - begin >= 2 && isSurrounding(pasted[begin], pasted[end - 1])) {
        ++begin;
        --end;
        trim();
    }
    const QStringView kept = QStringView(pasted).sliced(begin, end - begin);
    const qsizetype invisible = std::count_if(kept.begin(), kept.end(), isInvisible);
    if (kept.size() == pasted.size() && invisible == 0)
        return {.text = pasted, .changed = false};
    QString text;
    text.reserve(kept.size() - invisible);
    std::copy_if(kept.begin(), kept.end(), std::back_inserter(text), [](QChar c) { return !isInvisible(c); });
    return {.text = text, .changed = true};
}

bool isPastedTwice(const QString &key, const QString &secret)
{
    return !key.isEmpty() && key == secret;
}

} // namespace countermand

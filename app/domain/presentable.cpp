#include "domain/presentable.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace countermand {

namespace {

constexpr char16_t replacement = 0xfffd;

/// Texts of the exchange nearly always are: they are not looked at any further.
bool isPlain(QStringView text)
{
    const auto isGood = [](QChar c) { return c > u' ' && c < u'\x7f' && c != u'<' && c != u'>'; };
    return std::all_of(text.begin(), text.end(), isGood);
}

/// Letters and marks that show nothing.
bool isBlankLetter(char32_t c)
{
    constexpr std::array<std::array<char32_t, 2>, 8> ranges{{{0x034f, 0x034f},
                                                             {0x115f, 0x1160},
                                                             {0x17b4, 0x17b5},
                                                             {0x180b, 0x180f},
                                                             {0x2800, 0x2800},
                                                             {0x3164, 0x3164},
                                                             {0xfe00, 0xfe0f},
                                                             {0xffa0, 0xffa0}}};
    return (c >= 0xe0100 && c <= 0xe01ef) || std::any_of(ranges.begin(), ranges.end(), [c](const auto &range) {
               return c >= range[0] && c <= range[1];
           });
}

bool isHidden(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return isBlankLetter(c);
    }
}

bool isBlank(char32_t c)
{
    return QChar::isSpace(c) && c != QChar::LineSeparator && c != QChar::ParagraphSeparator;
}

void appendShown(QString &text, char32_t c)
{
    if (c == u'<')
        text.append(QChar(u'‹'));
    else if (c == u'>')
        text.append(QChar(u'›'));
    else if (QChar::isSurrogate(c))
        text.append(QChar(replacement));
    else
        text.append(QChar::fromUcs4(c));
}

} // namespace

QString withoutTricks(const QString &text)
{
    if (isPlain(text))
        return text;
    QString shown;
    shown.reserve(text.size());
    bool blank = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t c = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        i += isPair ? 1 : 0;
        if (isBlank(c)) {
            blank = true;
        } else if (!isHidden(c)) {
            if (blank && !shown.isEmpty())
                shown.append(u' ');
            blank = false;
            appendShown(shown, c);
        }
    }
    return shown;
}

QString cut(const QString &text, qsizetype size)
{
    if (text.size() <= size)
        return text;
    QString shown = text.first(size > 0 && text[size - 1].isHighSurrogate() ? size - 1 : size);
    if (shown.endsWith(u' '))
        shown.chop(1);
    return shown;
}

QString presentable(const QString &text, qsizetype size)
{
    return cut(withoutTricks(text), size);
}

QString presentableName(const QString &name)
{
    const QString shown = presentable(name, textLimit::instrument);
    return shown == name ? name : shown + QChar(replacement);
}

QString escapedId(const QString &id)
{
    const auto isGood = [](QChar c) { return c > u' ' && c < u'\x7f' && c != u'<' && c != u'>' && c != u'\\'; };
    if (std::all_of(id.begin(), id.end(), isGood))
        return id;
    QString shown;
    for (const QChar c : id) {
        if (isGood(c))
            shown.append(c);
        else
            shown.append(QStringLiteral("\\u%1").arg(uint(c.unicode()), 4, 16, QLatin1Char('0')));
    }
    return shown;
}

} // namespace countermand

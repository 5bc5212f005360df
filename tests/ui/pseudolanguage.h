#pragma once

#include <QCoreApplication>
#include <QString>
#include <QTranslator>

namespace countermand {

/// A language whose words are 40 % longer than English: what is cut in it would be cut in German. In force as long as
/// it lives; for what is made meanwhile.
class PseudoLanguage : public QTranslator
{
public:
    PseudoLanguage() { QCoreApplication::installTranslator(this); }
    ~PseudoLanguage() override { QCoreApplication::removeTranslator(this); }
    PseudoLanguage(const PseudoLanguage &) = delete;
    PseudoLanguage &operator=(const PseudoLanguage &) = delete;

    bool isEmpty() const override { return false; }

    QString translate(const char *, const char *source, const char *, int) const override
    {
        const QString text = QString::fromUtf8(source);
        QString more;
        for (qsizetype left = (text.size() * 4 + 9) / 10; left > 0; --left)
            more.append(left % 6 == 0 ? u' ' : u'o');
        // What follows shows whether a text's end is seen: "Cancel…" stays a question.
        const qsizetype end = text.endsWith(u'…') ? text.size() - 1 : text.size();
        return text.left(end) + more.trimmed() + text.mid(end);
    }
};

} // namespace countermand

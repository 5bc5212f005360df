#include "ui/look/accesskeys.h"

#include <QAction>
#include <QMenu>
#include <QSet>

#include <algorithm>
#include <utility>

namespace countermand {

namespace {

bool canBePressed(QChar character)
{
    return character.isLetterOrNumber() && character.unicode() <= 0x7f;
}

/// Places of a text that its key may be taken from, the best ones first.
QList<qsizetype> placesOf(const QString &plain)
{
    QList<qsizetype> places;
    for (const bool beginnings : {true, false}) {
        for (qsizetype at = 0; at < plain.size(); ++at) {
            const bool begins = at == 0 || !plain.at(at - 1).isLetterOrNumber();
            if (begins == beginnings && canBePressed(plain.at(at)))
                places.append(at);
        }
    }
    return places;
}

/// One text of those that want a key.
struct Seeker {
    QAction *action;
    QString plain;
    QList<qsizetype> places;
    qsizetype place = -1;

    QChar keyAt(qsizetype at) const { return plain.at(at).toCaseFolded(); }
};

/// Finds a place for `seeker`, moving others to another of their places where that helps.
bool findPlace(QList<Seeker> &all, qsizetype seeker, QSet<QChar> &tried)
{
    const QList<qsizetype> places = all.at(seeker).places;
    for (const bool moves : {false, true}) {
        for (const qsizetype at : places) {
            const QChar key = all.at(seeker).keyAt(at);
            const auto holder = std::find_if(all.cbegin(), all.cend(), [key](const Seeker &each) {
                return each.place >= 0 && each.keyAt(each.place) == key;
            });
            if (holder != all.cend() && (!moves || tried.contains(key)))
                continue;
            tried.insert(key);
            if (holder == all.cend() || findPlace(all, holder - all.cbegin(), tried)) {
                all[seeker].place = at;
                return true;
            }
        }
    }
    return false;
}

} // namespace

QString withoutAccessKey(const QString &text)
{
    QString plain;
    for (qsizetype at = 0; at < text.size(); ++at) {
        // A doubled mark is the character itself, and stays what it is.
        if (text.at(at) == u'&' && text.mid(at + 1, 1) == u"&")
            plain.append(u"&&"), ++at;
        else if (text.at(at) != u'&')
            plain.append(text.at(at));
    }
    return plain;
}

void giveAccessKeys(const QList<QAction *> &actions)
{
    QList<Seeker> seekers;
    for (QAction *action : actions) {
        const QString plain = withoutAccessKey(action->text());
        if (!action->isSeparator() && action->isVisible() && !placesOf(plain).isEmpty())
            seekers.append({action, plain, placesOf(plain)});
    }
    for (qsizetype i = 0; i < seekers.size(); ++i) {
        QSet<QChar> tried;
        if (!findPlace(seekers, i, tried))
            seekers[i].place = seekers.at(i).places.constFirst();
    }
    for (const Seeker &seeker : std::as_const(seekers)) {
        QString text = seeker.plain;
        text.insert(seeker.place, u'&');
        if (seeker.action->text() != text)
            seeker.action->setText(text);
    }
}

void keepAccessKeys(QMenu &menu)
{
    const auto give = [&menu] {
        const auto actions = menu.actions();
        giveAccessKeys(actions);
        for (const QAction *action : actions) {
            if (action->menu())
                giveAccessKeys(action->menu()->actions());
        }
    };
    QObject::connect(&menu, &QMenu::aboutToShow, &menu, give);
    give();
}

} // namespace countermand

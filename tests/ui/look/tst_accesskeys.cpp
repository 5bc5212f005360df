#include "ui/look/accesskeys.h"

#include <QAction>
#include <QMenu>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

/// Every item of a menu has a letter to press, and no two the same.
class TestAccessKeys : public QObject
{
    Q_OBJECT

private slots:
    void everyItemHasItsOwn();
    void textsComeBack();
    void menusKeepThem();
};

void TestAccessKeys::everyItemHasItsOwn()
{
    QMenu menu;
    for (const QString &text : {u"Cancel selected…"_s, u"Cancel all shown (4)…"_s, u"Copy order id"_s, u"Copy row"_s,
                                u"Refresh"_s, u"Reset columns"_s})
        menu.addAction(text);
    menu.addSeparator();
    giveAccessKeys(menu.actions());
    QStringList texts;
    for (const QAction *action : menu.actions()) {
        if (!action->isSeparator())
            texts.append(action->text());
    }
    QCOMPARE(texts.join(u'|'),
             u"&Cancel selected…|Cancel &all shown (4)…|Copy &order id|Copy &row|R&efresh|Re&set columns"_s);
    // Once more changes nothing, and a new one takes what is free.
    giveAccessKeys(menu.actions());
    QCOMPARE(menu.actions().constFirst()->text(), texts.constFirst());
}

void TestAccessKeys::textsComeBack()
{
    QCOMPARE(withoutAccessKey(u"Copy &order id"_s), u"Copy order id"_s);
    QCOMPARE(withoutAccessKey(u"Me && &Co"_s), u"Me && Co"_s);
    QAction account(u"Me && Co"_s);
    giveAccessKeys({&account});
    QCOMPARE(account.text(), u"&Me && Co"_s);
    QAction none(u"…"_s);
    giveAccessKeys({&none});
    QCOMPARE(none.text(), u"…"_s);
}

void TestAccessKeys::menusKeepThem()
{
    QMenu menu;
    QMenu *inner = menu.addMenu(u"Theme"_s);
    inner->addAction(u"Dark"_s);
    keepAccessKeys(menu);
    QCOMPARE(inner->actions().constFirst()->text(), u"&Dark"_s);
    QCOMPARE(menu.actions().constFirst()->text(), u"&Theme"_s);
    QAction *later = menu.addAction(u"Tools"_s);
    emit menu.aboutToShow();
    QCOMPARE(later->text(), u"T&ools"_s);
}

QTEST_MAIN(TestAccessKeys)
#include "tst_accesskeys.moc"

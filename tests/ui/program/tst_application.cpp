#include "tests/support/waiting.h"
#include "ui/account/accountdialog.h"
#include "ui/account/secretedit.h"
#include "ui/program/application.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QTest>
#include <QWindow>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// Does as the toolkit's bridge to the accessibility bus does: is told of every key from outside before its window,
/// and hands it over later, as one from inside.
class KeyTeller : public QObject
{
public:
    using QObject::QObject;
    QString told;

protected:
    bool eventFilter(QObject *target, QEvent *event) override
    {
        if (!event->spontaneous() || (event->type() != QEvent::KeyPress && event->type() != QEvent::KeyRelease))
            return false;
        const auto *key = static_cast<QKeyEvent *>(event);
        if (event->type() == QEvent::KeyPress)
            told += key->text();
        QCoreApplication::postEvent(target, key->clone());
        return true;
    }
};

/// As from the keyboard, at the window.
void pressKeys(const QWidget &window, const QString &text)
{
    for (const QChar character : text)
        QTest::keyClick(window.windowHandle(), character.toLatin1());
    QCoreApplication::processEvents();
}

} // namespace

class TestApplication : public QObject
{
    Q_OBJECT

private slots:
    void keysOfASecretAreNotTold()
    {
        KeyTeller teller;
        AccountDialog dialog(QStringList(), nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(waitForActive(&dialog));
        auto *secret = dialog.findChild<SecretEdit *>();
        auto *name = dialog.findChild<QLineEdit *>(u"accountNameEdit"_s);
        qApp->installEventFilter(&teller);
        secret->setFocus();
        pressKeys(dialog, u"secret7"_s);
        QCOMPARE(secret->secret(), u"secret7"_s);
        // A tool that comes later stands before whoever came earlier.
        qApp->installEventFilter(&teller);
        pressKeys(dialog, u"x"_s);
        QTest::keyClick(dialog.windowHandle(), Qt::Key_Backspace);
        pressKeys(dialog, u"8"_s);
        QCOMPARE(secret->secret(), u"secret78"_s);
        // What follows a key that moves the focus could be the secret's.
        name->setFocus();
        name->clear();
        pressKeys(dialog, u"name"_s);
        QCOMPARE(name->text(), u"name"_s);
        QCOMPARE(teller.told, QString());
    }

    void keysElsewhereAreTold()
    {
        KeyTeller teller;
        QLineEdit edit;
        edit.show();
        QVERIFY(waitForActive(&edit));
        qApp->installEventFilter(&teller);
        pressKeys(edit, u"filter"_s);
        QTRY_COMPARE(edit.text(), u"filter"_s);
        QCOMPARE(teller.told, u"filter"_s);
    }
};

int main(int argc, char **argv)
{
    Application application(argc, argv);
    TestApplication test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_application.moc"

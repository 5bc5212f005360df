// Pictures of dialogs and pages for the eye: ui_dialoggallery <folder> [light|dark] [long]. Not shipped, not a test.
#include "tests/support/waiting.h"
#include "tests/ui/dialogsamples.h"
#include "tests/ui/sampleorders.h"
#include "ui/account/accountdialog.h"
#include "ui/account/forgetdialog.h"
#include "ui/account/keychainpage.h"
#include "ui/account/secretedit.h"
#include "ui/account/unlockpage.h"
#include "ui/account/welcomepage.h"
#include "ui/activity/clearactivitydialog.h"
#include "ui/cancel/bulkcanceldialog.h"
#include "ui/cancel/confirmcanceldialog.h"
#include "ui/cancel/detailsdialog.h"
#include "ui/cancel/recordquestion.h"
#include "ui/look/theme.h"
#include "ui/table/listpages.h"
#include "ui/window/aboutdialog.h"
#include "ui/window/commands.h"
#include "ui/window/instantcanceldialog.h"
#include "ui/window/preferencesdialog.h"
#include "ui/window/quitdialog.h"
#include "ui/window/shortcutsdialog.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QString folder;
QString suffix;

void picture(QWidget *widget, const QString &name)
{
    widget->show();
    if (!waitForActive(widget))
        qWarning("%s did not become active", qPrintable(name));
    QTest::qWait(20);
    widget->grab().save(folder + u'/' + name + suffix + u".png"_s);
}

Order longOrder()
{
    Order order = samples::partlyFilled();
    order.id = OrderId(u"9223372036854775807"_s);
    order.base = u"1000000SHIBAINU"_s;
    order.type = OrderType::Other;
    order.typeWord = u"a quite unusual kind of order that was named after this program had been written"_s;
    order.price = Decimal::fromText(u"123456789.123456789");
    order.takeProfitPrice = Decimal::fromText(u"223456789.123456789");
    order.stopLossPrice = Decimal::fromText(u"0.000000000123456789");
    order.quantity = Decimal(1234567890);
    order.filledQuantity = Decimal(234567890);
    order.remainingQuantity = Decimal(1000000000);
    return order;
}

void confirmations(bool longWords)
{
    const Order order = longWords ? longOrder() : samples::partlyFilled();
    auto *dialog = new ConfirmCancelDialog(samples::live(), order, {2s}, samples::now(), nullptr);
    picture(dialog, u"confirm-opening"_s);
    QTest::qWait(700);
    picture(dialog, u"confirm"_s);
    Order changed = order;
    changed.filledQuantity = Decimal(4);
    changed.remainingQuantity = Decimal(1);
    changed.stopLossPrice = Decimal::fromText(u"61000.0");
    dialog->setRowAge({44s}, samples::now());
    dialog->updateOrder(changed, samples::now());
    picture(dialog, u"confirm-changed"_s);
    dialog->orderGone(u"Filled: 5 of 5."_s);
    picture(dialog, u"confirm-gone"_s);
    dialog->close();
    auto *practice = new ConfirmCancelDialog(samples::practice(), samples::trailing(), {2s}, samples::now(), nullptr);
    picture(practice, u"confirm-practice"_s);
    QTest::qWait(700);
    QTest::keyClick(practice->focusWidget(), Qt::Key_Tab);
    picture(practice, u"confirm-practice-focus"_s);
    practice->close();
    auto *server = new ConfirmCancelDialog(samples::testServer(), samples::plain(), {2s}, samples::now(), nullptr);
    picture(server, u"confirm-server"_s);
    server->close();
}

void accounts()
{
    auto *add = new AccountDialog(QStringList(), nullptr);
    picture(add, u"account-add"_s);
    add->findChild<QLineEdit *>(u"accountNameEdit"_s)->setText(u"Main account"_s);
    add->findChild<QLineEdit *>(u"apiKeyEdit"_s)->setText(u"a1b2c3d4-0000-4000-8000-1234567890ab"_s);
    auto *secret = add->findChild<SecretEdit *>(u"secretEdit"_s);
    secret->setSecret(u"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"_s);
    add->setTestResults({{TestMark::Passed, u"Reached CoinW"_s},
                         {TestMark::Passed, u"Secure connection"_s},
                         {TestMark::Passed, u"Key accepted"_s},
                         {TestMark::Info, u"Clock differs by 0.2 s"_s},
                         {TestMark::Info, u"14 open orders"_s}});
    picture(add, u"account-tested"_s);
    secret->setRevealed(true);
    picture(add, u"account-revealed"_s);
    secret->setRevealed(false);
    add->setTestResults(
        {{TestMark::Passed, u"Reached CoinW"_s},
         {TestMark::Failed, u"Key refused (6001 a rather long message of the exchange that needs more than one line "
                            "of this list to be read as a whole)"_s}});
    add->offerMemory();
    picture(add, u"account-refused"_s);
    add->setBusy(true, u"Waiting for the keychain…"_s);
    picture(add, u"account-busy"_s);
    add->setBusy(false);
    secret->setSecret(u"a1b2c3d4-0000-4000-8000-1234567890ab"_s);
    add->findChild<QLineEdit *>(u"accountNameEdit"_s)->clear();
    add->setTestResults({});
    add->showProblem({});
    add->findChild<QPushButton *>(u"accountSaveButton"_s)->click();
    picture(add, u"account-problems"_s);
    add->close();
    auto *edit = new AccountDialog(samples::live(), u"a1b2c3d4-0000-4000-8000-1234567890ab"_s, {}, nullptr);
    picture(edit, u"account-edit"_s);
    edit->close();
}

QDialog *bulkDialog(bool longWords)
{
    BulkQuestion question;
    question.account = samples::live();
    question.orders = sample::startList();
    if (longWords)
        question.orders.append(longOrder());
    question.isAll = true;
    question.hidden = {question.orders.at(0).id, question.orders.at(1).id};
    question.uncheckedNotice = u"Untriggered conditional orders were checked for 4 of 391 instruments only."_s;
    question.age = {std::chrono::seconds(42)};
    return new BulkCancelDialog(question, samples::now(), nullptr);
}

void otherDialogs(bool longWords)
{
    QMenuBar menus;
    const QList<std::pair<QDialog *, QString>> dialogs{
        {new DetailsDialog(samples::live(), longWords ? longOrder() : samples::partlyFilled(), samples::now(),
                           nullptr),
         u"details"_s},
        {new DetailsDialog(u"Not canceled — rejected"_s,
                           u"Order: 33308741701971947\nCode: 9111\nMessage: The contract can not be traded at this "
                           "moment, please try again when the market has opened\nHTTP status: 200"_s,
                           nullptr),
         u"details-outcome"_s},
        {bulkDialog(longWords), u"bulk"_s},
        {new PreferencesDialog({}, u"Main account"_s, nullptr), u"preferences"_s},
        {new InstantCancelDialog(u"Main account"_s, nullptr), u"instant"_s},
        {new ClearActivityDialog(120, nullptr), u"clear-activity"_s},
        {new QuitDialog(3, 1, nullptr), u"quit"_s},
        {new ForgetDialog(u"Main account of the firm"_s, nullptr), u"forget"_s},
        {new RecordQuestion(samples::live(), samples::plain(), 1, u"No space left on device"_s, nullptr),
         u"record"_s},
        {new ShortcutsDialog(WindowCommands(menus).shortcutLines(), nullptr), u"shortcuts"_s},
        {new AboutDialog(u"0.1.0"_s, nullptr), u"about"_s},
    };
    for (const auto &[dialog, name] : dialogs) {
        picture(dialog, name);
        dialog->close();
    }
}

void pages()
{
    const auto shoot = [](QWidget &page, const QString &name, QSize size = QSize(880, 420)) {
        page.resize(size);
        picture(&page, name);
        page.hide();
    };
    WelcomePage welcome(nullptr);
    shoot(welcome, u"welcome"_s);
    UnlockPage unlock(nullptr);
    shoot(unlock, u"unlock"_s);
    KeychainPage keychain(nullptr);
    keychain.setProblem({KeychainProblem::NoKeychain, {}}, u"Main account"_s);
    shoot(keychain, u"keychain-none"_s);
    keychain.setProblem({KeychainProblem::NoEntry, {}}, u"Main account"_s);
    shoot(keychain, u"keychain-noentry"_s);
    keychain.setProblem({KeychainProblem::Other, u"org.freedesktop.DBus.Error.NoReply"_s}, u"Main account"_s);
    shoot(keychain, u"keychain-other"_s);
    EmptyPage empty(nullptr);
    shoot(empty, u"empty"_s);
    LoadingPage loading(nullptr);
    loading.setProgress(2, 5);
    shoot(loading, u"loading"_s);
    ErrorPage error(nullptr);
    error.setReason(u"no connection: Connection refused by api.coinw.com, and the network said nothing more"_s);
    shoot(error, u"error"_s);
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        qWarning("usage: ui_dialoggallery <folder> [light|dark] [long]");
        return 2;
    }
    folder = arguments[1];
    QDir().mkpath(folder);
    const bool dark = arguments.contains(u"dark"_s);
    const bool longWords = arguments.contains(u"long"_s);
    suffix = (dark ? u"-dark"_s : u"-light"_s) + (longWords ? u"-long"_s : QString());
    applyLook(*qApp, {.theme = dark ? ThemeChoice::Dark : ThemeChoice::Light}, QApplication::palette());
    if (longWords) {
        // Stands for a language whose words are longer.
        QFont wide = QApplication::font();
        wide.setStretch(140);
        QApplication::setFont(wide);
    }
    confirmations(longWords);
    accounts();
    otherDialogs(longWords);
    pages();
    return 0;
}

// Pictures of the widgets for the eye: ui_gallery <folder>. Not shipped, not a test.
#include "domain/cancelrecord.h"
#include "ui/account/badge.h"
#include "ui/account/practiceband.h"
#include "ui/look/accessible.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/notices/bannerarea.h"
#include "ui/notices/toaststrip.h"
#include "ui/window/statusline.h"
#include "ui/words/canceldetails.h"
#include "ui/words/cancelwords.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

CancelRecord recordAt(CancelStage stage)
{
    CancelRecord record;
    record.account = {u"1"_s, u"Main account"_s, Environment::Live, {}, 1};
    record.order.id = OrderId(u"33308741701971947"_s);
    record.order.instrument = u"BTC"_s;
    record.order.base = u"BTC"_s;
    record.order.quote = u"USDT"_s;
    record.order.positionSide = PositionSide::Long;
    record.order.positionEffect = PositionEffect::Open;
    record.order.type = OrderType::Limit;
    record.order.price = Decimal::fromText(u"64210.0");
    record.order.quantity = Decimal(5);
    record.order.filledQuantity = Decimal(2);
    record.order.remainingQuantity = Decimal(3);
    record.stage = stage;
    CancelOutcome outcome;
    outcome.latency = 84ms;
    record.outcome = outcome;
    return record;
}

ToastContent refusal(Refusal refusal, int code, const QString &message)
{
    CancelRecord record = recordAt(CancelStage::Rejected);
    record.outcome->kind = CancelOutcomeKind::Rejected;
    record.outcome->refusal = refusal;
    record.outcome->code = code;
    record.outcome->message = message;
    return toastFor(record, u"api.coinw.com"_s);
}

void save(QWidget &widget, const QString &folder, const QString &name)
{
    widget.show();
    QTest::qWait(300);
    const QString scale = QString::number(int(widget.devicePixelRatioF() * 100));
    const QString file = folder + u'/' + name + u'-' + scale + u".png"_s;
    if (!widget.grab().save(file))
        qWarning("not saved: %s", qPrintable(file));
}

void showToasts(const QString &folder, const QString &theme)
{
    QList<QList<ToastContent>> pages(3);
    CancelRecord unknown = recordAt(CancelStage::UnknownChecking);
    unknown.outcome->cause = ApiError::Cause::Timeout;
    CancelRecord gone = recordAt(CancelStage::GoneFilled);
    gone.outcome->code = 9012;
    gone.outcome->message = u"Position not found."_s;
    gone.averagePrice = Decimal::fromText(u"64210.0");
    pages[0] = {toastFor(recordAt(CancelStage::Sending), {}), toastFor(recordAt(CancelStage::Canceled), {}),
                toastFor(unknown, {}), toastFor(gone, {})};
    pages[1] = {keptToast(unknown.account, unknown.order), refusal(Refusal::Other, 9111, u"not tradable"_s),
                refusal(Refusal::SignIn, 6001, u"Signature verification failed"_s),
                refusal(Refusal::Other, 1, QString(u'x').repeated(200))};
    pages[2] = {refusal(Refusal::SignIn, 6001, u"Signature verification failed"_s),
                refusal(Refusal::RateLimit, 29001, u"too many"_s),
                toastFor(recordAt(CancelStage::UnknownStillOpen), {}),
                toastFor(recordAt(CancelStage::AcceptedStillListed), {}),
                toastFor(recordAt(CancelStage::UnknownUnresolved), {})};
    for (qsizetype page = 0; page < pages.size(); ++page) {
        QWidget window;
        window.resize(page == 1 ? 880 : 1000, 640);
        auto *column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        column->addWidget(new PracticeBand(&window));
        column->addWidget(new QTableWidget(3, 4, &window), 1);
        auto *strip = new ToastStrip(&window);
        column->addWidget(strip);
        auto *line = new StatusLine(&window);
        line->setConnection(page == 0 ? StatusConnection::Connected
                                      : (page == 1 ? StatusConnection::Offline : StatusConnection::Practice));
        line->setLatency(page == 1 ? 1400ms : 84ms);
        line->setClock(page == 1 ? 2400ms : 12ms);
        line->setUpdated(page == 1 ? 42s : 2s);
        line->setBudget(50, 50, page == 1 ? 3000ms : 0ms);
        line->setQueue(page == 2 ? 3 : 0);
        column->addWidget(line);
        int number = 0;
        for (const ToastContent &content : pages[page])
            strip->show(QString::number(++number), content);
        window.show();
        if (page == 2)
            strip->focusNewest();
        save(window, folder, u"toasts-%1-%2"_s.arg(theme, QString::number(page + 1)));
    }
}

void showControls(const QString &folder, const QString &theme)
{
    QWidget window;
    window.resize(900, 400);
    auto *column = new QVBoxLayout(&window);
    auto *area = new BannerArea(&window);
    area->show({{BannerKind::Stale, u"This list is 94 s old."_s, Severity::Warning, {u"Refresh"_s}},
                {BannerKind::Offline,
                 u"Offline. Orders can't be canceled until the connection is back. Last update 14:03:22."_s,
                 Severity::Error,
                 {u"Retry"_s}},
                {BannerKind::Recovered, u"2 cancels from last time had no answer. Checking…"_s, Severity::Unknown}});
    column->addWidget(area);

    auto *badges = new QHBoxLayout;
    for (const Account &account : {Account{u"1"_s, u"Main account"_s, Environment::Live, {}, 1},
                                   Account{u"2"_s, u"Hedge"_s, Environment::Live, {}, 7},
                                   Account{u"practice"_s, u"Practice"_s, Environment::Practice, {}, 0},
                                   Account{u"3"_s, u"Try"_s, Environment::TestServer, u"127.0.0.1:8443"_s, 2}}) {
        auto *badge = new AccountBadge(&window);
        badge->setAccount(account);
        badges->addWidget(badge);
    }
    badges->addStretch();
    column->addLayout(badges);

    auto *buttons = new QHBoxLayout;
    auto *keep = new QPushButton(u"Keep order"_s, &window);
    keep->setDefault(true);
    auto *cancel = new QPushButton(u"Cancel order"_s, &window);
    cancel->setProperty("danger", true);
    auto *off = new QPushButton(u"Cancel order"_s, &window);
    off->setProperty("danger", true);
    off->setEnabled(false);
    auto *plainOff = new QPushButton(u"Refresh"_s, &window);
    plainOff->setEnabled(false);
    auto *tool = new QToolButton(&window);
    tool->setIcon(tintedIcon(Icon::Refresh, themeOf(window.palette()).text, themeOf(window.palette()).text2));
    auto *menuTool = new QToolButton(&window);
    menuTool->setText(u"Account"_s);
    menuTool->setPopupMode(QToolButton::InstantPopup);
    menuTool->setMenu(new QMenu(menuTool));
    for (QWidget *widget : std::initializer_list<QWidget *>{keep, cancel, off, plainOff, tool, menuTool})
        buttons->addWidget(widget);
    buttons->addStretch();
    column->addLayout(buttons);

    auto *inputs = new QHBoxLayout;
    auto *edit = new QLineEdit(&window);
    edit->setPlaceholderText(u"Filter orders"_s);
    auto *wrong = new QLineEdit(u"px>>"_s, &window);
    wrong->setProperty("error", true);
    auto *disabled = new QLineEdit(u"disabled"_s, &window);
    disabled->setEnabled(false);
    auto *box = new QCheckBox(u"Live updates"_s, &window);
    auto *boxOn = new QCheckBox(u"Sounds"_s, &window);
    boxOn->setChecked(true);
    auto *radio = new QRadioButton(u"Keep them"_s, &window);
    radio->setChecked(true);
    auto *radioOff = new QRadioButton(u"Cancel them too"_s, &window);
    for (QWidget *widget : std::initializer_list<QWidget *>{edit, wrong, disabled, box, boxOn, radio, radioOff})
        inputs->addWidget(widget);
    column->addLayout(inputs);

    auto *icons = new QHBoxLayout;
    for (int icon = int(Icon::Ok); icon <= int(Icon::Live); ++icon) {
        auto *label = new QLabel(&window);
        label->setPixmap(iconPixmap(Icon(icon), themeOf(window.palette()).text, 16, window.devicePixelRatioF()));
        icons->addWidget(label);
    }
    icons->addStretch();
    column->addLayout(icons);
    auto *details = new QLabel(outcomeDetails(recordAt(CancelStage::Canceled)), &window);
    column->addWidget(details);
    column->addStretch();
    window.show();
    cancel->setFocus();
    save(window, folder, u"controls-%1"_s.arg(theme));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc < 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        qWarning("ui_gallery <folder>");
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    installAccessibleToasts();
    for (const bool dark : {false, true}) {
        applyLook(application, {.theme = dark ? ThemeChoice::Dark : ThemeChoice::Light}, application.palette());
        const QString theme = dark ? u"dark"_s : u"light"_s;
        showToasts(folder, theme);
        showControls(folder, theme);
    }
    return 0;
}

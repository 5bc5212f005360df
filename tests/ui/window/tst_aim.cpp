#include "openwindow.h"
#include "tests/support/waiting.h"
#include "ui/cancel/bulkcanceldialog.h"
#include "ui/cancel/confirmcanceldialog.h"
#include "ui/look/theme.h"
#include "ui/notices/bannerarea.h"
#include "ui/notices/toaststrip.h"
#include "ui/table/filterbox.h"
#include "ui/table/orderdelegate.h"
#include "ui/table/orderselection.h"
#include "ui/table/ordersheader.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"
#include "ui/window/commands.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QPointer>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <QWindow>

#include <algorithm>
#include <functional>
#include <memory>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Something that may move rows, and its end.
struct Happening {
    QString name;
    std::function<void()> show;
    std::function<void()> hide;
    /// Wherever the pointer is, no row moves.
    bool leavesRows = false;
};

} // namespace

/// The pointer rests on a row's Action cell, something comes or goes, and the button is pressed: that row's order is
/// asked about, or none. What lies under the pointer is watched on its own, by where the rows are; the clock of the
/// table is the test's.
class TestAim : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyLook(*qApp, {.theme = ThemeChoice::Light}, qApp->palette()); }
    void init();
    void cleanup();
    void everyHappening_data();
    void everyHappening();
    void randomSequences_data();
    void randomSequences();
    void toastsGiveTheirRoomBack();

private:
    using Time = std::chrono::steady_clock::time_point;

    OrdersView &table() const { return *m_open->window.findChild<OrdersView *>(); }
    QList<Happening> happenings();
    void setOrders(const std::function<void(QList<Order> &)> &change);

    void settle();
    void pass(std::chrono::milliseconds time);
    bool isCovered() const;
    /// The order at the pointer, by geometry alone.
    OrderId atPointer() const;
    void note();
    bool isOnButton() const;
    /// Puts the pointer on the Action cell of this row, or the nearest; the order's id.
    OrderId aimAt(int row);
    /// The one order that lay at the pointer for the last 600 ms; an empty id if several did, or none.
    OrderId aimed() const;
    /// Presses where the pointer is: the order that is asked about; an empty id if none is.
    OrderId press();
    void pressAndCompare(const QString &what);

    std::unique_ptr<OpenWindow> m_open;
    Time m_time{};
    QPoint m_pointer;
    QList<std::pair<Time, OrderId>> m_seen;
    /// A dialog that comes and goes over the pointer.
    QPointer<QDialog> m_cover;
    int m_refused = 0;
    int m_taken = 0;
};

void TestAim::init()
{
    m_open = std::make_unique<OpenWindow>();
    MainWindow &window = m_open->window;
    Preferences preferences;
    preferences.reducedMotion = true;
    window.setPreferences(preferences);
    window.setGeometry(100, 150, 1200, 700);
    window.show();
    QVERIFY(waitForExposed(&window));
    m_open->network->perform(PracticeCommand::Add15);
    m_open->network->perform(PracticeCommand::Add15);
    m_open->session->start({});
    QTRY_COMPARE(table().rows().shownCount(), 38);
    QTRY_VERIFY(m_open->session->feed().status().loaded);
    // From here on the list is the test's.
    m_open->session->feed().stop();
    table().setClock([this] { return m_time; });
    // Later than what the table has seen so far.
    m_time = std::chrono::steady_clock::now() + 1h;
    settle();
    m_seen.clear();
}

void TestAim::cleanup()
{
    m_open.reset();
}

void TestAim::settle()
{
    // What one event posts, such as a layout, may post another.
    for (int round = 0; round < 3; ++round)
        QCoreApplication::processEvents();
}

bool TestAim::isCovered() const
{
    return m_cover && m_cover->isVisible() && m_cover->frameGeometry().contains(m_pointer);
}

OrderId TestAim::atPointer() const
{
    const QWidget *cells = table().viewport();
    const QPoint at = cells->mapFromGlobal(m_pointer);
    const bool isSeen = cells->isVisible() && cells->rect().contains(at) && !isCovered();
    const int row = isSeen ? table().rowAt(at.y()) : -1;
    return row < 0 ? OrderId() : table().rows().idAt(row);
}

void TestAim::note()
{
    settle();
    m_seen.append({m_time, atPointer()});
}

void TestAim::pass(std::chrono::milliseconds time)
{
    note();
    m_time += time;
    note();
}

bool TestAim::isOnButton() const
{
    const QPoint at = table().viewport()->mapFromGlobal(m_pointer);
    const QModelIndex index = table().indexAt(at);
    return index.column() == OrderColumns::Action &&
           OrderDelegate::buttonHitRect(table().visualRect(index)).contains(at);
}

OrderId TestAim::aimAt(int row)
{
    const OrdersTable &rows = table().rows();
    row = std::min(row, rows.rowCount() - 1);
    while (rows.isGroup(row))
        ++row;
    QModelIndex index = rows.index(row, OrderColumns::Action);
    if (!table().viewport()->rect().contains(table().visualRect(index))) {
        table().scrollTo(index, QAbstractItemView::PositionAtCenter);
        settle();
    }
    const QRect cell = table().visualRect(index);
    m_pointer = table().viewport()->mapToGlobal(cell.center());
    m_seen.clear();
    QWindow *window = m_open->window.windowHandle();
    QTest::mouseMove(window, window->mapFromGlobal(m_pointer));
    pass(2s);
    return atPointer();
}

OrderId TestAim::aimed() const
{
    OrderId only = m_seen.constLast().second;
    for (qsizetype index = m_seen.size() - 1; index >= 0; --index) {
        const auto &[since, id] = m_seen.at(index);
        if (id != only)
            return {};
        if (m_time - since >= 600ms)
            return only;
    }
    return {};
}

OrderId TestAim::press()
{
    QSignalSpy asked(&table(), &OrdersView::cancelRequested);
    QSignalSpy ignored(&table(), &OrdersView::clickIgnoredAfterMove);
    QWindow *window = m_open->window.windowHandle();
    const QPoint at = window->mapFromGlobal(m_pointer);
    if (!window->isVisible() || !QRect(QPoint(), window->size()).contains(at) || isCovered())
        return {};
    QTest::mouseClick(window, Qt::LeftButton, {}, at);
    m_refused += int(ignored.size());
    // The button in the heading of a group asks about all of it.
    if (auto *aboutMany = m_open->window.findChild<BulkCancelDialog *>()) {
        aboutMany->reject();
        settle();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    if (asked.isEmpty())
        return {};
    ++m_taken;
    const auto id = asked.constFirst().constFirst().value<OrderId>();
    auto *question = m_open->window.findChild<ConfirmCancelDialog *>();
    // With instant cancel on it may be under way already.
    const auto wrong = [&id] { return OrderId(u"something else than "_s + id.text()); };
    if (!question)
        return m_open->session->orders().stageOf(id) ? id : wrong();
    if (question->orderId() != id)
        return wrong();
    question->reject();
    settle();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return id;
}

void TestAim::pressAndCompare(const QString &what)
{
    note();
    const OrderId meant = aimed();
    const bool isFree = table().selection().isFree(meant);
    const OrderId here = atPointer();
    const bool isButton = !here.isEmpty() && isOnButton();
    const int refused = m_refused;
    const OrderId asked = press();
    const OrderId wanted = isFree && isButton ? meant : OrderId();
    QVERIFY2(asked == wanted, qPrintable(u"%1: asked about “%2” instead of “%3”; at the pointer lies “%4”"_s.arg(
                                  what, asked.tail(), wanted.tail(), here.tail())));
    if (meant.isEmpty() && isButton)
        QVERIFY2(m_refused == refused + 1, qPrintable(what + u": nothing is said"_s));
    m_open->window.toasts().clear();
    settle();
}

void TestAim::setOrders(const std::function<void(QList<Order> &)> &change)
{
    OpenOrders &model = m_open->session->feed().orders();
    QList<Order> orders;
    for (const auto &[id, row] : model.rows())
        orders.append(row.order);
    std::stable_sort(orders.begin(), orders.end(),
                     [](const Order &a, const Order &b) { return a.placedAt < b.placedAt; });
    change(orders);
    model.setSnapshot(orders);
}

QList<Happening> TestAim::happenings()
{
    MainWindow &window = m_open->window;
    auto *banners = window.findChild<BannerArea *>(u"bannerArea"_s);
    QList<Happening> all;
    for (const BannerKind kind : {BannerKind::Offline, BannerKind::Key, BannerKind::Notice, BannerKind::Recovered,
                                  BannerKind::Partial, BannerKind::Kind, BannerKind::Rate, BannerKind::Scan,
                                  BannerKind::Count, BannerKind::Stale, BannerKind::Skipped}) {
        all.append({u"banner "_s + bannerWord(kind),
                    [=] {
                        banners->show({{kind, u"This list is 94 s old."_s, Severity::Warning, {u"Retry"_s}}});
                    },
                    [=] { banners->show(QList<BannerContent>()); }, true});
    }
    all.append({u"three banners"_s,
                [=] {
                    banners->show({{BannerKind::Offline, QString(300, u'W'), Severity::Error, {u"Retry"_s}},
                                   {BannerKind::Count, u"CoinW reports 60 open orders, 38 are listed."_s},
                                   {BannerKind::Rate, u"Rate limit: paused for 3 s."_s}});
                },
                [=] { banners->show(QList<BannerContent>()); }, true});
    ToastStrip *toasts = &window.toasts();
    for (const Severity severity : {Severity::Neutral, Severity::Success, Severity::Warning, Severity::Error,
                                    Severity::Unknown, Severity::Progress}) {
        const auto content = [=] {
            ToastContent toast;
            toast.severity = severity;
            toast.headline = u"Canceled"_s;
            toast.text = u"BTC-USDT Open long 3 cont. at 64,210.0 · order …1947"_s;
            return toast;
        };
        all.append({u"toast %1"_s.arg(int(severity)), [=] { toasts->show(u"aim"_s, content()); },
                    [=] { toasts->remove(u"aim"_s); }});
    }
    all.append({u"four toasts"_s,
                [=] {
                    for (int number = 0; number < 4; ++number) {
                        ToastContent toast;
                        toast.severity = Severity::Error;
                        toast.headline = u"Not canceled"_s;
                        toasts->show(u"aim%1"_s.arg(number), toast);
                    }
                },
                [=] { toasts->clear(); }});
    QAction *dock = window.commands().action(Command::ShowActivity);
    all.append({u"dock"_s, [=] { dock->setChecked(true); }, [=] { dock->setChecked(false); }});
    auto *filter = window.findChild<FilterBox *>();
    all.append({u"filter error"_s,
                [=] {
                    filter->setFocus();
                    filter->apply(u"px>>"_s);
                },
                [=] { filter->apply({}); }, true});
    all.append({u"filter error left"_s,
                [=] {
                    filter->setFocus();
                    filter->apply(u"px>>"_s);
                },
                [this] { table().setFocus(); }, true});
    all.append({u"filter"_s, [=] { filter->apply(u"btc"_s); }, [=] { filter->apply({}); }});
    all.append({u"an order above goes"_s, [this] { setOrders([](QList<Order> &orders) { orders.removeFirst(); }); },
                [this] {
                    setOrders([](QList<Order> &orders) {
                        orders.append(orders.constFirst());
                        orders.last().id = OrderId(u"P-33308741700008801"_s);
                        orders.last().placedAt = orders.constFirst().placedAt.addSecs(-5);
                    });
                }});
    all.append({u"orders above come, let in"_s,
                [this] {
                    setOrders([](QList<Order> &orders) {
                        orders.append(orders.constFirst());
                        orders.last().id = OrderId(u"P-33308741700008802"_s);
                        orders.last().placedAt = orders.constFirst().placedAt.addSecs(-9);
                    });
                    table().rows().applyWaiting();
                },
                [this] {
                    setOrders([](QList<Order> &orders) { orders.removeFirst(); });
                    table().rows().applyWaiting();
                }});
    all.append({u"values change"_s,
                [this] {
                    setOrders([](QList<Order> &orders) {
                        for (Order &order : orders)
                            order.price = Decimal(7);
                    });
                },
                [this] { table().rows().applyWaiting(); }});
    all.append({u"sort"_s, [this] { table().sortByColumn(OrderColumns::Price, Qt::DescendingOrder); },
                [this] { table().sortByColumn(OrderColumns::Placed, Qt::AscendingOrder); }});
    all.append({u"groups"_s, [this] { table().setGroupBy(GroupBy::Instrument); },
                [this] { table().setGroupBy(GroupBy::None); }});
    all.append({u"row height"_s, [this] { table().setRowHeight(OrdersView::RowHeight::Roomy); },
                [this] { table().setRowHeight(OrdersView::RowHeight::Normal); }});
    const auto turn = [this](int delta) {
        const QPoint at = table().viewport()->mapFromGlobal(m_pointer);
        QWheelEvent event(at, m_pointer, {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(table().viewport(), &event);
    };
    all.append({u"wheel"_s, [=] { turn(-120); }, [=] { turn(120); }});
    QScrollBar *bar = table().verticalScrollBar();
    all.append(
        {u"scroll bar"_s, [=] { bar->setValue(bar->value() + 28); }, [=] { bar->setValue(bar->value() - 28); }});
    all.append({u"font"_s,
                [&window] {
                    QFont font = window.font();
                    font.setPointSize(font.pointSize() + 4);
                    window.setFont(font);
                },
                [&window] { window.setFont(QFont()); }});
    const auto resizeBy = [&window](int width, int height) { window.resize(window.size() + QSize(width, height)); };
    const auto moveBy = [&window](int x, int y) { window.move(window.pos() + QPoint(x, y)); };
    all.append({u"window moved down"_s, [=] { moveBy(0, 28); }, [=] { moveBy(0, -28); }});
    all.append({u"window moved a bit"_s, [=] { moveBy(3, 2); }, [=] { moveBy(-3, -2); }});
    all.append({u"window moved aside"_s, [=] { moveBy(60, 0); }, [=] { moveBy(-60, 0); }});
    all.append({u"window higher"_s, [=] { resizeBy(0, 100); }, [=] { resizeBy(0, -100); }});
    all.append({u"window lower"_s, [=] { resizeBy(0, -150); }, [=] { resizeBy(0, 150); }});
    all.append({u"window wider"_s, [=] { resizeBy(200, 0); }, [=] { resizeBy(-200, 0); }});
    all.append({u"window away"_s,
                [this, &window] {
                    window.hide();
                    pass(1ms);
                },
                [&window] {
                    window.show();
                    QVERIFY(waitForExposed(&window));
                }});
    if (!m_cover)
        m_cover = new QDialog(&window);
    all.append({u"dialog over it"_s,
                [this] {
                    m_cover->setGeometry(QRect(m_pointer - QPoint(40, 12), QSize(80, 24)));
                    m_cover->show();
                    QVERIFY(waitForExposed(m_cover));
                },
                [this] { m_cover->hide(); }});
    auto *band = window.findChild<QWidget *>(u"practiceBand"_s);
    all.append({u"band"_s, [=] { band->hide(); }, [=] { band->show(); }});
    all.append({u"columns"_s, [this] { table().columns().hideSection(OrderColumns::Placed); },
                [this] { table().columns().showSection(OrderColumns::Placed); }, true});
    return all;
}

void TestAim::everyHappening_data()
{
    QTest::addColumn<bool>("instant");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("scrolledTo");
    for (const bool instant : {false, true}) {
        const QString mode = instant ? u"instant cancel, "_s : QString();
        QTest::newRow(qPrintable(mode + u"at the top"_s)) << instant << 3 << 0;
        QTest::newRow(qPrintable(mode + u"in the middle"_s)) << instant << 14 << 112;
        QTest::newRow(qPrintable(mode + u"at the end"_s)) << instant << 33 << 10000;
    }
}

void TestAim::everyHappening()
{
    QFETCH(const bool, instant);
    QFETCH(const int, row);
    QFETCH(const int, scrolledTo);
    Preferences preferences;
    preferences.reducedMotion = true;
    preferences.instantCancel = instant;
    m_open->window.setPreferences(preferences);
    m_taken = 0;
    m_refused = 0;
    const QList<Happening> all = happenings();
    // With instant cancel on an order that was taken is not there again.
    const auto waits = instant ? QList{0ms, 600ms} : QList{0ms, 599ms, 600ms};
    for (const auto wait : waits) {
        for (const Happening &happening : all) {
            for (const bool comes : {true, false}) {
                const QString what =
                    u"%1 %2, after %3 ms"_s.arg(happening.name, comes ? u"comes"_s : u"goes"_s).arg(wait.count());
                table().verticalScrollBar()->setValue(std::min(scrolledTo, table().verticalScrollBar()->maximum()));
                settle();
                // A window that is away has no rows.
                const bool isSeen = m_open->window.isVisible();
                const OrderId aim = isSeen ? aimAt(row) : OrderId();
                QVERIFY2(!isSeen || isCovered() || !aim.isEmpty(), qPrintable(what));
                comes ? happening.show() : happening.hide();
                pass(wait);
                if (happening.leavesRows)
                    QVERIFY2(atPointer() == aim, qPrintable(what + u": a row has moved"_s));
                pressAndCompare(what);
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }
    // Both have happened: otherwise nothing has been tested.
    QVERIFY(m_taken > (instant ? 10 : 100));
    QVERIFY(m_refused > (instant ? 5 : 20));
}

void TestAim::randomSequences_data()
{
    QTest::addColumn<bool>("instant");
    QTest::newRow("asking") << false;
    QTest::newRow("instant cancel") << true;
}

void TestAim::randomSequences()
{
    QFETCH(const bool, instant);
    m_taken = 0;
    m_refused = 0;
    Preferences preferences;
    preferences.reducedMotion = true;
    preferences.instantCancel = instant;
    constexpr int sequences = 100;
    for (int sequence = 0; sequence < sequences; ++sequence) {
        if (sequence % 10 == 0) {
            cleanup();
            init();
        }
        m_open->window.setPreferences(preferences);
        m_open->window.setGeometry(100, 150, 1200, 700);
        m_open->window.show();
        QVERIFY(waitForExposed(&m_open->window));
        QRandomGenerator random(quint32(sequence) + (instant ? 1000 : 0));
        const QList<Happening> all = happenings();
        QScrollBar *bar = table().verticalScrollBar();
        settle();
        bar->setValue(random.bounded(bar->maximum() + 1));
        settle();
        const int first = table().rowAt(0) + 1;
        const int last = table().rowAt(table().viewport()->height() - 1) - 1;
        int row = first < last ? random.bounded(first, last) : first;
        if (table().rows().isGroup(row))
            ++row;
        QString what = u"sequence %1:"_s.arg(sequence);
        if (aimAt(row).isEmpty())
            continue;
        const int steps = random.bounded(1, 6);
        for (int step = 0; step < steps; ++step) {
            const Happening &happening = all.at(random.bounded(int(all.size())));
            const bool comes = random.bounded(2) == 0;
            const int wait = QList<int>{0, 50, 200, 599, 600, 1500}.at(random.bounded(6));
            comes ? happening.show() : happening.hide();
            pass(std::chrono::milliseconds(wait));
            what += u" %1 %2, %3 ms;"_s.arg(happening.name, comes ? u"comes"_s : u"goes"_s).arg(wait);
        }
        pressAndCompare(what);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY(m_taken > 20);
    QVERIFY(m_refused > 5);
}

void TestAim::toastsGiveTheirRoomBack()
{
    ToastStrip &toasts = m_open->window.toasts();
    ToastContent content;
    content.severity = Severity::Error;
    content.headline = u"Not canceled"_s;
    const auto show = [&] {
        toasts.show(u"aim"_s, content);
        settle();
    };
    const auto remove = [&] {
        toasts.remove(u"aim"_s);
        settle();
    };
    // With the pointer on a row: at the top and in the middle at once.
    for (const int scrolledTo : {0, 112}) {
        table().verticalScrollBar()->setValue(scrolledTo);
        aimAt(scrolledTo / 28 + 4);
        show();
        QVERIFY(toasts.height() > 0);
        remove();
        QCOMPARE(toasts.height(), 0);
    }
    // At the end the rows would move: when the table is scrolled on, or the pointer goes.
    const auto toTheEnd = [&] {
        show();
        table().verticalScrollBar()->setValue(table().verticalScrollBar()->maximum());
        settle();
        aimAt(table().rows().rowCount() - 3);
    };
    toTheEnd();
    const OrderId aim = atPointer();
    const int height = toasts.height();
    remove();
    QCOMPARE(toasts.height(), height);
    QCOMPARE(atPointer(), aim);
    table().verticalScrollBar()->setValue(0);
    settle();
    QCOMPARE(toasts.height(), 0);

    toTheEnd();
    remove();
    QCOMPARE(toasts.height(), height);
    QTest::mouseMove(m_open->window.windowHandle(), QPoint(5, 60));
    settle();
    QCOMPARE(toasts.height(), 0);
}

QTEST_MAIN(TestAim)
#include "tst_aim.moc"

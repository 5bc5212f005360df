#include "tests/support/waiting.h"
#include "ui/window/statusline.h"

#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestStatusLine : public QObject
{
    Q_OBJECT

private slots:
    void words_data();
    void words();
    void namesAndTexts();
    void focus();
    void whatIsFromBeforeIsNotTicked();
    void narrowLinesKeepWhatMatters();
};

void TestStatusLine::words_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("severity");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("expectedSeverity");
    const auto row = [](const char *name, const StatusValue &value, const QString &text, Severity severity) {
        QTest::newRow(name) << value.text << int(value.severity) << text << int(severity);
    };
    row("connected", connectionStatus(StatusConnection::Connected, {}), u"Connected"_s, Severity::Success);
    row("connecting", connectionStatus(StatusConnection::Connecting, {}), u"Connecting…"_s, Severity::Progress);
    row("offline", connectionStatus(StatusConnection::Offline, {}), u"Offline"_s, Severity::Error);
    row("practice", connectionStatus(StatusConnection::Practice, {}), u"Practice"_s, Severity::Success);
    row("no latency", latencyStatus({}), u"—"_s, Severity::Neutral);
    row("fast", latencyStatus(84ms), u"84 ms"_s, Severity::Success);
    row("not yet slow", latencyStatus(999ms), u"999 ms"_s, Severity::Success);
    row("slow", latencyStatus(1000ms), u"1000 ms, slow"_s, Severity::Warning);
    row("no clock", clockStatus({}), u"—"_s, Severity::Neutral);
    row("clock ok", clockStatus(1999ms), u"OK"_s, Severity::Success);
    row("clock ok behind", clockStatus(-1999ms), u"OK"_s, Severity::Success);
    row("clock ahead", clockStatus(2449ms), u"+2.4 s"_s, Severity::Warning);
    row("clock behind", clockStatus(-90000ms), u"−90.0 s"_s, Severity::Warning);
    row("clock at the edge", clockStatus(2000ms), u"+2.0 s"_s, Severity::Warning);
    row("never", updatedStatus({}), u"never"_s, Severity::Neutral);
    row("fresh", updatedStatus(2s), u"2 s ago"_s, Severity::Success);
    row("at the edge", updatedStatus(30s), u"30 s ago"_s, Severity::Success);
    row("conditional orders", updatedStatus(2s, ListAge(14s)), u"2 s ago"_s, Severity::Success);
    row("old", updatedStatus(42s), u"42 s ago"_s, Severity::Warning);
    row("budget", budgetStatus(50, 50, 0ms), u"50/50"_s, Severity::Success);
    row("no budget", budgetStatus(0, 50, 0ms), u"0/50"_s, Severity::Warning);
    row("paused", budgetStatus(50, 50, 2001ms), u"paused 3 s"_s, Severity::Warning);
    row("empty", queueStatus(0), u"empty"_s, Severity::Success);
    row("queue", queueStatus(12), u"12"_s, Severity::Progress);
}

void TestStatusLine::words()
{
    QFETCH(const QString, text);
    QFETCH(const int, severity);
    QFETCH(const QString, expected);
    QFETCH(const int, expectedSeverity);
    QCOMPARE(text, expected);
    QCOMPARE(severity, expectedSeverity);
}

void TestStatusLine::namesAndTexts()
{
    StatusLine line;
    line.setConnection(StatusConnection::Connected, u"api.coinw.com"_s);
    line.setLatency(84ms);
    line.setClock(2449ms);
    line.setUpdated(2s);
    line.setBudget(48, 50);
    line.setQueue(0);
    line.show();
    QCOMPARE(line.height() >= 26, true);
    struct Item {
        QString objectName;
        QString accessible;
        QString text;
    };
    for (const Item &item : {Item{u"statusConnection"_s, u"Connection: Connected"_s, u"Connected"_s},
                             Item{u"statusLatency"_s, u"Latency: 84 ms"_s, u"Latency 84 ms"_s},
                             Item{u"statusClock"_s, u"Clock: +2.4 s"_s, u"Clock +2.4 s"_s},
                             Item{u"statusUpdated"_s, u"Updated: 2 s ago"_s, u"Updated 2 s ago"_s},
                             Item{u"statusBudget"_s, u"Budget: 48/50"_s, u"Budget 48/50"_s},
                             Item{u"statusQueue"_s, u"Queue: empty"_s, u"Queue empty"_s}}) {
        auto *label = line.findChild<QLabel *>(item.objectName);
        QVERIFY2(label, qPrintable(item.objectName));
        QCOMPARE(label->accessibleName(), item.accessible);
        QCOMPARE(label->text(), item.text);
        QVERIFY(!label->toolTip().isEmpty());
        QVERIFY(label->focusPolicy() != Qt::NoFocus);
        // Never cut: the icon's room comes on top of the words'.
        QVERIFY(label->sizeHint().width() >= label->fontMetrics().horizontalAdvance(item.text) + 14);
    }
}

void TestStatusLine::focus()
{
    StatusLine line;
    line.show();
    line.activateWindow();
    QVERIFY(waitForActive(&line));
    line.focusFirst();
    QCOMPARE(QApplication::focusWidget()->objectName(), u"statusConnection"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"statusLatency"_s);
}

void TestStatusLine::whatIsFromBeforeIsNotTicked()
{
    StatusLine line;
    line.resize(900, 26);
    const auto fill = [&line] {
        line.setConnection(StatusConnection::Connected, u"api.coinw.com"_s);
        line.setLatency(84ms);
        line.setClock(0ms);
    };
    const auto pictures = [&line] {
        QList<QImage> all;
        for (const QString &name : {u"statusConnection"_s, u"statusLatency"_s, u"statusClock"_s})
            all.append(line.findChild<QLabel *>(name)->grab().toImage());
        return all;
    };
    fill();
    const QList<QImage> current = pictures();
    line.setCurrent(false);
    fill();
    const QList<QImage> before = pictures();
    for (qsizetype i = 0; i < current.size(); ++i)
        QVERIFY(before.at(i) != current.at(i));
    QCOMPARE(line.findChild<QLabel *>(u"statusConnection"_s)->text(), u"Connected"_s);
    line.setCurrent(true);
    fill();
    QCOMPARE(pictures(), current);
}

void TestStatusLine::narrowLinesKeepWhatMatters()
{
    StatusLine line;
    line.setLatency(84ms);
    line.resize(1000, 26);
    line.show();
    QVERIFY(waitForExposed(&line));
    const auto shown = [&line] {
        QStringList names;
        for (const char *name :
             {"statusConnection", "statusUpdated", "statusClock", "statusLatency", "statusBudget", "statusQueue"}) {
            if (line.findChild<QWidget *>(QString::fromLatin1(name))->isVisible())
                names.append(QString::fromLatin1(name).mid(6));
        }
        return names;
    };
    const QStringList all = shown();
    QCOMPARE(all.size(), 6);
    for (int width = 1000; width >= line.minimumSizeHint().width(); width -= 7) {
        line.resize(width, 26);
        QCoreApplication::processEvents();
        const QStringList some = shown();
        QCOMPARE(some, all.first(some.size()));
        for (const auto *label : line.findChildren<QLabel *>()) {
            if (label->isVisible())
                QVERIFY(label->width() >= label->sizeHint().width());
        }
    }
    QVERIFY(shown().size() >= 2 && shown().size() < 6);
}

QTEST_MAIN(TestStatusLine)
#include "tst_statusline.moc"

#include "tests/support/waiting.h"
#include "ui/notices/toastnotices.h"
#include "ui/notices/toaststrip.h"

#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

ToastContent toast(Severity severity, const QString &headline = u"h"_s)
{
    return {.severity = severity, .headline = headline, .text = u"Order …1947."_s};
}

} // namespace

class TestToastNotices : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_strip.reset(); }

    void errorInTheBackground();
    void nothingInFront();
    void oneForEachToast();
    void warningRenewsAndSuccessCloses();
    void leavingClosesIt();
    void frontClosesAll();
    void preferencesCloseWhatIsUp();
    void whatTheSystemClosedIsNotClosedAgain();
    void newsBehindAHeldToastComesWhenItIsSeen();
    void foldedToastsKeepTheirs();

private:
    QStringList shown() const
    {
        QStringList seen;
        for (const auto &call : *m_shown)
            seen += call.at(0).toString() + u": "_s + call.at(1).value<SystemNotice>().title;
        return seen;
    }
    QStringList closed() const
    {
        QStringList seen;
        for (const auto &call : *m_closed)
            seen += call.at(0).toString();
        seen.sort();
        return seen;
    }

    std::unique_ptr<ToastStrip> m_strip;
    std::unique_ptr<ToastNotices> m_notices;
    std::unique_ptr<QSignalSpy> m_shown;
    std::unique_ptr<QSignalSpy> m_closed;
};

void TestToastNotices::init()
{
    m_strip = std::make_unique<ToastStrip>();
    m_strip->resize(900, 0);
    m_notices = std::make_unique<ToastNotices>(*m_strip);
    m_notices->setPreferences(true, false);
    m_notices->setInFront(false);
    m_shown = std::make_unique<QSignalSpy>(m_notices.get(), &ToastNotices::showWanted);
    m_closed = std::make_unique<QSignalSpy>(m_notices.get(), &ToastNotices::closeWanted);
}

void TestToastNotices::errorInTheBackground()
{
    m_strip->show(u"a"_s, toast(Severity::Error, u"Not canceled"_s));
    QCOMPARE(shown(), QStringList{u"a: Not canceled"_s});
    for (const Severity quiet : {Severity::Neutral, Severity::Success, Severity::Warning, Severity::Progress})
        m_strip->show(u"b"_s, toast(quiet));
    QCOMPARE(m_shown->size(), 1);
    QCOMPARE(m_closed->size(), 0);
}

void TestToastNotices::nothingInFront()
{
    m_notices->setInFront(true);
    m_strip->show(u"a"_s, toast(Severity::Error));
    // Seen once is not news any more when the window goes to the background.
    m_notices->setInFront(false);
    QCOMPARE(m_shown->size(), 0);
    m_strip->show(u"a"_s, toast(Severity::Error));
    QCOMPARE(m_shown->size(), 0);
    m_strip->show(u"a"_s, toast(Severity::Error, u"worse"_s));
    QCOMPARE(shown(), QStringList{u"a: worse"_s});
}

void TestToastNotices::oneForEachToast()
{
    m_strip->show(u"a"_s, toast(Severity::Unknown, u"checking"_s));
    m_strip->show(u"b"_s, toast(Severity::Error, u"other"_s));
    m_strip->show(u"a"_s, toast(Severity::Unknown, u"still unknown"_s));
    QCOMPARE(shown(), (QStringList{u"a: checking"_s, u"b: other"_s, u"a: still unknown"_s}));
    QCOMPARE(m_closed->size(), 0);
}

void TestToastNotices::warningRenewsAndSuccessCloses()
{
    m_strip->show(u"a"_s, toast(Severity::Unknown, u"checking"_s));
    m_strip->show(u"a"_s, toast(Severity::Warning, u"filled"_s));
    QCOMPARE(shown().constLast(), u"a: filled"_s);
    m_strip->show(u"a"_s, toast(Severity::Success, u"canceled"_s));
    QCOMPARE(m_shown->size(), 2);
    QCOMPARE(closed(), QStringList{u"a"_s});
}

void TestToastNotices::leavingClosesIt()
{
    m_strip->show(u"a"_s, toast(Severity::Error));
    m_strip->show(u"b"_s, toast(Severity::Error));
    m_strip->remove(u"a"_s);
    QCOMPARE(closed(), QStringList{u"a"_s});
    m_strip->clear();
    QCOMPARE(closed(), (QStringList{u"a"_s, u"b"_s}));
}

void TestToastNotices::frontClosesAll()
{
    m_strip->show(u"a"_s, toast(Severity::Error));
    m_strip->show(u"b"_s, toast(Severity::Unknown));
    m_notices->setInFront(true);
    QCOMPARE(closed(), (QStringList{u"a"_s, u"b"_s}));
    m_notices->setInFront(false);
    m_notices->setInFront(true);
    QCOMPARE(m_closed->size(), 2);
}

void TestToastNotices::preferencesCloseWhatIsUp()
{
    m_strip->show(u"a"_s, toast(Severity::Error, u"order 1947"_s));
    m_notices->setPreferences(true, true);
    QCOMPARE(closed(), QStringList{u"a"_s});
    m_strip->show(u"a"_s, toast(Severity::Error, u"order 1947 again"_s));
    QCOMPARE(shown().constLast(), u"a: Countermand"_s);
    m_notices->setPreferences(false, true);
    QCOMPARE(m_closed->size(), 2);
    m_strip->show(u"a"_s, toast(Severity::Error, u"order 1947 once more"_s));
    QCOMPARE(m_shown->size(), 2);
}

void TestToastNotices::whatTheSystemClosedIsNotClosedAgain()
{
    m_strip->show(u"a"_s, toast(Severity::Unknown, u"checking"_s));
    m_notices->forget(u"a"_s);
    m_strip->show(u"a"_s, toast(Severity::Warning, u"filled"_s));
    m_strip->remove(u"a"_s);
    QCOMPARE(m_shown->size(), 1);
    QCOMPARE(m_closed->size(), 0);
}

void TestToastNotices::newsBehindAHeldToastComesWhenItIsSeen()
{
    ToastContent held = toast(Severity::Progress, u"accepted"_s);
    held.holdTime = 2s;
    m_strip->show(u"a"_s, held);
    m_strip->show(u"a"_s, toast(Severity::Error, u"not canceled"_s));
    QCOMPARE(m_shown->size(), 0);
    QTRY_COMPARE(shown(), QStringList{u"a: not canceled"_s});
}

void TestToastNotices::foldedToastsKeepTheirs()
{
    for (int number = 0; number < 8; ++number)
        m_strip->show(QString::number(number), toast(Severity::Error, QString::number(number)));
    QCOMPARE(m_shown->size(), 8);
    QCOMPARE(m_closed->size(), 0);
    m_strip->remove(u"0"_s);
    QCOMPARE(closed(), QStringList{u"0"_s});
}

QTEST_MAIN(TestToastNotices)
#include "tst_toastnotices.moc"

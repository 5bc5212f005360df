#include "ui/look/newerqt.h"

#include <QAccessible>
#include <QTest>
#include <QWidget>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

int announcements = 0;
QString lastWords;

void count([[maybe_unused]] QAccessibleEvent *event)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    if (event->type() == QAccessible::Announcement) {
        ++announcements;
        lastWords = static_cast<QAccessibleAnnouncementEvent *>(event)->message();
    }
#endif
}

} // namespace

/// What this Qt offers is used, and nothing else is needed.
class TestNewerQt : public QObject
{
    Q_OBJECT

private slots:
    void announces()
    {
        QAccessible::setActive(true);
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        if (!QAccessible::isActive())
            QSKIP("This platform has no assistive tools.");
#endif
        const auto before = QAccessible::installUpdateHandler(count);
        const QWidget widget;
        announce(const_cast<QWidget *>(&widget), u"Canceled"_s, true);
        QAccessible::installUpdateHandler(before);
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        QCOMPARE(announcements, 1);
        QCOMPARE(lastWords, u"Canceled"_s);
#else
        QCOMPARE(announcements, 0);
#endif
    }

    void asksTheSystem()
    {
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
        QVERIFY(!systemWantsDark());
#endif
        bool told = false;
        watchSystemWantsDark(this, [&told] { told = true; });
        QVERIFY(!told);
    }
};

QTEST_MAIN(TestNewerQt)
#include "tst_newerqt.moc"

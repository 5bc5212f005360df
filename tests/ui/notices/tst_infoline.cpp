#include "tests/support/waiting.h"
#include "ui/notices/infoline.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

/// A line, and below it what must not move.
class TestInfoLine : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_window->resize(880, 300);
        auto *column = new QVBoxLayout(m_window.get());
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        m_line = new InfoLine(m_window.get());
        m_below = new QWidget(m_window.get());
        column->addWidget(m_line);
        column->addWidget(m_below, 1);
        m_window->show();
        QVERIFY(waitForExposed(m_window.get()));
        QCOMPARE(m_below->y(), 36);
    }
    void cleanup() { m_window.reset(); }
    void nothingMovesWhatIsBelow();
    void aBannerLiesOverTheText();
    void theCoverLiesOverBoth();
    void hiddenColumnsAreNamed();

private:
    template <typename Widget = QWidget>
    Widget *find(const QString &name) const
    {
        return m_window->findChild<Widget *>(name);
    }
    /// What is seen in the middle of this widget's left part.
    bool isOnTop(const QWidget *widget) const
    {
        const QPoint at = widget->mapTo(m_window.get(), QPoint(20, widget->height() / 2));
        const QWidget *seen = m_window->childAt(at);
        return seen == widget || widget->isAncestorOf(seen);
    }

    std::unique_ptr<QWidget> m_window;
    InfoLine *m_line = nullptr;
    QWidget *m_below = nullptr;
};

void TestInfoLine::nothingMovesWhatIsBelow()
{
    const auto stays = [this] {
        QCoreApplication::processEvents();
        return m_below->y() == 36 && m_line->height() == 36;
    };
    m_line->setText(QString(400, u'W'));
    QVERIFY(stays());
    m_line->setHiddenColumns({u"Placed"_s, u"Filled"_s});
    QVERIFY(stays());
    const BannerContent stale{BannerKind::Stale, QString(300, u'W'), Severity::Warning, {u"Refresh"_s}};
    m_line->banners().show({stale});
    QVERIFY(stays());
    m_line->banners().show({stale, {BannerKind::Offline, u"Offline."_s, Severity::Error, {u"Retry"_s}}});
    QVERIFY(stays());
    auto *cover = new QLabel(QString(600, u'W'));
    cover->setWordWrap(true);
    cover->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_line->setCover(cover);
    cover->show();
    QVERIFY(stays());
    m_line->banners().show(QList<BannerContent>());
    m_line->setHiddenColumns({});
    delete cover;
    QVERIFY(stays());
    QFont large = m_window->font();
    large.setPointSize(13);
    m_window->setFont(large);
    QVERIFY(stays());
}

void TestInfoLine::aBannerLiesOverTheText()
{
    m_line->setText(u"8 orders"_s);
    auto *text = find<QLabel>(u"infoText"_s);
    QCOMPARE(text->accessibleName(), u"8 orders"_s);
    QVERIFY(isOnTop(text));
    m_line->banners().show({{BannerKind::Rate, u"Rate limit: paused for 3 s."_s}});
    QCoreApplication::processEvents();
    QVERIFY(isOnTop(find(u"banner_rate"_s)));
    m_line->banners().show(QList<BannerContent>());
    QCoreApplication::processEvents();
    QVERIFY(isOnTop(text));
}

void TestInfoLine::theCoverLiesOverBoth()
{
    auto *cover = new QLabel(u"Don't understand"_s);
    cover->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    cover->hide();
    m_line->setCover(cover);
    QVERIFY(!cover->isVisible());
    m_line->banners().show({{BannerKind::Offline, u"Offline."_s, Severity::Error, {u"Retry"_s}}});
    cover->show();
    QCoreApplication::processEvents();
    QVERIFY(isOnTop(cover));
    // A banner that comes later comes below it.
    m_line->banners().show(QList<BannerContent>());
    m_line->banners().show({{BannerKind::Stale, u"Old."_s}});
    QCoreApplication::processEvents();
    QVERIFY(isOnTop(cover));
    cover->hide();
    QVERIFY(isOnTop(find(u"banner_stale"_s)));
}

void TestInfoLine::hiddenColumnsAreNamed()
{
    auto *button = find<QPushButton>(u"hiddenColumnsButton"_s);
    QVERIFY(!button->isVisible());
    m_line->setHiddenColumns({u"Placed"_s, u"Filled"_s});
    QVERIFY(button->isVisible());
    QCOMPARE(button->text(), u"2 columns hidden"_s);
    QCOMPARE(button->accessibleName(), u"2 columns hidden"_s);
    QCOMPARE(button->toolTip(), u"No room for: Placed, Filled"_s);
    // A banner leaves it in view.
    m_line->banners().show({{BannerKind::Rate, QString(300, u'W')}});
    QCoreApplication::processEvents();
    QVERIFY(isOnTop(button));
    QVERIFY(m_line->rect().adjusted(0, 0, -12, 0).contains(button->geometry()));
    QSignalSpy wanted(m_line, &InfoLine::columnsWanted);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    m_line->setHiddenColumns({u"Placed"_s});
    QCOMPARE(button->text(), u"1 column hidden"_s);
    m_line->setHiddenColumns({});
    QVERIFY(!button->isVisible());
}

QTEST_MAIN(TestInfoLine)
#include "tst_infoline.moc"

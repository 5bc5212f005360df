#include "tests/support/waiting.h"
#include "ui/look/theme.h"
#include "ui/table/filterbox.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestFilterBox : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyLook(*qApp, {.theme = ThemeChoice::Light}, qApp->palette()); }
    void init()
    {
        m_parent = std::make_unique<QWidget>();
        m_box = new FilterBox(m_parent.get());
        m_parent->show();
        QVERIFY(waitForExposed(m_parent.get()));
        m_box->setFocus();
    }
    void cleanup() { m_parent.reset(); }
    void appliesAfterAPause();
    void badTermKeepsTheLastResult();
    void aLongTermIsNamedInPart();
    void escapeClearsThenLeaves();
    void enterAppliesAtOnce();
    void sameFilterIsNoNews();
    void nothingIsWrongWhileTyping();
    void helpShowsExamples();

private:
    std::unique_ptr<QWidget> m_parent;
    FilterBox *m_box = nullptr;
};

void TestFilterBox::appliesAfterAPause()
{
    QSignalSpy changed(m_box, &FilterBox::filterChanged);
    QTest::keyClicks(m_box, u"btc"_s);
    QCOMPARE(changed.size(), 0);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(m_box->filter(), OrderFilter::parse(u"btc"_s).filter);
}

void TestFilterBox::badTermKeepsTheLastResult()
{
    m_box->apply(u"btc"_s);
    QSignalSpy changed(m_box, &FilterBox::filterChanged);
    m_box->apply(u"btc px>>"_s);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(m_box->filter(), OrderFilter::parse(u"btc"_s).filter);
    QCOMPARE(m_box->errorLabel()->text(), u"Don't understand “px>>”. Try inst:btc, side:long, px>64000, age>1h."_s);
    QVERIFY(m_box->errorLabel()->isVisible());
    QVERIFY(m_box->property("error").toBool());
    QVERIFY(m_box->accessibleDescription().startsWith(u"Don't understand"_s));
    // It lies over the line below, and only while the user is at it.
    auto *other = new QLineEdit(m_parent.get());
    other->show();
    other->setFocus();
    QVERIFY(!m_box->errorLabel()->isVisible());
    QVERIFY(m_box->property("error").toBool());
    m_box->setFocus();
    QVERIFY(m_box->errorLabel()->isVisible());

    m_box->apply(u"btc px>5"_s);
    QVERIFY(!m_box->errorLabel()->isVisible());
    QVERIFY(!m_box->property("error").toBool());
    QCOMPARE(changed.size(), 1);
}

void TestFilterBox::aLongTermIsNamedInPart()
{
    m_box->apply(u"px>"_s + QString(200, u'9') + u'x');
    QVERIFY2(m_box->errorLabel()->text().contains(u"9…”. Try "_s), qPrintable(m_box->errorLabel()->text()));
    QVERIFY(m_box->errorLabel()->text().size() < 120);
}

void TestFilterBox::escapeClearsThenLeaves()
{
    QSignalSpy changed(m_box, &FilterBox::filterChanged);
    QSignalSpy left(m_box, &FilterBox::left);
    m_box->apply(u"btc"_s);
    QTest::keyClick(m_box, Qt::Key_Escape);
    QVERIFY(m_box->text().isEmpty());
    QCOMPARE(changed.size(), 2);
    QVERIFY(m_box->filter().isEmpty());
    QCOMPARE(left.size(), 0);
    QTest::keyClick(m_box, Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
}

void TestFilterBox::enterAppliesAtOnce()
{
    QSignalSpy left(m_box, &FilterBox::left);
    QTest::keyClicks(m_box, u"px>"_s);
    QTest::keyClick(m_box, Qt::Key_Return);
    QCOMPARE(left.size(), 0); // something is wrong here: stay
    QTest::keyClicks(m_box, u"5"_s);
    QTest::keyClick(m_box, Qt::Key_Return);
    QCOMPARE(m_box->filter(), OrderFilter::parse(u"px>5"_s).filter);
    QCOMPARE(left.size(), 1);
}

void TestFilterBox::sameFilterIsNoNews()
{
    m_box->apply(u"btc"_s);
    QSignalSpy changed(m_box, &FilterBox::filterChanged);
    m_box->apply(u"  BTC "_s);
    QCOMPARE(changed.size(), 0);
}

void TestFilterBox::nothingIsWrongWhileTyping()
{
    m_box->apply(u"btc"_s);
    QSignalSpy changed(m_box, &FilterBox::filterChanged);
    QElapsedTimer sinceLastKey;
    QTest::keyClicks(m_box, u" px>>"_s);
    sinceLastKey.start();
    QTRY_VERIFY(m_box->errorLabel()->isVisible());
    QVERIFY2(sinceLastKey.elapsed() > 600, qPrintable(QString::number(sinceLastKey.elapsed())));
    QCOMPARE(changed.size(), 0);
    // Whoever goes on is not told the old mistake.
    QTest::keyClick(m_box, Qt::Key_Backspace);
    QVERIFY(!m_box->errorLabel()->isVisible());
    // Whoever leaves is not waited for.
    m_parent->setFocusPolicy(Qt::StrongFocus);
    m_parent->setFocus();
    QVERIFY(m_box->property("error").toBool());
    m_box->setFocus();
    m_box->apply({});
    changed.clear();

    // A field's name alone is no word to look for yet.
    QTest::keyClicks(m_box, u"px"_s);
    sinceLastKey.restart();
    QTRY_COMPARE(changed.size(), 1);
    QVERIFY2(sinceLastKey.elapsed() > 600, qPrintable(QString::number(sinceLastKey.elapsed())));
}

void TestFilterBox::helpShowsExamples()
{
    auto *button = m_box->findChild<QToolButton *>(u"filterHelpButton"_s);
    QVERIFY(button && button->isVisible());
    button->click();
    auto *menu = m_box->findChild<QMenu *>(u"filterHelpMenu"_s);
    QVERIFY(menu && menu->isVisible());
    QAction *side = nullptr;
    for (QAction *action : menu->actions()) {
        const QString term = action->text().section(u'\t', 0, 0);
        QVERIFY2(OrderFilter::parse(term).badTerm.isEmpty(), qPrintable(term));
        QVERIFY(!action->text().section(u'\t', 1).isEmpty());
        if (term == "side:long"_L1)
            side = action;
    }
    QVERIFY(side);
    QVERIFY(menu->actions().size() > 8);
    m_box->setText(u"btc "_s);
    side->trigger();
    QCOMPARE(m_box->text(), u"btc side:long"_s);
    QCOMPARE(m_box->filter(), OrderFilter::parse(u"btc side:long"_s).filter);
    menu->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    // By key too, and not where the box is but an icon.
    QTest::keyClick(m_box, Qt::Key_Down);
    QVERIFY(m_box->findChild<QMenu *>(u"filterHelpMenu"_s));
    m_box->findChild<QMenu *>(u"filterHelpMenu"_s)->close();
    m_box->setCollapsed(true);
    QVERIFY(!button->isVisible());
}

QTEST_MAIN(TestFilterBox)
#include "tst_filterbox.moc"

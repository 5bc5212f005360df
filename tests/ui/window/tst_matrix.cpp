#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "tests/ui/pseudolanguage.h"
#include "ui/look/theme.h"
#include "ui/table/filterbox.h"
#include "ui/table/orderselection.h"
#include "ui/table/ordersheader.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"
#include "ui/window/maintoolbar.h"
#include "ui/window/mainwindow.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFontDatabase>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

constexpr int height = 700;

QString nameOf(const QWidget &widget)
{
    const QString name = widget.objectName();
    return name.isEmpty() ? QString::fromLatin1(widget.metaObject()->className()) : name;
}

} // namespace

/// Nothing is cut: fonts, lengths of words and layout directions, each in three widths of the window, with everything
/// in the toolbar and with nothing.
class TestMatrix : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_font = QApplication::font(); }
    void cleanup()
    {
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QApplication::setFont(m_font);
    }
    void nothingIsCut_data();
    void nothingIsCut();

private:
    struct Seen {
        int widgets = 0;
        int labels = 0;
        int cells = 0;
        QStringList cut;
    };

    static void checkWidgets(const MainWindow &window, Seen &seen);
    static void checkTable(const OrdersView &table, Seen &seen);

    QFont m_font;
};

void TestMatrix::nothingIsCut_data()
{
    QTest::addColumn<QFont>("font");
    QTest::addColumn<bool>("longer");
    QTest::addColumn<bool>("rightToLeft");
    QTest::addColumn<QSize>("most");
    const auto family = u"DejaVu Sans"_s;
    if (!QFontDatabase::hasFamily(family))
        QSKIP("fonts-dejavu-core is not installed");
    QFont wide(family, 11);
    wide.setBold(true);
    wide.setStretch(125);
    for (const auto &[name, font] : {std::pair("9 pt", QFont(family, 9)),
                                     {"11 pt", QFont(family, 11)},
                                     {"13 pt", QFont(family, 13)},
                                     {"wide", wide}}) {
        const bool large = font.pointSize() > 11 || font.bold();
        const QSize usual(large ? 1280 : 880, 500);
        QTest::addRow("%s", name) << font << false << false << usual;
        QTest::addRow("%s, 40 %% longer", name) << font << true << false << QSize(large ? 1700 : 1280, 500);
        QTest::addRow("%s, right to left", name) << font << false << true << usual;
    }
}

void TestMatrix::nothingIsCut()
{
    QFETCH(const QFont, font);
    QFETCH(const bool, longer);
    QFETCH(const bool, rightToLeft);
    QFETCH(const QSize, most);
    QApplication::setFont(font);
    QApplication::setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    applyLook(*qApp, {.theme = ThemeChoice::Light}, qApp->palette());
    const auto language = longer ? std::make_unique<PseudoLanguage>() : nullptr;

    OpenSession open(Environment::Live);
    open.session->rename(u"My second account, no. 2"_s, 1);
    MainWindow window;
    window.openSession(*open.session, true);
    window.resize(1200, height);
    window.show();
    QVERIFY(waitForExposed(&window));
    open.session->start({});
    auto *table = window.findChild<OrdersView *>();
    auto *tools = window.findChild<MainToolBar *>();
    QTRY_COMPARE(table->rows().shownCount(), 8);

    for (const bool chips : {false, true}) {
        Preferences preferences;
        preferences.instantCancel = chips;
        window.setPreferences(preferences);
        tools->setKeysInMemory(chips);
        tools->setWaiting(chips ? 12 : 0);
        if (chips) {
            table->selectAll();
            window.notice(u"Not exported"_s, u"The disk is full, and nothing of it was written to the folder."_s,
                          true);
        }
        for (const int width : {880, 1200, 2560}) {
            // Twice: what a chip needs may make the least size larger.
            for (int round = 0; round < 2; ++round) {
                QCoreApplication::processEvents();
                window.resize(std::max(width, window.layout()->totalMinimumSize().width()), height);
            }
            // Counts and selection come one turn after the other.
            for (int round = 0; round < 20; ++round)
                QCoreApplication::processEvents();
            const QSize least = window.layout()->totalMinimumSize();
            Seen seen;
            checkWidgets(window, seen);
            checkTable(*table, seen);
            qInfo("%4d px%s: least size %d x %d; %d widgets, %d words, %d cells; %d cut; hidden: %s", window.width(),
                  chips ? " with chips" : "", least.width(), least.height(), seen.widgets, seen.labels, seen.cells,
                  int(seen.cut.size()), qPrintable(table->columns().leftOut().join(u", "_s)));
            QVERIFY2(seen.cut.isEmpty(), qPrintable(seen.cut.join(u"; "_s)));
            QVERIFY2(least.width() <= most.width() && least.height() <= most.height(),
                     qPrintable(u"%1 x %2"_s.arg(least.width()).arg(least.height())));
            QVERIFY(seen.widgets > 20 && seen.labels > 8 && seen.cells > 40);
        }
    }
    window.closeSession();
}

void TestMatrix::checkWidgets(const MainWindow &window, Seen &seen)
{
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        // The icons inside a line edit are Qt's own matter.
        if (!widget->isVisible() || widget->window() != &window || qobject_cast<QLineEdit *>(widget->parentWidget()))
            continue;
        ++seen.widgets;
        const QSize least = widget->minimumSizeHint();
        if (widget->width() < least.width() || widget->height() < least.height())
            seen.cut.append(u"%1: %2 x %3 instead of %4 x %5"_s.arg(nameOf(*widget))
                                .arg(widget->width())
                                .arg(widget->height())
                                .arg(least.width())
                                .arg(least.height()));
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        // The badge's name is cut in the middle, and its tooltip has all of it.
        if (widget->objectName() == "accountBadge"_L1 || (label && label->wordWrap()) || (!label && !button))
            continue;
        ++seen.labels;
        const QString text = label ? label->text() : button->text();
        const int room = label ? label->contentsRect().width() : button->width();
        const int needed = label ? label->fontMetrics().horizontalAdvance(text) : button->sizeHint().width();
        if (room < needed)
            seen.cut.append(u"%1 \"%2\": %3 instead of %4"_s.arg(nameOf(*widget), text).arg(room).arg(needed));
    }
}

void TestMatrix::checkTable(const OrdersView &table, Seen &seen)
{
    QStyleOptionViewItem option;
    option.font = table.font();
    const QHeaderView *header = table.horizontalHeader();
    if (table.horizontalScrollBar()->maximum() > 0)
        seen.cut.append(u"the table scrolls by %1"_s.arg(table.horizontalScrollBar()->maximum()));
    for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
        if (table.isColumnHidden(column))
            continue;
        const int width = table.columnWidth(column);
        if (const auto *own = static_cast<const TableHeader *>(header);
            width < own->sectionSizeFromContents(column).width())
            seen.cut.append(u"header "_s + OrderColumns::nameOf(column));
        for (int row = 0; row < table.rows().rowCount(); ++row) {
            ++seen.cells;
            const QModelIndex index = table.rows().index(row, column);
            const int needed = table.itemDelegate()->sizeHint(option, index).width();
            if (width < needed)
                seen.cut.append(
                    u"%1 \"%2\": %3 instead of %4"_s.arg(OrderColumns::nameOf(column), index.data().toString())
                        .arg(width)
                        .arg(needed));
        }
    }
}

QTEST_MAIN(TestMatrix)
#include "tst_matrix.moc"

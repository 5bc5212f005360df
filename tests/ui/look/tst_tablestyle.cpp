#include "ui/look/tablestyle.h"
#include "ui/look/theme.h"

#include <QApplication>
#include <QImage>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// First and last column of pixels that aren't of the ground's color.
std::pair<int, int> inkOf(const QImage &image)
{
    const QRgb ground = image.pixel(image.width() / 2, 1);
    int first = image.width();
    int last = -1;
    for (int y = 1; y < image.height() - 1; ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != ground) {
                first = std::min(first, x);
                last = std::max(last, x);
            }
        }
    }
    return {first, last};
}

} // namespace

class TestTableStyle : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyLook(*qApp, {.theme = ThemeChoice::Light}, qApp->palette()); }
    void init()
    {
        m_model.clear();
        m_model.setColumnCount(2);
        m_model.setRowCount(1);
        for (int column = 0; column < 2; ++column) {
            const Qt::Alignment alignment =
                (column == 0 ? Qt::AlignLeading : Qt::AlignRight | Qt::AlignAbsolute) | Qt::AlignVCenter;
            m_model.setHeaderData(column, Qt::Horizontal, u"HHH"_s);
            m_model.setHeaderData(column, Qt::Horizontal, QVariant(alignment), Qt::TextAlignmentRole);
            m_model.setItem(0, column, new QStandardItem(u"HHH"_s));
            m_model.item(0, column)->setTextAlignment(alignment);
        }
        m_view = std::make_unique<QTableView>();
        dressTable(*m_view, new TableHeader(m_view.get()));
        padCells(*m_view);
        m_view->setModel(&m_model);
        m_view->setAlternatingRowColors(false);
        m_view->setFocusPolicy(Qt::NoFocus);
        m_view->resize(400, 200);
        m_view->setColumnWidth(0, 100);
        m_view->setColumnWidth(1, 100);
    }
    void cleanup() { m_view.reset(); }

    void textsStandBelowTheirHeaders()
    {
        const QImage whole = m_view->grab().toImage();
        QCOMPARE(whole.devicePixelRatio(), 1.0);
        const QHeaderView *header = m_view->horizontalHeader();
        for (int column = 0; column < 2; ++column) {
            // Without the line between two headers.
            const QRect above(column * 100, 0, 99, header->height());
            const QRect below = m_view->visualRect(m_model.index(0, column))
                                    .translated(m_view->viewport()->pos())
                                    .adjusted(0, 0, -1, 0);
            const auto word = inkOf(whole.copy(above));
            const auto text = inkOf(whole.copy(below));
            QVERIFY2(std::abs(word.first - text.first) <= 1 && std::abs(word.second - text.second) <= 1,
                     qPrintable(u"%1: header %2 to %3, cell %4 to %5"_s.arg(column)
                                    .arg(word.first)
                                    .arg(word.second)
                                    .arg(text.first)
                                    .arg(text.second)));
            QVERIFY(word.second >= word.first);
        }
    }

    void headersHaveRoomForTheirSortMark()
    {
        const QHeaderView *header = m_view->horizontalHeader();
        const int word = header->fontMetrics().horizontalAdvance(u"HHH"_s);
        QCOMPARE(header->sectionSizeHint(0), word + sortMarkWidth + 2 * cellPadding);
    }

    void rowsHaveRoomForTheirText()
    {
        QCOMPARE(setRowHeights(*m_view, 200), 200);
        QCOMPARE(m_view->rowHeight(0), 200);
        QFont large = m_view->font();
        large.setPixelSize(40);
        m_view->setFont(large);
        QVERIFY(setRowHeights(*m_view, 24) > 40);
    }

    void aCellsOwnColorOutlivesSelection()
    {
        const auto isRed = [this] {
            const QImage cell = m_view->viewport()->grab(m_view->visualRect(m_model.index(0, 0))).toImage();
            for (int y = 0; y < cell.height(); ++y) {
                for (int x = 0; x < cell.width(); ++x) {
                    const QColor pixel = cell.pixelColor(x, y);
                    if (pixel.red() > 180 && pixel.green() < 90 && pixel.blue() < 90)
                        return true;
                }
            }
            return false;
        };
        m_view->selectRow(0);
        QVERIFY(!isRed());
        m_model.item(0, 0)->setForeground(QColor(Qt::red));
        QVERIFY(isRed());
        m_view->clearSelection();
        QVERIFY(isRed());
    }

    void nothingCanBeEdited()
    {
        QCOMPARE(m_view->editTriggers(), QAbstractItemView::NoEditTriggers);
        QVERIFY(!m_view->showGrid());
        QVERIFY(m_view->verticalHeader()->isHidden());
    }

private:
    QStandardItemModel m_model;
    std::unique_ptr<QTableView> m_view;
};

QTEST_MAIN(TestTableStyle)
#include "tst_tablestyle.moc"

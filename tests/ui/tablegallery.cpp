#include "domain/qtversions.h"
#include "tests/support/waiting.h"
#include "tests/ui/sampleorders.h"
#include "ui/look/theme.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"

#include <QApplication>
#include <QDir>
#include <QTest>

// Pictures of the orders table for the eye: ui_tablegallery <folder> [light|dark]

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

void giveStages(OpenOrders &model)
{
    const QList<std::pair<const char *, CancelStage>> stages{
        {"7715", CancelStage::Sending},    {"2046", CancelStage::UnknownChecking},
        {"7828", CancelStage::Rejected},   {"5512", CancelStage::UnknownUnresolved},
        {"5620", CancelStage::GoneFilled},
    };
    for (const auto &[tail, stage] : stages)
        model.setStage(sample::id(tail), stage);
}

bool save(QWidget &widget, const QString &path)
{
    QCoreApplication::processEvents();
    return widget.grab().save(path);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() < 2 || !QDir().mkpath(arguments.at(1)))
        return 2;
    const bool dark = arguments.value(2) == "dark"_L1;
    applyLook(application, {.theme = dark ? ThemeChoice::Dark : ThemeChoice::Light}, application.palette());
    const QString prefix = arguments.at(1) + (dark ? u"/table-dark-"_s : u"/table-light-"_s);

    QList<Order> orders = sample::startList();
    OpenOrders model;
    model.setSnapshot(orders);
    OrdersView view(model);
    view.rows().setNow(QDateTime(QDate(2026, 3, 4), QTime(14, 6, 22), inUtc));
    view.resize(1200, 300);
    view.show();
    if (!waitForExposed(&view))
        return 1;
    view.activateWindow();
    view.setFocus();
    bool saved = save(view, prefix + u"plain.png"_s);

    giveStages(model);
    view.selectOrder(sample::id("1947"));
    orders[3].remainingQuantity = Decimal(8);
    orders[3].filledQuantity = Decimal(2);
    orders[3].price = Decimal::fromText(u"63500.50");
    model.setSnapshot(orders);
    const QModelIndex action = view.indexAt({view.viewport()->width() - 40, 28 * 5 + 14});
    QTest::mouseMove(view.viewport(), view.visualRect(action).center());
    saved = save(view, prefix + u"states.png"_s) && saved;

    view.rows().setCancelBlocked(u"Offline"_s);
    view.setRowHeight(OrdersView::RowHeight::Roomy);
    view.setCurrentIndex(action);
    saved = save(view, prefix + u"blocked.png"_s) && saved;

    view.rows().setCancelBlocked({});
    view.setRowHeight(OrdersView::RowHeight::Compact);
    view.resize(880, 260);
    view.sortByColumn(OrderColumns::Price, Qt::DescendingOrder);
    saved = save(view, prefix + u"narrow.png"_s) && saved;
    return saved ? 0 : 1;
}

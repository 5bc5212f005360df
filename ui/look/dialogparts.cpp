#include "ui/look/dialogparts.h"

#include "ui/look/tallarea.h"

#include <QCursor>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLayout>
#include <QPushButton>
#include <QScreen>

#include <algorithm>

namespace countermand {

namespace {

/// With the layouts inside it: a layout that is told of a change passes it on to the one around it only.
void invalidateAll(QLayout &layout)
{
    for (int i = 0; i < layout.count(); ++i) {
        if (QLayout *inner = layout.itemAt(i)->layout())
            invalidateAll(*inner);
    }
    layout.invalidate();
}

/// What a window manager puts above a dialog, which is not known before it has done so.
constexpr int titleBarHeight = 40;

} // namespace

QLabel *headingLabel(const QString &text, QWidget *parent)
{
    QLabel *label = textLabel(text, parent);
    QFont font = parent->font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 1.35);
    else
        font.setPixelSize(font.pixelSize() * 135 / 100);
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QLabel *textLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QLabel *secondaryLabel(const QString &text, QWidget *parent)
{
    QLabel *label = textLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QPushButton *dialogButton(const QString &objectName, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(objectName);
    button->setMinimumSize(112, 32);
    QString plain = text;
    button->setAccessibleName(plain.remove(u'&'));
    return button;
}

void markDangerous(QPushButton *button)
{
    button->setProperty("danger", true);
}

QDialogButtonBox *buttonRow(QWidget *parent)
{
    auto *row = new QDialogButtonBox(parent);
    if (row->layout())
        row->layout()->setSpacing(12);
    return row;
}

void fitHeight(QDialog *dialog, int width)
{
    QLayout *layout = dialog->layout();
    dialog->ensurePolished();
    // Sizes that inner layouts remember are thrown away at once: their own request comes by the event loop, later.
    const QList<QWidget *> inner = dialog->findChildren<QWidget *>();
    for (QWidget *widget : inner) {
        widget->updateGeometry();
        if (widget->layout())
            invalidateAll(*widget->layout());
    }
    invalidateAll(*layout);
    layout->activate();
    int wide = std::max(width, layout->totalMinimumSize().width());
    const QScreen *screen = dialog->screen();
    // Before the height is asked for: in less width texts need more lines.
    if (screen)
        wide = std::min(wide, screen->availableGeometry().width());
    int high = layout->hasHeightForWidth() ? layout->totalHeightForWidth(wide) : layout->totalSizeHint().height();
    // Room for the window's title bar.
    const int most = screen ? screen->availableGeometry().height() - 48 : QWIDGETSIZE_MAX;
    high = std::min(high, most);
    dialog->resize(wide, high);
    // What such an area asks for is guessed at another width than it gets. A dialog that is not shown lays out
    // nothing by itself.
    layout->invalidate();
    layout->activate();
    const QList<TallArea *> areas = dialog->findChildren<TallArea *>();
    for (const TallArea *area : areas)
        high += area->heightForWidth(area->width()) - area->height();
    dialog->resize(wide, std::min(high, most));
}

void moveOffPointer(QDialog *dialog, const QPushButton *button)
{
    dialog->layout()->activate();
    const QRect place(button->mapToGlobal(QPoint(0, 0)), button->size());
    const QRect frame = dialog->frameGeometry();
    const QRect available = dialog->screen() ? dialog->screen()->availableGeometry() : frame;
    if (const int shift = shiftOffPointer(place, QCursor::pos(), frame, available); shift != 0)
        dialog->move(dialog->x(), dialog->y() + shift);
}

std::optional<QPoint> placeNear(const QRect &row, const QSize &dialog, const QPoint &pointer, const QRect &available,
                                Qt::LayoutDirection direction)
{
    if (row.isEmpty() || !available.intersects(row))
        return {};
    constexpr int gap = 8;
    const bool mirrored = direction == Qt::RightToLeft;
    const QSize frame = dialog + QSize(0, titleBarHeight);
    const auto atEnd = [&](int end) {
        const int left = mirrored ? end : end - frame.width();
        return std::clamp(left, available.left(), std::max(available.left(), available.right() + 1 - frame.width()));
    };
    const int rowEnd = mirrored ? row.left() : row.right() + 1;
    if (row.bottom() + 1 + gap + frame.height() <= available.bottom() + 1)
        return QPoint(atEnd(rowEnd), row.bottom() + 1 + gap);
    if (row.top() - gap - frame.height() >= available.top())
        return QPoint(atEnd(rowEnd), row.top() - gap - frame.height());
    // Where the row's button is, that is where the eye and, with a mouse, the pointer are.
    constexpr int buttonWidth = 120;
    const int end = row.contains(pointer) ? pointer.x() : mirrored ? rowEnd + buttonWidth : rowEnd - buttonWidth;
    const int left = mirrored ? end + 4 * gap : end - 4 * gap - frame.width();
    if (left < available.left() || left + frame.width() > available.right() + 1 ||
        frame.height() > available.height())
        return {};
    const int top =
        std::clamp(row.center().y() - frame.height() / 2, available.top(), available.bottom() + 1 - frame.height());
    return QPoint(left, top);
}

std::optional<QPoint> placeNear(const QRect &row, const QSize &dialog, const QPoint &pointer)
{
    const QScreen *screen = row.isEmpty() ? nullptr : QGuiApplication::screenAt(row.center());
    if (!screen)
        return {};
    return placeNear(row, dialog, pointer, screen->availableGeometry(), QGuiApplication::layoutDirection());
}

int shiftOffPointer(const QRect &button, const QPoint &pointer, const QRect &dialog, const QRect &available)
{
    // The window manager adds a title bar later, which moves everything down by about this much.
    constexpr int clearance = 48;
    const QRect guarded = button.adjusted(-8, -clearance, 8, clearance);
    if (!guarded.contains(pointer))
        return 0;
    const int up = pointer.y() - (guarded.bottom() + 1);
    if (dialog.top() + up >= available.top())
        return up;
    const int down = pointer.y() - (guarded.top() - 1);
    return dialog.bottom() + down <= available.bottom() ? down : up;
}

} // namespace countermand

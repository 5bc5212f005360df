#include "ui/look/dialogparts.h"

#include "ui/look/tallarea.h"

#include <QCursor>
#include <QDialog>
#include <QDialogButtonBox>
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
    // What such an area asks for is guessed at another width than it gets.
    layout->activate();
    const QList<TallArea *> areas = dialog->findChildren<TallArea *>();
    for (const TallArea *area : areas)
        high += std::max(0, area->heightForWidth(area->width()) - area->height());
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

#pragma once

#include <QString>
#include <Qt>

#include <optional>

class QDialog;
class QDialogButtonBox;
class QLabel;
class QPoint;
class QPushButton;
class QRect;
class QSize;
class QWidget;

namespace countermand {

/// A heading: 1.35 times the dialog's size, semibold, wraps.
QLabel *headingLabel(const QString &text, QWidget *parent);
/// Running text that wraps. Plain text.
QLabel *textLabel(const QString &text, QWidget *parent);
/// The same in the `text 2` color, for labels of rows and for help.
QLabel *secondaryLabel(const QString &text, QWidget *parent);

/// A button of at least 112x32 whose name for assistive tools is its text without the mnemonic mark. Parent:
/// `parent`.
QPushButton *dialogButton(const QString &objectName, const QString &text, QWidget *parent);
/// Paints the button filled in the danger color. Right after it was made: style sheets read it once.
void markDangerous(QPushButton *button);

/// A row of buttons in the platform's order, 12 px apart.
QDialogButtonBox *buttonRow(QWidget *parent);

/// Makes the dialog `width` wide, or wider if its content needs it, and as high as its content then is.
void fitHeight(QDialog *dialog, int width);

/// How far (down positive) a dialog must move so that `button` does not lie under `pointer`: 0 if it does not,
/// else as little as possible, and upwards if `available` leaves room there. All in screen coordinates.
int shiftOffPointer(const QRect &button, const QPoint &pointer, const QRect &dialog, const QRect &available);

/// Where a dialog of this size goes, as QWidget::move() takes it, to be near a table's `row` without covering it:
/// right below it, else above it, else before the pointer at the row's end. Nothing where none of these has room, or
/// for an empty row. All in screen coordinates.
std::optional<QPoint> placeNear(const QRect &row, const QSize &dialog, const QPoint &pointer, const QRect &available,
                                Qt::LayoutDirection direction);
/// The same on the screen that the row is on.
std::optional<QPoint> placeNear(const QRect &row, const QSize &dialog, const QPoint &pointer);

/// Moves a dialog that is being shown by shiftOffPointer(), for a button that must not be hit by chance.
void moveOffPointer(QDialog *dialog, const QPushButton *button);

} // namespace countermand

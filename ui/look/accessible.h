#pragma once

#include <QObject>
#include <QString>

class QApplication;
class QWidget;

namespace countermand {

/// Sets a widget's accessible description; with --a11y-ids it ends with " #objectName". Use it instead of
/// QWidget::setAccessibleDescription everywhere.
void describe(QWidget *widget, const QString &description);

/// Turns --a11y-ids on: every named widget gets " #objectName" behind its accessible description when it is polished
/// or shown. Parent: the application.
void publishObjectNames(QApplication &application);

/// Installs the accessible interface of toasts (role AlertMessage; docs/design.md, Accessibility). Once, at start.
void installAccessibleToasts();

} // namespace countermand

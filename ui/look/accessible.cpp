#include "ui/look/accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QEvent>
#include <QVariant>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr char publishProperty[] = "countermandPublishesObjectNames";
constexpr char descriptionProperty[] = "countermandDescription";

void applyDescription(QWidget *widget)
{
    const QString description = widget->property(descriptionProperty).toString();
    const bool published = qApp->property(publishProperty).toBool() && !widget->objectName().isEmpty();
    const QString whole = published ? description + u" #"_s + widget->objectName() : description;
    if (widget->accessibleDescription() != whole)
        widget->setAccessibleDescription(whole);
}

/// Publishes each widget's name when the widget is polished and again when it is shown, since names may come late.
class ObjectNamePublisher : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched->isWidgetType() && (event->type() == QEvent::Polish || event->type() == QEvent::Show)) {
            auto *widget = static_cast<QWidget *>(watched);
            if (!widget->property(descriptionProperty).isValid())
                widget->setProperty(descriptionProperty, widget->accessibleDescription());
            applyDescription(widget);
        }
        return false;
    }
};

QAccessibleInterface *alertFor(const QString &className, QObject *object)
{
    if (!object || !object->isWidgetType())
        return nullptr;
    if (className != "countermand::ToastCard"_L1 && className != "countermand::Banner"_L1)
        return nullptr;
    // The accessibility cache takes the interface over and destroys it with the widget.
    return new QAccessibleWidget(static_cast<QWidget *>(object), QAccessible::AlertMessage);
}

} // namespace

void describe(QWidget *widget, const QString &description)
{
    widget->setProperty(descriptionProperty, description);
    applyDescription(widget);
}

void publishObjectNames(QApplication &application)
{
    if (application.property(publishProperty).toBool())
        return;
    application.setProperty(publishProperty, true);
    application.installEventFilter(new ObjectNamePublisher(&application));
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets) {
        if (!widget->property(descriptionProperty).isValid())
            widget->setProperty(descriptionProperty, widget->accessibleDescription());
        applyDescription(widget);
    }
}

void installAccessibleToasts()
{
    QAccessible::installFactory(alertFor);
}

} // namespace countermand

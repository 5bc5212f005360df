#pragma once

#include <QAccessible>
#include <QGuiApplication>
#include <QObject>
#include <QPalette>
#include <QString>
#include <QStyleHints>

#include <functional>
#include <optional>

/// What later versions of Qt offer and 6.4 does not: used where it is there, nothing where it isn't.
namespace countermand {

/// Has assistive tools say a text whose widget is not where the focus is, at once if it is `urgent`. From Qt 6.8 on;
/// before that a notice is spoken because an alert is shown.
inline void announce([[maybe_unused]] QObject *from, [[maybe_unused]] const QString &text,
                     [[maybe_unused]] bool urgent)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    if (!QAccessible::isActive())
        return;
    QAccessibleAnnouncementEvent event(from, text);
    event.setPoliteness(urgent ? QAccessible::AnnouncementPoliteness::Assertive
                               : QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&event);
#endif
}

/// The color of what is chosen, beside Highlight, in all groups. A role of its own from Qt 6.6 on.
inline void setAccent([[maybe_unused]] QPalette &palette, [[maybe_unused]] const QColor &color)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    palette.setColor(QPalette::All, QPalette::Accent, color);
#endif
}

/// Whether the system wants dark windows, in its own words. Nothing where it doesn't say so, and before Qt 6.5.
inline std::optional<bool> systemWantsDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    switch (QGuiApplication::styleHints()->colorScheme()) {
    case Qt::ColorScheme::Dark:
        return true;
    case Qt::ColorScheme::Light:
        return false;
    case Qt::ColorScheme::Unknown:
        break;
    }
#endif
    return {};
}

/// Runs `changed` whenever systemWantsDark() says something else, while `context` is there.
inline void watchSystemWantsDark([[maybe_unused]] QObject *context,
                                 [[maybe_unused]] const std::function<void()> &changed)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, context,
                     [changed](Qt::ColorScheme) { changed(); });
#endif
}

} // namespace countermand

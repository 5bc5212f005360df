#pragma once

#include <QSignalSpy>
#include <QTest>

/// Waiting in tests is for an event, and ends with it. The limit is there only so that a test which fails ends at
/// all: it is far above what a busy machine needs, and never part of what is tested. Qt's own 5 s are too short for
/// that, so this header gives QTRY_VERIFY, QTRY_VERIFY2 and QTRY_COMPARE the limit from here. tests/structure.py
/// looks that every test which waits includes it.
namespace countermand {

/// In milliseconds.
inline constexpr int patience = 30'000;

/// Runs the event loop until `seen()` is true; false if that never came.
template <typename Predicate>
bool waitFor(Predicate seen)
{
    return QTest::qWaitFor(seen, patience);
}

/// Waits for the next signal; false if none came.
inline bool waitFor(QSignalSpy &spy)
{
    return spy.wait(patience);
}

#ifdef QT_WIDGETS_LIB
/// Waits until the window of a shown widget is on the screen, or has the keyboard; false if that never came.
inline bool waitForExposed(QWidget *widget)
{
    return QTest::qWaitForWindowExposed(widget, patience);
}
inline bool waitForActive(QWidget *widget)
{
    return QTest::qWaitForWindowActive(widget, patience);
}
#endif

} // namespace countermand

#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT(expression, countermand::patience)
#define QTRY_VERIFY2(expression, message) QTRY_VERIFY2_WITH_TIMEOUT(expression, message, countermand::patience)
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, countermand::patience)

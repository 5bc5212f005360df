"""Lines 42 and 43 of the walk: what the system's notifications say while the window is in the background."""

import contextlib

from desktop import xdotool
from many import bulk_armed, open_bulk
from notices import NotificationService
from steps import expect, step
from toastwatch import plain

ATTENTION = ("Countermand", "A cancel needs attention.")
BATCH_DONE = ("Countermand", "A batch of cancels has finished.")


@contextlib.contextmanager
def in_background(program):
    """The main window is minimized; afterwards it is back, whatever brought it."""
    window = program.window_id()
    xdotool("windowminimize", str(window))
    program.until(lambda: program.active_window() != window, "window minimized")
    yield window
    xdotool("windowactivate", str(window))
    program.until(lambda: program.active_window() == window, "window back")


def next_notice(program, service, seen):
    """The next thing that the service was asked to show."""
    return program.until(lambda: service.notices()[seen:], f"notification {seen + 1}")[0]


def words(notice):
    """Title and text as the eye reads them."""
    return plain(notice[2]), plain(notice[3])


@step("42", "System notification (beyond the design's walk): hidden details, one for a toast, a click goes to the toast")
def hidden_notice(walk):
    program = walk.program
    with NotificationService() as service:
        program.next_answer("Rejected 9111")
        program.cancel("7828")
        program.toast("Not canceled — rejected", "…7828")
        program.close_toasts()
        expect(not service.notices(), f"a notification of what could be seen: {service.notices()}")

        program.next_answer("No answer, still open")
        program.cancel("3155")
        with in_background(program) as window:
            first = next_notice(program, service, 0)
            expect(words(first) == ATTENTION and first[1] == 0, f"V1 for an unknown outcome: {first}")
            second = next_notice(program, service, 1)
            expect(words(second) == ATTENTION, f"V1 for an error: {second}")
            expect(second[:2] == (first[0], first[0]), f"a second notification for one toast: {second}")
            service.click(first[0])
            program.until(lambda: program.active_window() == window, "the click brings the window back")
            number = program.toast("Still open — not canceled", "…3155")
            program.until(lambda: program.focused() == f"toast_{number}", f"toast_{number} has the focus")
            program.until(lambda: not service.up(), "the notification goes when the window is back")
        program.keys("Escape")
        program.until(lambda: not program.toasts(), "Esc dismisses the toast")
        program.until(lambda: program.focused() == "ordersTable", "and the focus is where it was")
        expect(len(service.notices()) == 2, f"more notifications: {service.notices()}")


@step("43", "System notifications of a batch, with details, taken back by a success, and switched off")
def told_notice(walk):
    program = walk.program
    with NotificationService() as service:
        # Eight seconds in which the window can go to the background.
        program.next_answer("No answer, canceled")
        open_bulk(program, "ctrl+shift+Delete")
        program.type_text("7")
        bulk_armed(program)
        program.keys("Return")
        program.gone("bulkDialog")
        with in_background(program):
            done = next_notice(program, service, 0)
            expect(words(done) == BATCH_DONE, f"a finished batch: {done}")
            expect(len(service.notices()) == 1, f"progress is no news: {service.notices()}")
        program.until(lambda: not service.up(), "the notification goes when the window is back")

        program.start_over()
        preference(program, "prefHideDetails")
        program.next_answer("No answer, canceled")
        program.cancel("7828")
        with in_background(program):
            open_words = words(next_notice(program, service, 1))
            expect(open_words[0] == "Practice · Unknown — checking…" and "…7828" in open_words[1],
                   f"details: {open_words}")
            program.until(lambda: not service.up(), "canceled after all: nothing needs attention")
        expect(len(service.notices()) == 2, f"a notification of a success: {service.notices()}")

        preference(program, "prefNotifications")
        program.next_answer("No answer, still open")
        program.cancel("3155")
        with in_background(program):
            program.until(lambda: program.watch.next(lambda text: "Still open" in text)
                          or program.toast_now("Still open — not canceled"), "U4", 30)
        expect(len(service.notices()) == 2, f"switched off: {service.notices()}")


def preference(program, name):
    """Clicks a box among the preferences of notifications."""
    program.keys("ctrl+comma")
    program.find("preferencesDialog")
    program.activate_dialog()
    program.keys("alt+n")
    before = program.find(name).has("checked")
    program.find(name).press()
    program.until(lambda: program.find(name).has("checked") != before, f"{name} changes")
    program.find("preferencesCloseButton").press()
    program.gone("preferencesDialog")

"""Walk line 39: keys are pasted, looked at, stored in the real keyring and forgotten."""

import time

import desktop
from steps import expect, step

KEY = "ck_walk_0123456789abcdef"
SECRET = "cs_walk_DO_NOT_USE_fedcba9876543210"


def fill_in(program, name):
    """Opens Accounts ▸ Add account… and pastes name, key and secret."""
    program.menu("Accounts", "Add account…")
    program.find("accountDialog")
    program.type_into("accountNameEdit", name)
    desktop.set_clipboard(f"  {KEY}\n")
    program.focus("apiKeyEdit")
    program.keys("ctrl+v")
    program.until(lambda: program.find("apiKeyEdit").text() == KEY, "key without blanks and line break")
    program.until(lambda: program.shows_text("Removed spaces or line breaks around the text"), "F3")
    desktop.set_clipboard(SECRET)
    program.focus("secretEdit")
    program.keys("ctrl+v")


def held_only(program, field):
    """The field looks different while the eye is held, and only then: its text is never told to assistive tools."""
    def look():
        return tuple(program.desktop.pixels(*field.extents()))
    x, y = program.find("secretReveal").center()
    program.move_pointer(x, y)
    end = time.monotonic() + 1.5
    hidden = set()
    while time.monotonic() < end:  # with and without the blinking cursor, with and without focus
        hidden.add(look())
        time.sleep(0.05)
    desktop.xdotool("mousedown", "1")
    program.until(lambda: look() not in hidden, "secret visible while held")
    expect(SECRET not in field.text() and SECRET not in field.name, "secret told to assistive tools")
    shown = look()
    desktop.xdotool("mouseup", "1")
    program.leave_table()
    program.until(lambda: look() != shown, "secret hidden again")
    program.never(lambda: look() == shown, "secret visible", 1)


@step(39, "Add account: F3, secret visible only while held, keychain entry made and removed")
def account(walk):
    program = walk.start("--practice")
    expect(not walk.desktop.keyring_items(), f"keyring is not empty: {walk.desktop.keyring_items()}")
    fill_in(program, "Walk account")
    field = program.find("secretEdit")
    expect(SECRET not in field.text() and SECRET not in field.name, "secret readable before it is held")
    held_only(program, field)
    program.press("accountSaveButton")
    program.until(lambda: len(walk.desktop.keyring_items()) == 1, "one keyring entry")
    attributes = walk.desktop.keyring_attributes()
    expect("countermand/" in attributes and "io.github.countermand.Countermand" in attributes, attributes)
    expect(SECRET not in attributes and KEY not in attributes, "secret in the attributes")
    program.until(lambda: SECRET not in program.clipboard(), "clipboard cleared")
    program.until(lambda: program.shows_text("The secret was removed from the clipboard"), "F6")
    if program.find_now("accountDialog"):
        program.close_dialogs()
    program.until(lambda: program.title().startswith("Walk account (LIVE)"), "account is on screen")
    program.menu("Accounts", "Forget account…")
    program.find("forgetDialog")
    program.until(lambda: program.shows_text("Forget “Walk account”"), "A4")
    program.press("forgetButton")
    program.until(lambda: not walk.desktop.keyring_items(), "keyring entry removed")
    program.find("welcomePage")
    expect(program.title() == "Countermand", f"title {program.title()!r}")


@step("39b", "Without a keychain: H3, keys only until quit")
def no_keychain(walk):
    before = walk.desktop.keyring_items()
    walk.desktop.stop_keyring()
    try:
        program = walk.start("--practice")
        fill_in(program, "Memory account")
        program.press("accountSaveButton")
        program.until(lambda: program.shows_text("No keychain is available on this system"), "H3")
        program.press("accountMemoryButton")
        program.until(lambda: program.title().startswith("Memory account (LIVE)"), "account is on screen")
        program.close()
    finally:
        walk.desktop.start_keyring()
    expect(walk.desktop.keyring_items() == before, "something was stored")

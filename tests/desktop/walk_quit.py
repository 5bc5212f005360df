"""Walk line 38: quitting while a cancel has no result yet."""

from steps import expect, step


def quit_while_sending(walk, tail, answer="Slow 4 s"):
    """Cancels an order that is answered late or never, and asks to quit at once."""
    program = walk.program
    program.next_answer(answer)
    program.cancel(tail)
    program.keys("ctrl+q")
    program.find("quitDialog")


@step(38, "Slow 4 s, cancel, Ctrl+Q: Q1; Stay keeps running; Quit now and restart: G7 and a settled end")
def quit_question(walk):
    program = walk.program
    quit_while_sending(walk, "3155")
    expect(program.shows_text("1 cancel has no result yet"), "Q1 names the count")
    program.until(lambda: program.focused() == "quitWaitButton", "focus on the default, Wait, then quit")
    program.activate_dialog()
    program.keys("Escape")
    program.gone("quitDialog")
    program.toast("Canceled", "…3155")
    expect(program.process.poll() is None, "Stay ended the program")

    # An answer that came before the end would be a record, too, but another one.
    quit_while_sending(walk, "7828", "No answer, still open")
    program.press("quitNowButton")
    program.process.wait(30)
    program = walk.start_again("--practice")
    program.banner("recovered", "1 cancel from last time had no answer")
    program.toast("Still open — not canceled", "…7828")
    program.gone("banner_recovered")

    quit_while_sending(walk, "5620")
    program.activate_dialog()
    program.keys("Return")
    program.process.wait(30)
    last = program.journal_line()
    expect('"stage":"canceled"' in last and "5620" in last, f"journal ends with {last!r}")

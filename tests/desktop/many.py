"""What the scripts do with several orders at once: the question, and the toast of a batch."""

from toastwatch import plain


def select_first(program, count):
    """Selects so many rows from the top."""
    first = plain(program.rows()[0]["Order ID"])[-4:]
    program.select(first)
    program.find("ordersTable").take_focus()
    program.keys(*["shift+Down"] * (count - 1))
    program.until(lambda: program.find("cancelSelectedButton").has("enabled"), "several rows selected")


def open_bulk(program, *keys):
    """Presses the keys: the question about several orders is open afterwards."""
    program.keys(*keys)
    return program.find("bulkDialog")


def bulk_armed(program):
    """Waits out the arm delay of the question about several orders."""
    program.until(lambda: (lambda node: node and node.has("enabled"))(program.find_now("bulkCancelButton")),
                  "bulkCancelButton enabled")


def batch_text(program):
    """Headline and text of the batch toast; empty without one."""
    node = program.find_now("batchToast")
    return plain(node.name) if node else ""


def batch_toast(program, words, timeout=30):
    """Waits for these words in the batch toast and returns its text."""
    return program.until(lambda: (lambda text: text if words in text else None)(batch_text(program)),
                         f"batch toast with “{words}”, now: {batch_text(program)}", timeout)

"""Named steps of a script: each is run, judged and printed alone, so that one failure hides no other."""

import os
import sys
import time
import traceback

STEPS = []


def step(name, what):
    """Registers a function as the step `name`; it gets the script's context and fails by raising."""
    def register(function):
        STEPS.append((str(name), what, function))
        return function
    return register


def expect(good, what):
    """Fails with these words unless `good`."""
    if not good:
        raise AssertionError(what)


def run_steps(context, chosen=(), picture_folder="."):
    """Runs all steps, or only the chosen names; prints a line for each; returns the number of failures.

    `context.before_step()` runs first each time; `context.failed_before` tells it that the step before has failed.
    A failing step leaves its picture.
    """
    failures = 0
    for name, what, function in STEPS:
        if chosen and name not in chosen:
            continue
        began = time.monotonic()
        try:
            context.before_step(name)
            context.failed_before = False
            function(context)
            print(f"PASS  {name:>4}  {what}  ({time.monotonic() - began:.1f} s)", flush=True)
        except Exception as error:  # pylint: disable=broad-except
            failures += 1
            context.failed_before = True
            print(f"FAIL  {name:>4}  {what}\n      {type(error).__name__}: {error}", flush=True)
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "steps.py" not in frame.filename]
            for frame in frames[-6:]:
                print(f"      {os.path.basename(frame.filename)}:{frame.lineno} {frame.line}", flush=True)
            try:
                for line in context.program.told():
                    print(f"      {line}", flush=True)
                print("      picture: " + context.program.screenshot(
                    os.path.abspath(os.path.join(picture_folder, f"failed-{name}.png"))), flush=True)
            except Exception as problem:  # pylint: disable=broad-except
                print(f"      no more is known: {problem}", flush=True)
    print(f"{failures} of {len(chosen) or len(STEPS)} steps failed", flush=True)
    sys.stdout.flush()
    return failures

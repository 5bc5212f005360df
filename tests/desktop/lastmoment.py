"""The last moment of a process: everything in it is closed, and its memory is still there. Linux, as root.

The kernel holds a traced process at its exit (PTRACE_O_TRACEEXIT), after the last line of its own code and before its
memory is given back: nothing in the program has to wait for the look.
"""

import ctypes
import os
import time

PATIENCE = 60
PTRACE_CONT = 7
PTRACE_DETACH = 17
PTRACE_SEIZE = 0x4206
PTRACE_O_TRACEEXIT = 0x40
PTRACE_EVENT_EXIT = 6

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
LIBC.ptrace.restype = ctypes.c_long


def trace(request, pid, data):
    """One call of ptrace; fails in the system's words."""
    if LIBC.ptrace(request, pid, None, data) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"ptrace {request:#x}: {os.strerror(number)}")


def at_exit(process, end, look):
    """Does `end()`, which must end the process, and returns what `look()` finds in its last moment and the exit code.

    Nobody else may wait for the process meanwhile: it stops at signals, too.
    """
    trace(PTRACE_SEIZE, process.pid, PTRACE_O_TRACEEXIT)
    end()
    deadline = time.monotonic() + PATIENCE
    while True:
        ready, status = os.waitpid(process.pid, os.WNOHANG)
        if not ready:
            if time.monotonic() > deadline:
                raise AssertionError(f"not at its end within {PATIENCE} s")
            time.sleep(0.02)
            continue
        if not os.WIFSTOPPED(status):
            process.returncode = os.waitstatus_to_exitcode(status)
            raise AssertionError(f"ended unseen, with {process.returncode}")
        event = status >> 16
        if event == PTRACE_EVENT_EXIT:
            break
        trace(PTRACE_CONT, process.pid, None if event else os.WSTOPSIG(status))
    found = look()
    trace(PTRACE_DETACH, process.pid, None)
    return found, process.wait(PATIENCE)

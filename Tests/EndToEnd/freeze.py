"""Stops every thread of a process but its event loop, and every thread that it makes from then on.

    python3 freeze.py PID

The process still accepts connections, but nothing that was to be done in the background is: a wedged poll loop, as the
watchdog must see it. Prints "frozen" and ends when the process has ended.
"""

import ctypes
import os
import signal
import sys

PTRACE_SEIZE, PTRACE_INTERRUPT, PTRACE_CONT, PTRACE_LISTEN = 0x4206, 0x4207, 7, 0x4208
PTRACE_O_TRACECLONE = 0x8
PTRACE_EVENT_CLONE, PTRACE_EVENT_STOP = 3, 128
WALL = 0x40000000

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def ptrace(request, thread, data=0):
    if libc.ptrace(request, thread, None, ctypes.c_void_p(data)) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), f"ptrace {request:#x} of {thread}")


def name(process, thread):
    with open(f"/proc/{process}/task/{thread}/comm", encoding="utf-8") as file:
        return file.read().strip()


def main():
    process = int(sys.argv[1])
    threads = [int(entry) for entry in os.listdir(f"/proc/{process}/task")]
    loops = {thread for thread in threads if name(process, thread).startswith("NIO-ELT")}
    if not loops:
        sys.exit(f"no event loop among {[name(process, thread) for thread in threads]}")
    for thread in threads:
        ptrace(PTRACE_SEIZE, thread, PTRACE_O_TRACECLONE)
    for thread in threads:
        if thread not in loops:
            ptrace(PTRACE_INTERRUPT, thread)
    print("frozen", flush=True)

    while True:
        try:
            thread, status = os.waitpid(-1, WALL)
        except ChildProcessError:
            return
        if not os.WIFSTOPPED(status) or thread not in loops:
            continue  # ended, or a thread that is to stay as it is
        event, number = status >> 16, os.WSTOPSIG(status)
        # The event loop goes on, with the signal it was to get, if it was one.
        deliver = 0 if event in (PTRACE_EVENT_CLONE, PTRACE_EVENT_STOP) or number == signal.SIGTRAP else number
        try:
            ptrace(PTRACE_CONT, thread, deliver)
        except OSError:
            pass  # killed meanwhile


if __name__ == "__main__":
    main()

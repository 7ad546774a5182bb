"""Makes a process jump to address 0 in its event loop: a crash as a wild pointer makes it, which a signal is not.

    python3 crash.py PID
"""

import ctypes
import os
import platform
import sys

PTRACE_CONT, PTRACE_GETREGSET, PTRACE_SETREGSET, PTRACE_SEIZE, PTRACE_INTERRUPT = 7, 0x4204, 0x4205, 0x4206, 0x4207
NT_PRSTATUS = 1
WALL = 0x40000000
# Places in the general registers, as 64-bit words: the program counter, and the system call to be begun anew, if any.
PROGRAM_COUNTER, RESTART = {"x86_64": (16, 15), "aarch64": (32, None)}[platform.machine()]

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


class Area(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def ptrace(request, thread, address=0, data=None):
    if libc.ptrace(request, thread, ctypes.c_void_p(address), data) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), f"ptrace {request:#x} of {thread}")


def name(process, thread):
    with open(f"/proc/{process}/task/{thread}/comm", encoding="utf-8") as file:
        return file.read().strip()


def main():
    process = int(sys.argv[1])
    thread = next(int(entry) for entry in os.listdir(f"/proc/{process}/task")
                  if name(process, entry).startswith("NIO-ELT"))
    ptrace(PTRACE_SEIZE, thread)
    ptrace(PTRACE_INTERRUPT, thread)
    os.waitpid(thread, WALL)
    registers = (ctypes.c_uint64 * 64)()
    area = Area(ctypes.addressof(registers), ctypes.sizeof(registers))
    ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, ctypes.addressof(area))
    registers[PROGRAM_COUNTER] = 0
    if RESTART is not None:
        registers[RESTART] = 2**64 - 1
    ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, ctypes.addressof(area))
    # The tracer ends, and the thread goes on from there.


if __name__ == "__main__":
    main()

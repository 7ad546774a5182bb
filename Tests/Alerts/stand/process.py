"""A program that runs in the background of an incident."""

import ctypes
import os
import signal
import subprocess

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def _die_with_parent():
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """Started in a session of its own, its output in `log`; started again it appends."""

    def __init__(self, command, log, environment=None):
        self.command = command
        self.log = log
        self.environment = environment
        self._child = None

    def start(self):
        with open(self.log, "ab") as log:
            self._child = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    @property
    def running(self):
        return self._child is not None and self._child.poll() is None

    def signal(self, number):
        os.kill(self._child.pid, number)

    def kill(self):
        """Ends it as a crash would."""
        self._child.kill()
        self._child.wait()

    def stop(self):
        """Ends it as an administrator would."""
        if not self.running:
            return
        self._child.terminate()
        try:
            self._child.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def last_words(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return "".join(log.readlines()[-15:])

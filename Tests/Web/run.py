#!/usr/bin/env python3
"""The HTTP surface of the real programs: exposition, web configuration, TLS, passwords, listeners, bounds, raw bytes.

    Tests/Web/run.py FOLDER_OF_THE_PROGRAMS [PART...]      PART picks cases by a part of their name
"""

import concurrent.futures
import os
import signal
import sys
import tempfile
import threading
import traceback

import cases_bounds
import cases_exposition
import cases_requests
import cases_security
import cases_settings
from stand import Stand


class Check:
    """What is checked, and how it went."""

    def __init__(self):
        self.passed, self.failed = 0, 0
        self._lock = threading.Lock()

    def expect(self, what, holds, detail=""):
        with self._lock:
            if holds:
                self.passed += 1
                print("ok    ", what, flush=True)
            else:
                self.failed += 1
                print("FAILED", what, "-", detail, flush=True)

    def equal(self, what, found, wanted):
        self.expect(what, found == wanted, "found %r, wanted %r" % (found, wanted))


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    programs, parts = os.path.abspath(sys.argv[1]), sys.argv[2:]
    modules = (cases_bounds, cases_security, cases_exposition, cases_settings, cases_requests)
    cases = [case for module in modules for case in module.CASES
             if not parts or any(part in case.__name__ for part in parts)]
    check = Check()
    with tempfile.TemporaryDirectory(prefix="web-check-") as folder, Stand(programs, folder) as stand:
        def run(case):
            try:
                case(check, stand)
            except Exception:  # any end but a return is a fault of the case
                check.expect(case.__name__, False, traceback.format_exc())
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(run, cases))
    print("%d passed, %d failed" % (check.passed, check.failed))
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())

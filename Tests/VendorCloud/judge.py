#!/usr/bin/env python3
"""Runs the daemon against the second stand-in and compares what it says with what it was answered.

usage: judge.py PROGRAM [PATTERN...]      PATTERN picks cases by a part of their name
"""

import concurrent.futures
import os
import sys
import threading
import time
import traceback

CASES = []
BY_NAME = set()
_print_lock = threading.Lock()


def case(function):
    """Registers a case; its first line of documentation is its name."""
    CASES.append(function)
    return function


def by_name(function):
    """A case that runs only where it is named."""
    BY_NAME.add(function)
    return case(function)


class Findings:
    """What a case found wrong. Every check counts."""

    def __init__(self, name):
        self.name = name
        self.passed = 0
        self.faults = []
        self.notes = []

    def check(self, holds, fault):
        """One check."""
        if holds:
            self.passed += 1
        else:
            self.faults.append(fault)
        return holds

    def equal(self, found, wanted, what):
        """One check of a value."""
        return self.check(found == wanted, f"{what}: {found!r}, wanted {wanted!r}")

    def note(self, text):
        """Something measured."""
        self.notes.append(text)


def run(function, binary):
    """Runs one case."""
    findings = Findings(function.__doc__.splitlines()[0].rstrip("."))
    begun = time.monotonic()
    try:
        function(binary, findings)
    except Exception as exception:  # any end but a return is a fault of the case
        line = traceback.format_exc().strip().splitlines()
        findings.faults.append(f"{type(exception).__name__}: {exception} ({line[-3].strip() if len(line) > 3 else ''})")
    with _print_lock:
        mark = "ok    " if not findings.faults else "FAILED"
        print(f"{mark} {findings.name} ({findings.passed} checks, {time.monotonic() - begun:.0f} s)", flush=True)
        for text in findings.notes:
            print(f"         {text}", flush=True)
        for text in findings.faults:
            print(f"       - {text}", flush=True)
    return findings


def main():
    """All cases, four at a time."""
    import cases_answers  # noqa: F401
    import cases_credentials  # noqa: F401
    import cases_endurance  # noqa: F401
    import cases_files  # noqa: F401
    import cases_life  # noqa: F401
    import cases_load  # noqa: F401

    binary, patterns = os.path.abspath(sys.argv[1]), sys.argv[2:]
    chosen = [function for function in CASES
              if any(pattern in function.__name__ for pattern in patterns) or not patterns and function not in BY_NAME]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda function: run(function, binary), chosen))
    failed = sum(1 for result in results if result.faults)
    print(f"{sum(result.passed for result in results)} checks")
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.modules["judge"] = sys.modules["__main__"]
    sys.exit(main())

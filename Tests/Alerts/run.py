#!/usr/bin/env python3
"""Plays incidents and judges who is told what.

    Tests/Alerts/run.py [--list] [--jobs N] [INCIDENT...]

The programs are taken from $FGE_BIN_DIR, or from .build/debug or .build/release. Prints one line per incident and, at
the end, "N passed, N failed"; exits 1 when one failed. What a failed incident leaves (logs, configurations) is kept.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback

import dashboard
from incidents import CATALOGUE
from stand.expectation import PREFIX
from stand.receiver import Receiver
from stand.stage import REPOSITORY, RULES, Stage

DASHBOARD = "dashboard"
# More than these are no accident of a busy machine.
AGAIN_AT_MOST = 3
PROGRAMS = ("functiongraph-exporter", "functiongraph-simulator")

_print_lock = threading.Lock()


def say(line):
    with _print_lock:
        print(line, flush=True)


def programs():
    """The folder of the programs."""
    named = os.environ.get("FGE_BIN_DIR")
    folders = [named] if named else [REPOSITORY / ".build/debug", REPOSITORY / ".build/release"]
    for folder in folders:
        if all(os.access(f"{folder}/{name}", os.X_OK) for name in PROGRAMS):
            return str(pathlib.Path(folder).resolve())
    sys.exit(f"run.py: no {' and '.join(PROGRAMS)} in {' or '.join(map(str, folders))}; build them first")


def play(name, binaries, root, receiver):
    """Plays one incident; whether it passed, and what it expected."""
    title, _, scene = CATALOGUE[name]
    folder = pathlib.Path(root, name)
    folder.mkdir()
    stage = Stage(name, binaries, folder, receiver)
    began = time.monotonic()
    fault = ""
    try:
        scene(stage)
        if stage.faults:
            fault = "; ".join(stage.faults)
    except (AssertionError, RuntimeError, TimeoutError) as error:
        fault = "; ".join([str(error), *stage.faults])
    except Exception:  # a fault of the stand is a failure of this incident alone
        fault = traceback.format_exc()
    finally:
        stage.close()
    took = time.monotonic() - began
    arrived = [str(notification) for notification in receiver.inbox(name)]
    if fault:
        say(f"FAILED  {name} ({title}), {took:.0f} s: {fault}\n        arrived: {'; '.join(arrived) or 'nothing'}")
        return False, stage.expected
    shutil.rmtree(folder, ignore_errors=True)
    say(f"passed  {name} ({title}), {took:.0f} s: {'; '.join(arrived) or 'nothing arrived, as it should'}")
    return True, stage.expected


def check_dashboard(binaries, root):
    folder = pathlib.Path(root, DASHBOARD)
    folder.mkdir()
    began = time.monotonic()
    try:
        faults = dashboard.faults_without_prometheus() + dashboard.check(binaries, folder)
    except Exception:
        faults = [traceback.format_exc()]
    took = time.monotonic() - began
    if faults:
        say(f"FAILED  {DASHBOARD} (its queries on the demo), {took:.0f} s:\n        " + "\n        ".join(faults))
        return False, []
    shutil.rmtree(folder, ignore_errors=True)
    count = len(list(dashboard.queries()))
    say(f"passed  {DASHBOARD} (its queries on the demo), {took:.0f} s: {count} queries, none empty")
    return True, []


def unplayed(expectations):
    """Alerts of the rules that no incident expects."""
    alerts = set(re.findall(r"(?m)^\s*- alert: (\w+)$", RULES.read_text()))
    return sorted(alerts - {PREFIX + each.alert for each in expectations})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("incidents", nargs="*", metavar="INCIDENT")
    parser.add_argument("--list", action="store_true", help="names the incidents and ends")
    parser.add_argument("--jobs", type=int, default=14, help="incidents played at once (default 14)")
    arguments = parser.parse_args()
    if arguments.list:
        for name, (title, _, _) in CATALOGUE.items():
            print(f"{name:32} {title}")
        print(f"{DASHBOARD:32} its queries on the demo")
        return 0
    names = arguments.incidents or [*CATALOGUE, DASHBOARD]
    wrong = [name for name in names if name not in CATALOGUE and name != DASHBOARD]
    if wrong:
        parser.error(f"no incident named {', '.join(wrong)}; --list names them")
    # The long ones first, so that none is left over at the end.
    names.sort(key=lambda name: -CATALOGUE[name][1] if name in CATALOGUE else -3)

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    binaries = programs()
    root = tempfile.mkdtemp(prefix="functiongraph-alerts-")
    receiver = Receiver()
    began = time.monotonic()
    def one(name, root, receiver):
        return check_dashboard(binaries, root) if name == DASHBOARD else play(name, binaries, root, receiver)

    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        results = dict(zip(names, pool.map(lambda name: one(name, root, receiver), names)))
    # Deadlines are seconds of the clock, and fourteen Prometheus share the cores: what missed one is played once more,
    # alone. What is wrong fails again.
    late = [name for name, (good, _) in results.items() if not good]
    if 0 < len(late) <= AGAIN_AT_MOST:
        again = os.path.join(root, "again")
        os.mkdir(again)
        for name in late:
            say(f"again   {name}, alone")
            fresh = Receiver()
            results[name] = one(name, again, fresh)
            fresh.close()
    passed = sum(good for good, _ in results.values())
    expectations = [each for _, expected in results.values() for each in expected]
    failed = len(names) - passed
    receiver.close()
    if not arguments.incidents and not failed:
        missing = unplayed(expectations)
        if missing:
            failed += 1
            say(f"FAILED  catalogue: no incident expects {', '.join(missing)}")
    if failed:
        say(f"logs and configurations of what failed: {root}")
    else:
        shutil.rmtree(root, ignore_errors=True)
    say(f"played in {time.monotonic() - began:.0f} s")
    say(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

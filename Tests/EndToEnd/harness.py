"""What the cases of the end-to-end test stand on: a booted machine, the programs in it, waiting, and a tally."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
SERVICE = "functiongraph-exporter"


class Failure(Exception):
    """An expectation that did not hold."""


class Result:
    """What a command inside the machine left: exit status and both outputs together."""

    def __init__(self, status, output):
        self.status = status
        self.output = output


class Machine:
    """A throw-away systemd machine; `machine` beside this file boots it."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="functiongraph-e2e-")
        self.up = False

    def boot(self):
        self._machine("up", self.folder)
        self.up = True

    def power_off(self):
        if self.up:
            self._machine("down", self.folder)
            self.up = False

    def put(self, source, target):
        self._machine("put", self.folder, source, target)

    def write(self, path, text, mode=0o644):
        """Writes a file inside, with its folder, in one step, so that nobody reads half of it."""
        self.sh(
            'mkdir -p "$(dirname "$1")" && cat >"$1.new" && chmod "$2" "$1.new" && mv "$1.new" "$1"',
            path, format(mode, "o"), stdin=text)

    def run(self, *command, stdin="", timeout=60):
        """Runs a command inside and returns its result, whatever its status."""
        process = subprocess.run(
            [os.path.join(HERE, "machine"), "run", self.folder, *command], input=stdin, text=True, errors="replace",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout)
        return Result(process.returncode, process.stdout)

    def start(self, *command):
        """Starts a command inside without waiting for it."""
        return subprocess.Popen(
            [os.path.join(HERE, "machine"), "run", self.folder, *command], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def sh(self, script, *arguments, stdin="", timeout=60):
        """Runs a shell script inside, which must succeed, and returns what it printed."""
        result = self.run("sh", "-c", script, "sh", *arguments, stdin=stdin, timeout=timeout)
        if result.status != 0:
            raise Failure(f"exit {result.status} of: {script}\n{result.output}")
        return result.output

    def properties(self, *names, unit=SERVICE):
        """Properties of a unit, by name."""
        output = self.sh('unit=$1; shift; systemctl show "$unit" $(printf -- "-p %s " "$@")', unit, *names)
        return dict(line.split("=", 1) for line in output.splitlines())

    def property(self, name, unit=SERVICE):
        return self.properties(name, unit=unit).get(name, "")

    def main_pid(self, unit=SERVICE):
        return int(self.property("MainPID", unit=unit))

    def get(self, path, port=10977, method="GET"):
        """Status and body of a request to the daemon; status 0 where nobody answers."""
        result = self.run(
            "curl", "--silent", "--max-time", "5", "--request", method, "--write-out", "\n%{http_code}",
            f"http://127.0.0.1:{port}{path}")
        body, _, status = result.output.rpartition("\n")
        return int(status or 0), body

    def functions(self, port=10977):
        """What /api/v1/functions tells, by URN."""
        status, body = self.get("/api/v1/functions", port)
        expect_equal(status, 200, "status of /api/v1/functions")
        return {row["function_urn"]: row for row in json.loads(body)["functions"]}

    def metric(self, name, port=10977, **labels):
        """The value of one sample, or None."""
        for line in self.get("/metrics", port)[1].splitlines():
            found = re.fullmatch(re.escape(name) + r"(?:\{(.*)\})? (\S+)", line)
            if found and all(f'{key}="{value}"' in (found[1] or "") for key, value in labels.items()):
                return float(found[2])
        return None

    def journal(self, *arguments):
        """The journal's text for these arguments."""
        return self.run("journalctl", "--no-pager", "--quiet", "--boot", *arguments).output

    def _machine(self, *arguments):
        subprocess.run([os.path.join(HERE, "machine"), *arguments], check=True, stdin=subprocess.DEVNULL, timeout=120)


def expect(condition, what):
    if not condition:
        raise Failure(what)


def expect_equal(found, wanted, what):
    if found != wanted:
        raise Failure(f"{what}: {found!r}, expected {wanted!r}")


def expect_in(part, text, what):
    if part not in text:
        raise Failure(f"{what}: no {part!r} in\n{text}")


def eventually(what, probe, seconds=20.0):
    """Waits until the probe answers something true, and returns that. The wait is bounded; the last answer is told."""
    end = time.monotonic() + seconds
    while True:
        answer = probe()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failure(f"not within {seconds:g} s: {what}; last seen {answer!r}")
        time.sleep(0.1)


class Tally:
    """Runs cases in order, prints a line for each, and closes with `N passed, N failed`."""

    def __init__(self, machine):
        self.machine = machine
        self.passed = 0
        self.failed = 0

    def case(self, name, body):
        begin = time.monotonic()
        try:
            body(self.machine)
        except Exception as error:  # a case must not end the others
            self.failed += 1
            print(f"FAILED  {name} ({time.monotonic() - begin:.1f} s)")
            if isinstance(error, (Failure, subprocess.TimeoutExpired)):
                print(f"        {error}".replace("\n", "\n        "))
            else:
                traceback.print_exc(file=sys.stdout)
            self._scene()
        else:
            self.passed += 1
            print(f"ok      {name} ({time.monotonic() - begin:.1f} s)")
        sys.stdout.flush()

    def close(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 0 if self.failed == 0 and self.passed > 0 else 1

    def _scene(self):
        """What the machine looked like when a case failed."""
        try:
            scene = self.machine.run("systemctl", "status", "--no-pager", "--full", "--lines=0", SERVICE).output
            scene += self.machine.journal("--unit", SERVICE, "--lines=15", "--output=short-monotonic")
            print("        | " + scene.rstrip().replace("\n", "\n        | "))
        except Exception as error:
            print(f"        | the machine does not answer: {error}")

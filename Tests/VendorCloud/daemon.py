"""Runs the daemon: its files, its process, systemd's side of it, and what it says when scraped."""

import contextlib
import gzip
import itertools
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

from prometheus_client.parser import text_string_to_metric_families

FIRST_PORT, LAST_PORT = (int(port) for port in os.environ.get("VENDOR_CHECK_PORTS", "22000-22099").split("-"))
_ports = itertools.cycle(range(FIRST_PORT, LAST_PORT + 1))
_ports_lock = threading.Lock()
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port():
    """A port of ours that nobody listens on."""
    with _ports_lock:
        for port in _ports:
            with socket.socket() as trial, contextlib.suppress(OSError):
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(("127.0.0.1", port))
                return port
    raise RuntimeError("no free port left")


class Samples:
    """One scrape: values by name and labels."""

    def __init__(self, text):
        self.text = text
        self.values = {}
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                self.values[sample.name, frozenset(sample.labels.items())] = sample.value

    def get(self, name, **labels):
        """The value of one series, or None."""
        return self.values.get((name, frozenset(labels.items())))

    def all(self, name, **labels):
        """Every series of `name` that has these labels, as (labels, value)."""
        wanted = set(labels.items())
        return [(dict(key), value) for (found, key), value in self.values.items() if found == name and wanted <= key]

    def total(self, name, **labels):
        """The sum over `all`."""
        return sum(value for _, value in self.all(name, **labels))


class Daemon:
    """One process of the daemon in a directory of its own."""

    def __init__(self, binary, config, files=None, flags=(), environment=None, wrapper=(), watchdog=None):
        self.binary = binary
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="vendor-check-"))
        self._port = None
        self.flags = list(flags)
        self.wrapper = list(wrapper)
        self.environment = {"PATH": os.environ["PATH"], **(environment or {})}
        self.watchdog = watchdog
        self.datagrams = []
        self.process = None
        self.usage = None
        for name, text in {"config.yml": config, **(files or {})}.items():
            self.write(name, text)

    @property
    def port(self):
        """Where it listens."""
        if self._port is None:
            self._port = free_port()
        return self._port

    @port.setter
    def port(self, port):
        self._port = port

    def write(self, name, text):
        """Writes a file of its directory, replaced in one step."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name("." + path.name + ".new")
        new.write_bytes(text if isinstance(text, bytes) else text.encode())
        new.chmod(0o600)
        new.rename(path)
        return path

    def command(self, *arguments):
        """Runs the program once, to its end."""
        return subprocess.run(
            [self.binary, *arguments], capture_output=True, text=True, timeout=10, env=self.environment,
            cwd=self.directory)

    def __enter__(self):
        self.start()
        return self

    def start(self):
        """Starts `serve`."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        path = str(self.directory / "notify")
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        self._socket.bind(path)
        environment = {**self.environment, "NOTIFY_SOCKET": path}
        if self.watchdog:
            environment["WATCHDOG_USEC"] = str(int(self.watchdog * 1e6))
        threading.Thread(target=self._listen, daemon=True).start()
        self.log_path = self.directory / "log"
        self._log = open(self.log_path, "ab")
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [*self.wrapper, self.binary, "serve", "--config.file", str(self.directory / "config.yml"),
             "--web.listen-address", f"127.0.0.1:{self.port}", *self.flags],
            env=environment, stdout=self._log, stderr=self._log, stdin=subprocess.DEVNULL, cwd=self.directory,
            start_new_session=bool(self.wrapper))

    def _listen(self):
        with contextlib.suppress(OSError):
            while True:
                data = self._socket.recv(65536).decode()
                self.datagrams.append((time.monotonic(), dict(
                    line.split("=", 1) for line in data.split("\n") if "=" in line)))

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.wrapper:
            # The wrapper stays between us and the daemon.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGTERM)
        self._log.close()
        self._socket.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    def ready(self, timeout=20):
        """Waits for `READY=1`; the seconds it took."""
        moment = self.told("READY", "1", timeout=timeout)
        return moment - self.started

    def told(self, key, value=None, timeout=10, after=0.0):
        """Waits for a datagram with `key`; its moment."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            for moment, fields in list(self.datagrams):
                if moment >= after and key in fields and (value is None or fields[key] == value):
                    return moment
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        raise AssertionError(f"no {key}={value} within {timeout} s; log:\n{self.log()[-2000:]}")

    def log(self):
        """What it has logged."""
        return self.log_path.read_text(errors="replace")

    def get(self, path, headers=None, method="GET", timeout=10):
        """(status, headers, text) of a request."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers or {}, method=method)
        try:
            with _opener.open(request, timeout=timeout) as response:
                body = response.read()
                if response.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                return response.status, response.headers, body.decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers, refusal.read().decode()

    def scrape(self):
        """The metrics now."""
        return Samples(self.get("/metrics")[2])

    def functions(self):
        """`/api/v1/functions` by URN."""
        return {row["function_urn"]: row for row in json.loads(self.get("/api/v1/functions")[2])["functions"]}

    def until(self, holds, timeout, what="condition"):
        """Scrapes until `holds(samples)`; the samples."""
        end = time.monotonic() + timeout
        while True:
            samples = self.scrape()
            if holds(samples):
                return samples
            if time.monotonic() > end:
                raise AssertionError(f"not within {timeout} s: {what}; log:\n{self.log()[-1500:]}")
            time.sleep(0.2)

    def hangup(self):
        """SIGHUP; waits for the whole reload."""
        before = time.monotonic()
        self.process.send_signal(signal.SIGHUP)
        reloading = self.told("RELOADING", "1", after=before)
        self.told("READY", "1", after=reloading)

    def terminate(self):
        """SIGTERM; (exit status, seconds until the end)."""
        before = time.monotonic()
        self.process.terminate()
        status = self.process.wait(15)
        return status, time.monotonic() - before

    def resident_kilobytes(self):
        """VmRSS of the process."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1])
        return 0

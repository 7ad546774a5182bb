"""One incident's world, from the cloud to the person who is told."""

import os
import pathlib
import time

from . import ports, scaling, web
from .cloud import Cloud
from .exporter import Exporter, urn
from .process import Process
from .receiver import Receiver

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
PROMETHEUS_FILES = REPOSITORY / "etc/prometheus"
RULES = PROMETHEUS_FILES / "rules/functiongraph-exporter.rules.yml"
ALERTMANAGER_FILE = REPOSITORY / "etc/alertmanager/alertmanager.yml"

# A poll (5s), a scrape and two evaluations (2.5s each) pass before a change is seen, at most; the rest is this machine's.
SEEN = 12.5
SLACK = 15.0


def after(rule, wait="100s"):
    """Seconds within which a notification must arrive: `rule` is the alert's `for` plus what its expression waits for,
    `wait` the group's wait, both as in the shipped files."""
    return (scaling.seconds(rule) + scaling.seconds(wait)) / scaling.FACTOR + SEEN + SLACK


def repaired(keep="5m"):
    """Seconds within which the end must be told: `keep_firing_for`, then the next round of the group."""
    return (scaling.seconds(keep) + scaling.seconds("5m")) / scaling.FACTOR + SEEN + SLACK


class Stage:
    def __init__(self, name, programs, folder, receiver):
        self.name = name
        self.folder = str(folder)
        self.receiver: Receiver = receiver
        self.programs = programs
        self.cloud = Cloud(programs, self.folder)
        self.exporter = Exporter(programs, self.folder, self.cloud)
        self.expected = []
        self.faults = []
        self._consumed = set()
        self._processes = [self.cloud.process, self.exporter.process]

    # -- building

    def another_cloud(self, region):
        """A second simulator for one region."""
        cloud = Cloud(self.programs, self.folder, f"simulator-{region}")
        regions = self.exporter.config["endpoints"].setdefault("regions", {})
        regions[region] = {"functiongraph": cloud.url, "iam": cloud.url}
        self._processes.append(cloud.process)
        return cloud

    def functions(self, names, state="enable", cloud=None, life=None, **settings):
        """Functions that the cloud has and the exporter watches; their URNs."""
        where = {key: settings.pop(key) for key in ("version", "package", "region", "project") if key in settings}
        urns = [urn(name, **where) for name in names]
        for each in urns:
            (cloud or self.cloud).add(each, state, life)
            self.exporter.watch(each, **settings)
        return urns

    def start(self, healthy=None, clouds=()):
        """Starts everything. Returns when Prometheus has seen `healthy` functions polled well (None: all listed)."""
        for cloud in (self.cloud, *clouds):
            cloud.start()
        self.exporter.write_config()
        self.exporter.start()
        self._start_alertmanager()
        self._start_prometheus()
        wanted = len(self.exporter.config["watch"].get("functions", [])) if healthy is None else healthy
        web.wait(lambda: self.value("count(functiongraph_poll_success == 1) or vector(0)") >= wanted, 60,
                 f"{wanted} functions are polled and scraped")

    def _start_alertmanager(self):
        address = self.alertmanager_address = f"127.0.0.1:{ports.free()}"
        text = scaling.alertmanager(ALERTMANAGER_FILE.read_text(), f"{self.receiver.url}/{self.name}")
        pathlib.Path(self.folder, "alertmanager.yml").write_text(text)
        process = Process(
            ["prometheus-alertmanager", f"--config.file={self.folder}/alertmanager.yml"]
            + [f"--storage.path={self.folder}/alertmanager", f"--web.listen-address={address}"]
            + ["--cluster.listen-address=", "--log.level=warn"],
            f"{self.folder}/alertmanager.log",
        )
        self._run(process, f"http://{address}/-/ready", "Alertmanager is ready")

    def _start_prometheus(self):
        address = f"127.0.0.1:{ports.free()}"
        self.prometheus = f"http://{address}"
        os.makedirs(f"{self.folder}/rules", exist_ok=True)
        pathlib.Path(self.folder, "rules", RULES.name).write_text(scaling.rules(RULES.read_text()))
        self.scrape(self.exporter.address, reload=False)
        process = Process(
            ["prometheus", f"--config.file={self.folder}/prometheus.yml"]
            + [f"--storage.tsdb.path={self.folder}/prometheus", f"--web.listen-address={address}"]
            + ["--web.enable-lifecycle", "--log.level=warn"],
            f"{self.folder}/prometheus.log",
        )
        self._run(process, f"{self.prometheus}/-/ready", "Prometheus is ready")

    def _run(self, process, url, what):
        self._processes.append(process)
        process.start()

        def ready():
            if not process.running:
                raise RuntimeError(f"{what}: it has ended: {process.last_words()}")
            return web.answers(url)

        web.wait(ready, 30, what)

    def scrape(self, target, reload=True):
        """What Prometheus scrapes from now on; None: nothing."""
        text = scaling.scrape((PROMETHEUS_FILES / "scrape.yml").read_text(), target, self.alertmanager_address)
        pathlib.Path(self.folder, "prometheus.yml").write_text(text)
        if reload:
            web.post(f"{self.prometheus}/-/reload", timeout=20)

    # -- looking

    def value(self, expression):
        """The number an expression has now; NaN where it has none."""
        result = web.query(self.prometheus, expression)
        return float(result[0]["value"][1]) if result else float("nan")

    # -- judging

    def expect(self, *expectations, within):
        """Every expectation arrives within so many seconds from now, in any order; each notification counts once."""
        end = time.monotonic() + within
        waiting = list(expectations)
        self.expected += expectations
        while waiting:
            for index, notification in enumerate(self.receiver.inbox(self.name)):
                if index in self._consumed:
                    continue
                found = next((each for each in waiting if each.matches(notification)), None)
                if found:
                    self._consumed.add(index)
                    waiting.remove(found)
                    self.faults += found.faults(notification)
            if waiting and time.monotonic() > end:
                missing = ", ".join(str(each) for each in waiting)
                raise AssertionError(f"not within {within:.0f} s: {missing}")
            time.sleep(0.1)

    def quiet(self, seconds=30):
        """Nothing arrives for so long but what was expected."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.unexpected():
            time.sleep(0.2)
        if self.unexpected():
            raise AssertionError("unexpected: " + "; ".join(self.unexpected()))

    def unexpected(self):
        inbox = enumerate(self.receiver.inbox(self.name))
        return [str(notification) for index, notification in inbox if index not in self._consumed]

    def close(self):
        for process in reversed(self._processes):
            process.stop()

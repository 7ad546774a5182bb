"""What only time shows: thousands of functions discovered and polled for many minutes, the cloud away for an hour."""

import collections
import time

from cases_files import KEYS, P
from cases_life import config
from cases_load import cloud_away, listing
from cloud import Cloud, error
from daemon import Daemon, free_port
from judge import by_name

PROJECTS = [P, "c" * 32, "d" * 32]
#: Functions of each project: 7,600 in all.
SIZES = [2534, 2533, 2533]
#: What the cloud allows a project.
PER_SECOND = 10
#: Long enough for a whole second listing: each takes 21 minutes at a fifth of the rate.
MINUTES = 52


class _LimitedCloud(Cloud):
    """Allows each project `PER_SECOND` requests in each second and answers 429 beyond them.

    Seconds are those of the signatures: when this process gets to read a request says more of how busy the machine is.
    """

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._signed = collections.Counter()

    def _decide(self, request):
        second = (request.project, request.headers.get("x-sdk-date"))
        self._signed[second] += 1
        if self._signed[second] > PER_SECOND:
            return error(429, "APIGW.0308", "The throttling threshold has been reached")
        return super()._decide(request)


class _Ages:
    """The moments at which each function's state was answered, from the cloud's ledger."""

    def __init__(self, cloud):
        self._cloud = cloud
        self._read = 0
        self.last = {}
        self.gaps = []

    def follow(self):
        """Reads what the ledger has since the last call."""
        rows = self._cloud.requests
        for request in rows[self._read:]:
            if request.operation == "snapshot_state":
                if request.urn in self.last:
                    self.gaps.append((request.begun, request.begun - self.last[request.urn]))
                self.last[request.urn] = request.begun
        self._read = len(rows)

    def oldest(self, now, project):
        """The age of the oldest answer of a project."""
        return max((now - at for urn, at in self.last.items() if f":{project}:" in urn), default=0.0)


def _entries():
    return "".join(f"    - {{region: cn-north-4, project: {project}, list_interval: 5m}}\n" for project in PROJECTS)


@by_name
def large(binary, findings):
    """7,600 functions in three projects discovered and polled at 10/s per project, through two listings."""
    port = free_port()
    text = config(port, []).replace("  functions:\n    []\n", "  discover:\n" + _entries()).replace(
        "interval: 5s, timeout: 3s", "interval: 1m, switch: true").replace(
            "requests_per_second: 100", f"requests_per_second: {PER_SECOND}")
    with _LimitedCloud(port, {"KEY": "SECRET"}) as cloud:
        for project, size in zip(PROJECTS, SIZES):
            cloud.listings[project] = listing(size, project)
        with Daemon(binary, text, environment=KEYS) as daemon:
            daemon.ready()
            begun = time.monotonic()
            _watch(cloud, daemon, findings, begun)
            _totals(cloud, daemon, findings, begun)


def _watch(cloud, daemon, findings, begun):
    """Scrapes each 15 seconds and compares age, lag and interval with the ledger."""
    ages = _Ages(cloud)
    known = set()
    worst_lag, worst_over, most_memory = 0.0, 0.0, 0
    next_note = 0
    while (now := time.monotonic()) - begun < MINUTES * 60:
        ages.follow()
        samples = daemon.scrape()
        minutes = (now - begun) / 60
        states = {labels["function_urn"] for labels, value in samples.all("functiongraph_snapshot_state") if value == 1}
        gone = known - states
        findings.check(not gone, f"{len(gone)} states withdrawn after {minutes:.1f} min, such as {next(iter(gone), '')}")
        known |= states
        lag = samples.get("functiongraph_exporter_poll_lag_seconds")
        turns = {project: max((value for labels, value in samples.all("functiongraph_poll_interval_seconds")
                               if f":{project}:" in labels["function_urn"]), default=60.0) for project in PROJECTS}
        oldest = {project: ages.oldest(now, project) for project in PROJECTS}
        # Lag is counted from the configured interval.
        expected = max(0.0, max(oldest.values()) - 60)
        if len(ages.last) == sum(SIZES):
            worst_lag = max(worst_lag, abs(lag - expected))
            findings.check(abs(lag - expected) < 3, f"after {minutes:.1f} min lag {lag:.0f} s, by the ledger {expected:.0f}")
        over = max(oldest[project] / turns[project] for project in PROJECTS)
        worst_over = max(worst_over, over)
        # While the list grows its turn does too; a poll that was due under the old one may be some seconds late.
        findings.check(all(oldest[project] < 1.03 * turns[project] + 5 for project in PROJECTS),
                       f"after {minutes:.1f} min the oldest answer is {over:.2f} effective intervals old")
        most_memory = max(most_memory, daemon.resident_kilobytes())
        if minutes >= next_note:
            next_note += 4
            print(f"         {minutes:4.1f} min: {len(states)} states, interval {max(turns.values()):.0f} s, oldest "
                  f"{max(oldest.values()):.0f} s, lag {lag:.0f} s", flush=True)
        time.sleep(max(0.0, 15 - (time.monotonic() - now)))
    findings.equal(len(known), sum(SIZES), "functions with a state")
    findings.note(f"lag at most {worst_lag:.1f} s from the ledger's, oldest answer at most {worst_over:.3f} effective "
                  f"intervals old, {most_memory / 1000:.0f} MB resident at most")
    late = [gap for moment, gap in ages.gaps if moment - begun > 30 * 60]
    if late:
        late.sort()
        findings.note(f"between two polls after 30 min: median {late[len(late) // 2]:.0f} s, most {late[-1]:.0f} s")


def _totals(cloud, daemon, findings, begun):
    """No 429, discovery a fifth at most, all of the rate used, listings counted."""
    seconds = time.monotonic() - begun
    rows = cloud.ledger()
    refused = [request for request in rows if request.answer.status != 200]
    findings.equal(len(refused), 0, f"answers other than 200, such as {refused[0].answer if refused else None}")
    for project in PROJECTS:
        ours = [request for request in rows if request.project == project]
        listings = [request for request in ours if request.operation.startswith("list_")]
        switches = sum(1 for request in ours if request.operation == "snapshot_switch")
        # In each minute, not only on the whole.
        minutes = collections.Counter(int((request.begun - begun) // 60) for request in listings)
        findings.check(max(minutes.values()) <= 60 * PER_SECOND / 5 + 2, f"listings in a minute: {max(minutes.values())}")
        # What discovery leaves of its fifth between two listings stays unused.
        findings.check(len(ours) / seconds >= 0.85 * PER_SECOND, f"{len(ours) / seconds:.2f} requests/s used")
        findings.note(f"{len(ours) / seconds:.2f} requests/s, of them {len(listings) / seconds:.2f} of discovery, "
                      f"{switches / seconds:.2f} for the switch")
    samples = daemon.scrape()
    findings.check(samples.total("functiongraph_discovery_functions") == sum(SIZES), "discovered functions")
    findings.check(len(samples.all("functiongraph_discovery_last_success_timestamp_seconds")) == 3, "listings ended")
    count = samples.total("functiongraph_api_requests_total")
    findings.check(abs(count - len(rows)) <= 40, f"{count} requests counted, {len(rows)} seen")


@by_name
def outage(binary, findings):
    """The cloud away for an hour: one connection attempt in 30 s and project; all polled within a minute after."""
    cloud_away(binary, findings, 3600)

"""systemd's side, reloads, signals, files that come and go."""

import concurrent.futures
import os
import re
import signal
import socket
import time

from cases_files import AUTH, KEYS, URN, P
from cloud import Answer, Cloud, error
from daemon import Daemon, free_port
from judge import case


def config(port, urns, more=""):
    """A list of functions, polled each 5 seconds."""
    rows = "".join(f"    - '{urn}'\n" for urn in urns) or "    []\n"
    return (AUTH + f"poll: {{interval: 5s, timeout: 3s}}\nlimits: {{requests_per_second: 100}}\n"
            f"endpoints: {{functiongraph: 'http://127.0.0.1:{port}', iam: 'http://127.0.0.1:{port}'}}\n{more}"
            f"watch:\n  functions:\n{rows}")


def many(count, project=P):
    """URNs of `count` functions."""
    return [f"urn:fss:cn-north-4:{project}:function:default:g{index}:v1" for index in range(count)]


@case
def notifications(binary, findings):
    """READY=1, STATUS=, WATCHDOG=1 at half its time, RELOADING=1 with MONOTONIC_USEC, STOPPING=1."""
    port = free_port()
    with Cloud(port, {"KEY": "SECRET"}), Daemon(
            binary, config(port, many(20)), environment=KEYS, watchdog=2) as daemon:
        findings.note(f"start to READY=1: {daemon.ready() * 1000:.0f} ms")
        findings.equal(daemon.get("/-/ready")[0], 200, "/-/ready after READY=1")
        time.sleep(11)
        pings = [moment for moment, fields in daemon.datagrams if fields.get("WATCHDOG") == "1"]
        gaps = [b - a for a, b in zip(pings, pings[1:])]
        findings.check(len(pings) >= 6 and max(gaps) < 1.6, f"watchdog pings: {[round(gap, 2) for gap in gaps]}")
        findings.check(all(gap > 0.5 for gap in gaps), f"watchdog pings come too often: {gaps}")
        texts = [fields["STATUS"] for _, fields in daemon.datagrams if "STATUS" in fields]
        findings.check(re.search(r"20 functions.*20 as expected.*0 failing.*last poll", texts[-1]) is not None, texts[-1])
        before = time.clock_gettime(time.CLOCK_MONOTONIC) * 1e6
        count = len(daemon.datagrams)
        daemon.hangup()
        told = [fields for _, fields in daemon.datagrams[count:] if "RELOADING" in fields or "READY" in fields]
        findings.equal([sorted(set(fields) - {"STATUS"}) for fields in told],
                       [["MONOTONIC_USEC", "RELOADING"], ["READY"]], "datagrams of a reload")
        stamp = int(told[0]["MONOTONIC_USEC"])
        findings.check(before <= stamp <= before + 5e6, f"MONOTONIC_USEC {stamp}, {before}")
        status, seconds = daemon.terminate()
        time.sleep(0.1)
        findings.equal(status, 0, "exit status")
        findings.check(seconds < 2, f"SIGTERM took {seconds:.1f} s")
        findings.check(any(fields.get("STOPPING") == "1" for _, fields in daemon.datagrams), "no STOPPING=1")


@case
def reloads(binary, findings):
    """Good and bad reloads by SIGHUP, by POST and by themselves; functions that stay keep their counters."""
    port = free_port()
    urns = many(4)
    with Cloud(port, {"KEY": "SECRET"}) as cloud, Daemon(
            binary, config(port, urns), environment=KEYS, flags=["--web.enable-lifecycle"]) as daemon:
        daemon.ready()
        daemon.until(lambda s: s.total("functiongraph_polls_total") >= 8, 20, "two polls each")
        good = daemon.scrape()
        daemon.write("config.yml", config(port, urns).replace("interval: 5s", "interval: x") + "nonsense: 1\n")
        daemon.hangup()
        after = daemon.scrape()
        findings.equal(after.get("functiongraph_exporter_config_last_reload_successful"), 0, "after a bad reload")
        findings.equal(after.get("functiongraph_exporter_watched_functions"), 4, "watched after a bad reload")
        findings.equal(after.get("functiongraph_exporter_config_last_reload_success_timestamp_seconds"),
                       good.get("functiongraph_exporter_config_last_reload_success_timestamp_seconds"), "its time")
        findings.check(len(re.findall(r"config\.yml:\d+:\d+: ", daemon.log())) >= 2, "faults are not logged")
        status, _, body = daemon.get("/-/reload", method="POST")
        findings.equal(status, 422, "POST of a bad configuration")
        findings.equal(len(re.findall(r"config\.yml:\d+:\d+: ", body)), 2, f"faults answered: {body!r}")
        daemon.told("STATUS", timeout=10, after=time.monotonic() - 1)
        time.sleep(5.5)
        texts = [fields["STATUS"] for _, fields in daemon.datagrams if "STATUS" in fields]
        findings.check(texts[-1].startswith("reload refused: 2 faults"), texts[-1])
        daemon.write("config.yml", config(port, urns[1:] + many(6)[4:]))
        findings.equal(daemon.get("/-/reload", method="POST")[0], 200, "POST of a good configuration")
        new = daemon.scrape()
        findings.equal(new.get("functiongraph_exporter_watched_functions"), 5, "watched after a good reload")
        findings.equal(new.get("functiongraph_polls_total", function_urn=urns[0]), None, "the one that left")
        for urn in urns[1:]:
            findings.check(new.get("functiongraph_polls_total", function_urn=urn)
                           >= good.get("functiongraph_polls_total", function_urn=urn), f"{urn}: counter lost")
        findings.equal(new.get("functiongraph_exporter_config_last_reload_successful"), 1, "after a good reload")
        findings.equal(daemon.get("/-/reload")[0], 405, "GET of /-/reload")
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(lambda _: daemon.get("/-/reload", method="POST", timeout=30)[0], range(32)))
        findings.equal(set(answers), {200}, "32 reloads at once")
        for _ in range(300):
            daemon.process.send_signal(signal.SIGHUP)
        time.sleep(2)
        findings.equal(daemon.process.poll(), None, "alive after 300 SIGHUPs")
        findings.equal(daemon.get("/-/healthy")[0], 200, "/-/healthy after 300 SIGHUPs")
        balance = [("R" if "RELOADING" in fields else "r") for _, fields in daemon.datagrams
                   if "RELOADING" in fields or "READY" in fields]
        findings.equal("".join(balance).replace("Rr", "").replace("r", ""), "", "RELOADING without READY")
        daemon.write("config.yml", config(port, urns, more="poll2: {}\n"))
        findings.equal([r.fault for r in cloud.ledger() if r.fault], [], "bad signatures")


@case
def early_signals(binary, findings):
    """SIGHUP and SIGTERM right after the start."""
    port = free_port()
    for pause in (0.0, 0.01, 0.03, 0.06, 0.1, 0.2):
        with Daemon(binary, config(port, many(3)), environment=KEYS) as daemon:
            time.sleep(pause)
            daemon.process.terminate()
            begun = time.monotonic()
            status = daemon.process.wait(15)
            findings.check(status in (0, -signal.SIGTERM), f"SIGTERM after {pause} s: {status}")
            findings.check(time.monotonic() - begun < 5.5, f"SIGTERM after {pause} s took {time.monotonic() - begun} s")
    with Daemon(binary, config(port, many(3)), environment=KEYS) as daemon:
        daemon.ready()
        daemon.process.send_signal(signal.SIGHUP)
        time.sleep(1)
        findings.equal(daemon.process.poll(), None, "SIGHUP right after READY=1")
        daemon.process.send_signal(signal.SIGINT)
        findings.equal(daemon.process.wait(10), 0, "SIGINT")


@case
def watch_files(binary, findings):
    """Watch files: noticed by themselves, through symlinks, bad ones keep their last entries, huge ones are read."""
    port = free_port()
    text = config(port, []).replace("  functions:\n    []\n", "  files: ['w.d/*.yml']\n")
    a, b = many(2)
    with Cloud(port, {"KEY": "SECRET"}), Daemon(
            binary, text, {"w.d/a.yml": f"- '{a}'\n", "real/one.yml": f"- '{b}'\n"}, environment=KEYS) as daemon:
        daemon.ready()

        def watched(count):
            return lambda s: s.get("functiongraph_exporter_watched_functions") == count
        daemon.until(watched(1), 5)
        os.symlink("../real/one.yml", daemon.directory / "w.d" / "link.yml")
        daemon.until(watched(2), 13, "a new symlink")
        daemon.write("real/two.yml", "".join(f"- '{urn}'\n" for urn in many(5)))
        os.symlink("../real/two.yml", daemon.directory / "w.d" / ".swap")
        os.rename(daemon.directory / "w.d" / ".swap", daemon.directory / "w.d" / "link.yml")
        daemon.until(watched(5), 13, "a swapped symlink")
        daemon.write("w.d/a.yml", "- urn:fss:nonsense\n")
        samples = daemon.until(
            lambda s: s.get("functiongraph_exporter_config_last_reload_successful") == 0, 13, "a bad watch file")
        findings.equal(samples.get("functiongraph_exporter_watched_functions"), 5, "last good entries")
        findings.check(re.search(r"w\.d/a\.yml:1:\d+: ", daemon.log()) is not None, "the fault is not logged")
        daemon.write("w.d/a.yml", f"- '{a}'\n")
        daemon.until(
            lambda s: s.get("functiongraph_exporter_config_last_reload_successful") == 1, 13, "mended")
        daemon.write("w.d/big.yml", "".join(f"- '{urn}'\n" for urn in many(19000, "b" * 32)))
        begun = time.monotonic()
        daemon.until(watched(19005), 30, "19000 functions")
        findings.note(f"19000 functions in force after {time.monotonic() - begun:.1f} s, "
                      f"RSS {daemon.resident_kilobytes() // 1024} MiB")
        begun = time.monotonic()
        daemon.scrape()
        findings.note(f"scrape and parse of 19005 functions: {time.monotonic() - begun:.1f} s")
        os.unlink(daemon.directory / "w.d" / "big.yml")
        daemon.until(watched(5), 13, "a removed watch file")
        os.unlink(daemon.directory / "config.yml")
        (daemon.directory / "config.yml").mkdir()
        daemon.hangup()
        samples = daemon.scrape()
        findings.equal(samples.get("functiongraph_exporter_config_last_reload_successful"), 0, "config.yml a directory")
        findings.equal(samples.get("functiongraph_exporter_watched_functions"), 5, "watched then")
        (daemon.directory / "config.yml").rmdir()
        daemon.hangup()
        findings.equal(daemon.scrape().get("functiongraph_exporter_config_last_reload_successful"), 0, "config.yml gone")
        os.mkfifo(daemon.directory / "config.yml")
        daemon.process.send_signal(signal.SIGHUP)
        time.sleep(2)
        findings.equal(daemon.get("/-/healthy")[0], 200, "healthy with a pipe as config.yml")
        status, seconds = daemon.terminate()
        findings.check(status == 0 and seconds < 5.5, f"SIGTERM with a pipe as config.yml: {status}, {seconds:.1f} s")


@case
def endpoint(binary, findings):
    """Paths, methods, slow scrapes at SIGTERM, oversize headers, an endless request."""
    port = free_port()
    with Cloud(port, {"KEY": "SECRET"}), Daemon(binary, config(port, many(300)), environment=KEYS) as daemon:
        daemon.ready()
        for path, method, wanted in [
                ("/", "GET", 200), ("/nothing", "GET", 404), ("/metrics", "POST", 405), ("/metrics", "DELETE", 405),
                ("/-/healthy", "GET", 200), ("/-/ready", "HEAD", 200), ("/-/reload", "POST", 403),
                ("/metrics/", "GET", 404), ("/api/v1/functions", "GET", 200), ("/api/v1/functions", "PUT", 405),
                ("//metrics", "GET", 404), ("/%6detrics", "GET", None), ("/?sort=nonsense&filter=%00", "GET", 200)]:
            status, headers, _ = daemon.get(path, method=method)
            if wanted is not None:
                findings.equal(status, wanted, f"{method} {path}")
            if status == 405:
                findings.check(headers["Allow"], f"{method} {path}: no Allow")
        findings.equal(daemon.get("/metrics", {"X-Long": "x" * 17000})[0], 431, "headers over 16 KiB")
        status, _, text = daemon.get("/")
        findings.check(text.count("g1") and "<script src" not in text, "status page")
        slow = socket.create_connection(("127.0.0.1", daemon.port))
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        idle = socket.create_connection(("127.0.0.1", daemon.port))
        idle.sendall(b"GET /metrics HTTP/1.1\r\n")
        time.sleep(0.5)
        status, seconds = daemon.terminate()
        findings.equal(status, 0, "exit status with a stuck scrape")
        findings.check(seconds < 5.2, f"SIGTERM with a stuck scrape took {seconds:.1f} s")
        findings.note(f"SIGTERM with a stuck scrape: {seconds:.1f} s")
        slow.close()
        idle.close()


@case
def staleness_of_not_found(binary, findings):
    """not_found withdraws at once; a change across a withdrawal is counted against the last known state."""
    port = free_port()
    urn = URN
    with Cloud(port, {"KEY": "SECRET"}) as cloud:
        answers = [Answer(body={"state": "enable"}), error(404, "FSS.1052"), Answer(body={"state": "expire"})]
        cloud.plan[urn] = lambda number: answers[min(number, 2)]
        with Daemon(binary, config(port, [urn]), environment=KEYS) as daemon:
            daemon.ready()
            daemon.until(lambda s: s.total("functiongraph_polls_total") == 2, 15)
            samples = daemon.scrape()
            findings.equal(samples.all("functiongraph_snapshot_state"), [], "state after not_found")
            samples = daemon.until(lambda s: s.total("functiongraph_polls_total") == 3, 15)
            findings.equal(samples.total("functiongraph_snapshot_state_changes_total"), 1, "change across it")
            findings.check(re.search(r"enable.*expire|expire.*enable", daemon.log()) is not None, "change not logged")

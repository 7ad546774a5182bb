"""200 functions of every behaviour, the metrics compared with what was answered."""

import subprocess
import time

from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics

import behaviours
from cloud import Cloud
from daemon import Daemon, free_port
from judge import case

PROJECTS = {name: f"{index:x}" * 32 for index, name in enumerate(
    sorted({row.project for row in behaviours.everything()}))}
SECONDS = 100
EVERY_STATE = [*behaviours.STATES, "unknown"]


def watched():
    """(URN, behaviour) of all."""
    return [(f"urn:fss:cn-north-4:{PROJECTS[row.project]}:function:default:f{index}:v1", row)
            for index, row in enumerate(behaviours.everything())]


def configuration(port, urns):
    """Keys from the environment, everything on one port."""
    return f"""
poll: {{interval: 5s, creating_interval: 5s, timeout: 3s, retries: 2, switch_interval: 30s}}
limits: {{requests_per_second: 200, max_in_flight: 64}}
accounts: [{{name: main, auth: {{access_key: {{id: {{env: AK}}, secret: {{env: SK}}}}}}}}]
endpoints: {{functiongraph: "http://127.0.0.1:{port}", iam: "http://127.0.0.1:{port}"}}
watch:
  functions: [{", ".join('"' + urn + '"' for urn in urns)}]
"""


@case
def matrix(binary, findings):
    """200 functions of every behaviour: every sample equals what was answered."""
    rows = watched()
    port = free_port()
    with Cloud(port, {"KEY": "SECRET"}) as cloud:
        for urn, row in rows:
            cloud.plan[urn] = row.answer
        with Daemon(binary, configuration(port, [urn for urn, _ in rows]),
                    environment={"AK": "KEY", "SK": "SECRET"}) as daemon:
            daemon.ready()
            time.sleep(SECONDS)
            before, scrape, page = cloud.ledger(), daemon.scrape(), daemon.functions()
            ended_before = [request for request in before if request.ended]
            time.sleep(0.3)
            after = cloud.ledger()
            compare(findings, rows, ended_before, after, scrape, page)
            forms(findings, daemon)
            findings.equal([r.fault for r in after if r.fault], [], "requests with a bad signature")
            findings.note(f"{len(after)} requests, RSS {daemon.resident_kilobytes() // 1024} MiB (debug or release)")
            log = daemon.log()
            findings.check("SECRET" not in log, "the secret key is in the log")
            unknown = sum(1 for _, row in rows if row.means[-1] == "unknown")
            lines = [line for line in log.splitlines() if "raw_state=" in line]
            findings.note(f"{len(lines)} log lines of {unknown} functions with an unknown state")
            findings.check(all(line.isprintable() for line in log.splitlines()), "unprintable characters in the log")
            status, seconds = daemon.terminate()
            findings.equal(status, 0, "exit status on SIGTERM under load")
            findings.check(seconds < 5.5, f"SIGTERM took {seconds:.1f} s")


def compare(findings, rows, low, high, scrape, page):
    """Each series against the ledger as it was just before and just after the scrape."""
    names = {urn: row for urn, row in rows}
    calls_low, calls_high = count(low), count(high)
    for urn, row in rows:
        what = f"{row.name} ({urn.split(':')[6]})"
        polls = scrape.get("functiongraph_polls_total", function_urn=urn)
        if not findings.check(polls is not None, f"{what}: no polls_total"):
            continue
        low_count, high_count = calls_low.get(("snapshot_state", urn), 0), calls_high.get(("snapshot_state", urn), 0)
        findings.check(high_count > 0, f"{what}: never asked")
        if not row.retried:
            findings.check(low_count - 1 <= polls <= high_count,
                           f"{what}: polls_total {polls}, requests {low_count}..{high_count}")
            one(findings, what, urn, row, int(polls), scrape, page.get(urn))
        else:
            retried(findings, what, urn, row, polls, high_count, scrape, page.get(urn))
    for name, project in PROJECTS.items():
        total(findings, name, project, low, high, scrape)
    unknown = scrape.get("functiongraph_exporter_unknown_states_total")
    expected = sum(scrape.get("functiongraph_polls_total", function_urn=urn) for urn, row in rows
                   if row.means == ["unknown"])
    findings.equal(unknown, expected, "unknown_states_total")
    findings.equal(scrape.get("functiongraph_exporter_watched_functions"), len(names), "watched_functions")


def count(requests):
    """Requests by operation and URN."""
    found = {}
    for request in requests:
        found[request.operation, request.urn] = found.get((request.operation, request.urn), 0) + 1
    return found


def one(findings, what, urn, row, polls, scrape, shown):
    """A function that is asked once per poll: everything follows from the number of polls."""
    meanings = [row.meaning(number) for number in range(polls)]
    failures = sum(1 for meaning in meanings if meaning.startswith("!"))
    findings.equal(scrape.get("functiongraph_poll_failures_total", function_urn=urn), failures,
                   f"{what}: poll_failures_total")
    seen = [meaning for meaning in meanings if not meaning.startswith("!")]
    changes = sum(1 for a, b in zip(seen, seen[1:]) if a != b)
    findings.equal(scrape.get("functiongraph_snapshot_state_changes_total", function_urn=urn), changes,
                   f"{what}: state_changes_total")
    last = meanings[-1]
    findings.equal(scrape.get("functiongraph_poll_success", function_urn=urn), 0 if last[0] == "!" else 1,
                   f"{what}: poll_success")
    reasons = sorted(labels["reason"] for labels, value in
                     scrape.all("functiongraph_poll_error_info", function_urn=urn) if value == 1)
    findings.equal(reasons, [last[1:]] if last[0] == "!" else [], f"{what}: poll_error_info")
    present = last != "!not_found" and bool(seen)
    states(findings, what, urn, seen[-1] if present else None, scrape)
    codes = [labels["code"] for labels, _ in scrape.all("functiongraph_snapshot_response_info", function_urn=urn)]
    if row.code is not None:
        findings.equal(codes, [row.code], f"{what}: response_info")
    findings.check(all(len(code) <= 64 and code.isprintable() for code in codes), f"{what}: code {codes}")
    for name in ("poll_last_timestamp_seconds", "poll_last_success_timestamp_seconds"):
        value = scrape.get(f"functiongraph_{name}", function_urn=urn)
        wanted = bool(seen) or name == "poll_last_timestamp_seconds"
        findings.equal(value is not None and value != 0, wanted, f"{what}: {name} present ({value})")
    if findings.check(shown is not None, f"{what}: not in /api/v1/functions"):
        error = shown["error"] or {}
        findings.check(error.get("reason") is None or error["reason"] in behaviours.REASONS,
                       f"{what}: reason {error.get('reason')}")


def states(findings, what, urn, state, scrape):
    """One-hot, or absent."""
    found = {labels["functiongraph_snapshot_state"]: value for labels, value in
             scrape.all("functiongraph_snapshot_state", function_urn=urn)}
    wanted = {} if state is None else {name: float(name == state) for name in EVERY_STATE}
    findings.equal(found, wanted, f"{what}: snapshot_state")
    expected = None if state is None else float(state in ("enable", "creating"))
    findings.equal(scrape.get("functiongraph_snapshot_as_expected", function_urn=urn), expected,
                   f"{what}: as_expected")
    since = scrape.get("functiongraph_snapshot_state_change_timestamp_seconds", function_urn=urn)
    findings.equal(since is None, state is None, f"{what}: state_change_timestamp_seconds absent")


def retried(findings, what, urn, row, polls, requests, scrape, shown):
    """A function whose polls may hold several requests."""
    findings.check(polls >= 1, f"{what}: no poll has ended")
    findings.check(polls <= requests <= 3 * (polls + 1), f"{what}: {requests} requests in {polls} polls")
    failures = scrape.get("functiongraph_poll_failures_total", function_urn=urn)
    if row.means[-1].startswith("!"):
        findings.equal(failures, polls, f"{what}: every poll fails")
        reasons = [labels["reason"] for labels, value in
                   scrape.all("functiongraph_poll_error_info", function_urn=urn) if value]
        findings.check(len(reasons) == 1, f"{what}: reasons {reasons}")
        wanted = {row.means[-1][1:], "timeout"}
        findings.check(set(reasons) <= wanted, f"{what}: {reasons}, wanted {wanted}")
        states(findings, what, urn, None, scrape)
        findings.note(f"{what}: {int(polls)} polls, {requests} requests, {reasons}, "
                      f"{(shown or {}).get('error', {})}"[:230])
    else:
        findings.check(failures <= polls * 0.2, f"{what}: {failures} of {polls} polls failed")
        states(findings, what, urn, "enable", scrape)


def total(findings, name, project, low, high, scrape):
    """Requests of one project."""
    for operation in ("snapshot_state", "snapshot_switch"):
        labels = {"operation": operation, "region_id": "cn-north-4", "project_id": project}
        seen = scrape.get("functiongraph_api_requests_total", **labels)
        least = sum(1 for r in low if r.project == project and r.operation == operation)
        most = sum(1 for r in high if r.project == project and r.operation == operation)
        # A request reset on a kept-alive connection is sent once more at once, as RFC 9110 9.2.2 allows, and counts once.
        findings.check(seen is not None and (least - 1 <= seen or name == "reset") and seen <= most,
                       f"{name} {operation}: api_requests_total {seen}, requests seen {least}..{most}")
        failures = scrape.total("functiongraph_api_request_failures_total", **labels)
        findings.equal(
            sorted(labels["reason"] for labels, _ in
                   scrape.all("functiongraph_api_request_failures_total", **labels)),
            sorted(behaviours.REASONS), f"{name} {operation}: reasons")
        findings.check(failures <= (seen or 0), f"{name} {operation}: more failures than requests")
    polls = sum(value for labels, value in scrape.all("functiongraph_polls_total")
                if labels["function_urn"].split(":")[3] == project)
    labels = {"operation": "snapshot_state", "region_id": "cn-north-4", "project_id": project}
    requests = scrape.get("functiongraph_api_requests_total", **labels) or 0
    retries = scrape.get("functiongraph_api_request_retries_total", **labels) or 0
    in_flight = scrape.get("functiongraph_api_requests_in_flight") or 0
    findings.check(-in_flight - 10 <= requests - retries - polls <= in_flight + 10,
                   f"{name}: {requests} requests - {retries} retries is not {polls} polls")


def forms(findings, daemon):
    """Both forms of the exposition, with the reference tools."""
    text = daemon.get("/metrics")[2]
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
    findings.equal((checked.returncode, checked.stderr), (0, ""), "promtool check metrics")
    status, headers, opened = daemon.get("/metrics", {"Accept": "application/openmetrics-text;version=1.0.0"})
    findings.check(headers["Content-Type"].startswith("application/openmetrics-text"), headers["Content-Type"])
    families = list(openmetrics(opened))
    by_name = {family.name: family for family in families}
    findings.equal(by_name["functiongraph_snapshot_state"].type, "stateset", "type of the state in OpenMetrics")
    findings.equal(by_name["functiongraph_function"].type, "info", "type of function_info in OpenMetrics")
    findings.check("_created" not in opened, "_created in OpenMetrics")
    plain = daemon.scrape()
    found = {(sample.name, frozenset(sample.labels.items())) for family in families for sample in family.samples}
    ignored = ("process_", "functiongraph_exporter_http", "functiongraph_api_request_duration",
               "functiongraph_poll", "functiongraph_snapshot")
    differing = [key for key in found ^ set(plain.values) if not key[0].startswith(ignored)]
    findings.equal(differing, [], "series in one form only")
    status, headers, zipped = daemon.get("/metrics", {"Accept-Encoding": "gzip"})
    findings.equal(headers["Content-Encoding"], "gzip", "Content-Encoding")
    findings.check(len(zipped) > 1000, "gzip is empty")
    findings.equal(daemon.get("/metrics", method="HEAD")[0], 200, "HEAD /metrics")

#!/usr/bin/env python3
"""Checks what promtool and amtool do not: runbooks, severities, joins, unit tests of every alert, dashboard queries."""

import pathlib
import re
import subprocess
import sys
import tempfile

import dashboard
from stand.stage import PROMETHEUS_FILES, RULES

RUNBOOKS = PROMETHEUS_FILES / "runbooks.md"
INSTALLED = "file:///usr/share/functiongraph-exporter/prometheus/runbooks.md#"
PARTS = ("**Meaning**", "**Impact**", "**Diagnosis**", "**Mitigation**")
CRITICAL = {
    "FunctionGraphSnapshotFailed",
    "FunctionGraphSnapshotCircuitBroken",
    "FunctionGraphCredentialsRefused",
    "FunctionGraphExporterDown",
    "FunctionGraphExporterAbsent",
}
INFO = {"FunctionGraphUnknownStates"}
JOIN = re.compile(
    r"\* on \(job, instance, function_urn\) group_left "
    r"\(function_name, package, version, region_id, project_id, team\)\s+\(?\s*"
    r"instance_function:functiongraph_function_info:last10m"
)


def alerts():
    """The text of each alert of the rules, by name."""
    parts = re.split(r"(?m)^\s*- (?=alert: |record: |name: )", RULES.read_text())
    return {part.split("\n", 1)[0][7:]: part for part in parts if part.startswith("alert: ")}


def check_alert(name, text):
    wanted = "critical" if name in CRITICAL else "info" if name in INFO else "warning"
    if f"severity: {wanted}\n" not in text:
        yield f"{name}: severity is not {wanted}"
    for field in ("for:", "summary:", "description:"):
        if not re.search(rf"(?m)^\s*{field}", text):
            yield f"{name}: no {field}"
    if f"runbook_url: '{INSTALLED}{name.lower()}'" not in text:
        yield f"{name}: runbook_url is not {INSTALLED}{name.lower()}"
    section = re.search(rf"(?ms)^### {name}$(.*?)(?=^##|\Z)", RUNBOOKS.read_text())
    if not section:
        yield f"{name}: no section in {RUNBOOKS.name}"
    else:
        body = section[1].replace("**Diagnosis** and **Mitigation**", "**Diagnosis** **Mitigation**")
        yield from (f"{name}: its section has no {part}" for part in PARTS if part not in body)
    expression = text.split("for:", 1)[0]
    if "function_urn" in expression and "group_left (function_name" in expression:
        if not JOIN.search(expression):
            yield f"{name}: its join is not that of the other per-function alerts"
        if "{{ $labels.function_urn }}" not in text or "expect" not in text.split("description:", 1)[1]:
            yield f"{name}: its description names neither the function nor what was expected"


def check_tests(names):
    tests = "".join(file.read_text() for file in sorted((PROMETHEUS_FILES / "tests").glob("*.yml")))
    for name in names:
        if f"alertname: {name}\n" not in tests:
            yield f"{name}: no unit test of its labels and annotations"
        if f'{{alertname="{name}"}}' not in tests:
            yield f"{name}: no unit test of when it fires"


def check_runbooks(names):
    for section in re.findall(r"(?m)^### (\S+)$", RUNBOOKS.read_text()):
        if section not in names:
            yield f"{RUNBOOKS.name}: section {section} is of no alert"
    for anchor in re.findall(r"\]\(#(\w+)\)", RUNBOOKS.read_text()):
        if anchor not in {name.lower() for name in names}:
            yield f"{RUNBOOKS.name}: #{anchor} leads nowhere"


def check_dashboard():
    """Static faults, then promtool's opinion of every query, as a rule each."""
    yield from dashboard.faults_without_prometheus()
    lines = ["groups:", "  - name: dashboard", "    rules:"]
    for index, (_, expression) in enumerate(dashboard.queries()):
        text = dashboard.filled(expression).replace("'", "''")
        lines += [f"      - record: dashboard:query{index}", f"        expr: '{text}'"]
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "queries.yml")
        file.write_text("\n".join(lines) + "\n")
        verdict = subprocess.run(["promtool", "check", "rules", str(file)], capture_output=True, text=True)
    if verdict.returncode:
        yield "dashboard: " + verdict.stderr.strip()


def main():
    found = alerts()
    faults = [fault for name, text in found.items() for fault in check_alert(name, text)]
    faults += [*check_tests(found), *check_runbooks(found), *check_dashboard()]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"{len(found)} alerts with runbooks and unit tests, {len(list(dashboard.queries()))} dashboard queries")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""Every query of the dashboard, asked of a real Prometheus that scrapes the demo: valid, and never empty."""

import json
import os
import pathlib
import re
import time

from stand import ports, web
from stand.process import Process
from stand.stage import REPOSITORY, RULES

DASHBOARD = REPOSITORY / "etc/grafana/functiongraph.json"
DEMO = REPOSITORY / "etc/demo"

# What the variables hold when everything is selected.
VARIABLES = {
    "job": "functiongraph",
    "instance": ".*",
    "region": ".*",
    "project": ".*",
    "label": "team",
    "value": ".*",
}
NAMES = {"datasource", *VARIABLES}


def queries():
    """(where, expression) of every panel, annotation and variable."""
    dashboard = json.loads(DASHBOARD.read_text())
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            yield f"panel {panel['title']!r}", target["expr"]
    for annotation in dashboard["annotations"]["list"]:
        yield f"annotation {annotation['name']!r}", annotation["expr"]
    for variable in dashboard["templating"]["list"]:
        found = re.fullmatch(r"label_values\((.+), ([$\w]+)\)", variable.get("definition", ""))
        if found:
            yield f"variable {variable['name']!r}", f"count by ({found[2]}) ({found[1]})"


def faults_without_prometheus():
    """What can be told from the file alone."""
    dashboard = json.loads(DASHBOARD.read_text())
    names = {variable["name"] for variable in dashboard["templating"]["list"]}
    found = [f"no variable {name}" for name in NAMES - names]
    identifiers = [panel["id"] for panel in dashboard["panels"]]
    if len(set(identifiers)) != len(identifiers):
        found.append("two panels with one id")
    for where, expression in queries():
        for name in re.findall(r"\$(\w+)", expression):
            if name not in names:
                found.append(f"{where}: no variable ${name}")
    return found


def filled(expression):
    return re.sub(r"\$(\w+)", lambda m: VARIABLES[m[1]], expression)


def check(programs, folder, seconds=270):
    """The queries that have no series on the demo, or are wrong.

    The demo's first critical alert fires about 170 s after the start: 40 s in the making, a poll, a `for` of 2 minutes.
    """
    simulator, exporter, prometheus = (f"127.0.0.1:{ports.free()}" for _ in range(3))
    config = pathlib.Path(folder, "config.yml")
    config.write_text((DEMO / "config.yml").read_text().replace("127.0.0.1:18977", simulator))
    pathlib.Path(folder, "prometheus.yml").write_text(
        "global: {scrape_interval: 5s, evaluation_interval: 5s}\n"
        f"rule_files: ['{RULES}']\n"
        f"scrape_configs: [{{job_name: functiongraph, static_configs: [{{targets: ['{exporter}']}}]}}]\n"
    )
    script = (REPOSITORY / "scripts/demo").read_text()
    keys = dict(re.findall(r"(?m)^export (DEMO_\w+)=(\S+)$", script))
    processes = [
        Process([f"{programs}/functiongraph-simulator", "--listen", simulator]
                + ["--scenario", str(DEMO / "scenario.yml")], f"{folder}/simulator.log"),
        Process([f"{programs}/functiongraph-exporter", "serve", "--config.file", str(config)]
                + ["--web.listen-address", exporter], f"{folder}/exporter.log",
                {"PATH": os.environ["PATH"], "HOME": str(folder), **keys}),
        Process(["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/prometheus"]
                + [f"--web.listen-address={prometheus}", "--log.level=warn"], f"{folder}/prometheus.log"),
    ]
    try:
        for process, path in zip(processes, (f"{simulator}/_simulator/requests", f"{exporter}/-/ready",
                                             f"{prometheus}/-/ready")):
            process.start()
            web.wait(lambda url=f"http://{path}": web.answers(url), 30, f"{path} answers")
        return _ask(f"http://{prometheus}", seconds)
    finally:
        for process in reversed(processes):
            process.stop()


def _ask(prometheus, seconds):
    """Asks until all have an answer, for so long at most; the faults that are left."""
    waiting = {where_and_query: "no series" for where_and_query in queries()}
    end = time.monotonic() + seconds
    while waiting and time.monotonic() < end:
        time.sleep(2)
        for where_and_query in list(waiting):
            where, expression = where_and_query
            try:
                if web.query(prometheus, filled(expression)):
                    del waiting[where_and_query]
            except ValueError as error:
                waiting[where_and_query] = str(error)
    return [f"{where}: {why}: {expression}" for (where, expression), why in waiting.items()]

"""What a scraper gets: both forms, their negotiation, promtool, the reference parser, a real Prometheus."""

import gzip
import http.client
import http.server
import json
import re
import shutil
import subprocess
import threading
import urllib.parse
import urllib.request

from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_text
from stand import ODD_TEXT, Daemon, free_port, until

TEXT = "text/plain; version=0.0.4; charset=utf-8"
OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"
NEGOTIATION = [
    (None, TEXT), ("", TEXT), ("*/*", TEXT), ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", TEXT),
    ("application/json", TEXT), ("text/plain", TEXT), ("text/*", TEXT), ("application/*", TEXT),
    ("application/openmetrics-text", OPENMETRICS),
    ("application/openmetrics-text;version=1.0.0", OPENMETRICS),
    ("APPLICATION/OpenMetrics-Text; Version=\"1.0.0\"", OPENMETRICS),
    ("application/openmetrics-text;version=1.0.0;q=0.4,text/plain;q=0.5", TEXT),
    ("application/openmetrics-text;version=1.0.0;q=0,text/plain;q=0.1", TEXT),
    ("application/openmetrics-text;version=1.0.0;q=0", TEXT),
    ("text/plain;q=0.3,application/openmetrics-text;version=1.0.0;q=0.7", OPENMETRICS),
    ("application/openmetrics-text;version=1.0.0,*/*;q=0.1", OPENMETRICS),
    ("application/openmetrics-text;version=9.0.0,application/openmetrics-text;version=0.0.1;q=0.7", TEXT),
    ("application/openmetrics-text;version=9.0.0,text/plain;version=0.0.4;q=0.5", TEXT),
    ("text/plain;version=1.0.0;q=0.9,application/openmetrics-text;version=1.0.0;q=0.5", OPENMETRICS),
    ("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,text/plain;q=0.3", TEXT),
    # Prometheus 2.42, then Prometheus 3.
    ("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
     "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", OPENMETRICS),
    ("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
     "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
     OPENMETRICS + "; escaping=allow-utf-8"),
    ("text/plain;version=0.0.4;escaping=underscores", TEXT + "; escaping=underscores"),
    ("text/plain;version=0.0.4;escaping=none-such", TEXT),
]


def series(text):
    """Every series of an exposition."""
    return {line.rpartition(" ")[0] for line in text.splitlines() if line and not line.startswith("#")}


def polled(daemon):
    """Waits until every function was polled and every handler has its counters."""
    for path in ("/", "/metrics", "/api/v1/functions", "/-/healthy", "/-/ready", "/none"):
        daemon.get(path)
    return until(lambda: daemon.get().text.count("functiongraph_snapshot_as_expected{") == 20, 15)


def forms(check, stand):
    """Both forms against their judges, and against each other."""
    with Daemon(stand, name="forms") as daemon:
        check.expect("every function is polled", polled(daemon))
        text = daemon.get().text
        openmetrics = daemon.get(headers={"Accept": "application/openmetrics-text;version=1.0.0"}).text
        done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
        check.equal("promtool check metrics", (done.returncode, done.stdout + done.stderr), (0, ""))
        families = list(parse_openmetrics(openmetrics))
        check.expect("the reference parser reads OpenMetrics", len(families) > 30, len(families))
        types = {family.name: family.type for family in families}
        check.equal("the state is a stateset", types.get("functiongraph_snapshot_state"), "stateset")
        check.equal("what says what it is, is an info", types.get("functiongraph_function"), "info")
        check.equal("a counter's family has no _total", types.get("functiongraph_polls"), "counter")
        units = {family.name for family in families if family.unit}
        check.equal("whatever ends in a unit says so", units, {
            name for name in types if re.search("_(seconds|bytes)$", name)})
        check.expect("it ends with # EOF", openmetrics.endswith("\n# EOF\n"))
        check.equal("both forms hold the same series", series(text) ^ series(openmetrics), set())
        check.equal("no series is there twice", len(series(text)), sum(
            1 for line in text.splitlines() if line and not line.startswith("#")))
        for name, found in (("text", list(parse_text(text))), ("OpenMetrics", families)):
            samples = [sample for family in found for sample in family.samples]
            check.expect(name + ": no timestamps, no exemplars, no _created", all(
                sample.timestamp is None and sample.exemplar is None and not sample.name.endswith("_created")
                for sample in samples))
            notes = {sample.labels["note"] for sample in samples if "note" in sample.labels}
            check.expect(name + ": odd characters come back as they were", ODD_TEXT in notes, notes)
        described = set(re.findall("^# HELP (\\S+)", text, re.M))
        check.equal("every family has HELP and TYPE", described ^ set(re.findall("^# TYPE (\\S+)", text, re.M)), set())
        packed = daemon.get(headers={"Accept-Encoding": "br, gzip;q=0.5"})
        check.equal("gzip where it is accepted", packed.headers["Content-Encoding"], "gzip")
        check.equal("which holds the same", series(gzip.decompress(packed.body).decode()), series(text))
        check.equal("none where it is refused", daemon.get(headers={"Accept-Encoding": "gzip;q=0, *"})
                    .headers["Content-Encoding"], None)


def negotiation(check, stand):
    """The table of `Accept` fields."""
    with Daemon(stand, name="negotiation") as daemon:
        for accept, wanted in NEGOTIATION:
            answer = daemon.get(headers={} if accept is None else {"Accept": accept})
            check.equal("Accept: %s" % accept, answer.headers["Content-Type"], wanted)
            check.equal("and the body is of that form", answer.text.endswith("# EOF\n"), "openmetrics" in wanted)
        check.expect("Vary names what the answer hangs on", {"accept", "accept-encoding"} <= set(
            re.split(", *", (daemon.get().headers["Vary"] or "").lower())), daemon.get().headers["Vary"])


class TextOnly(http.server.BaseHTTPRequestHandler):
    """Passes scrapes on without their wish for OpenMetrics: Prometheus 2.42 cannot be told to ask for text."""

    upstream = 0

    def do_GET(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=5)
        connection.request("GET", self.path, headers={"Accept": "text/plain;version=0.0.4"})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Silent."""


def prometheus(check, stand):
    """A real Prometheus scrapes both forms."""
    if not shutil.which("prometheus"):
        return check.expect("prometheus is installed", False)
    with Daemon(stand, name="scraped") as daemon:
        polled(daemon)
        TextOnly.upstream = daemon.port
        relay = http.server.ThreadingHTTPServer(("127.0.0.1", 0), TextOnly)
        threading.Thread(target=relay.serve_forever, daemon=True).start()
        port = free_port()
        configuration = stand.write("prometheus.yml", json.dumps({
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s"},
            "scrape_configs": [{"job_name": job, "static_configs": [{"targets": ["127.0.0.1:%d" % target]}]}
                               for job, target in (("text", relay.server_port), ("openmetrics", daemon.port))]}))
        with open(stand.path("prometheus.log"), "wb") as log:
            process = subprocess.Popen(
                ["prometheus", "--config.file", configuration, "--web.listen-address", "127.0.0.1:%d" % port,
                 "--storage.tsdb.path", stand.path("tsdb")], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            def query(expression):
                address = "http://127.0.0.1:%d/api/v1/query?%s" % (port, urllib.parse.urlencode({"query": expression}))
                opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
                with opener.open(address, timeout=5) as answer:
                    return json.load(answer)["data"]["result"]

            check.expect("Prometheus scrapes both", until(lambda: len(query("up == 1")) == 2, 20), stand.path("tsdb"))
            def both(job):
                return {json.dumps({k: v for k, v in row["metric"].items() if k not in ("job", "instance")},
                                   sort_keys=True)
                        for row in query('{job="%s",__name__!~"scrape_.*|up"}' % job)}
            until(lambda: both("text") == both("openmetrics"), 6, 0.5)
            found = both("text")
            check.expect("it holds every series", found and len(found) >= len(series(daemon.get().text)), len(found))
            check.equal("of both forms the same", found ^ both("openmetrics"), set())
            states = query('functiongraph_snapshot_state{functiongraph_snapshot_state="enable"} == 1')
            check.equal("a query finds the states", len(states), 40)
        finally:
            process.terminate()
            process.wait(20)
            relay.shutdown()


CASES = [prometheus, forms, negotiation]

"""Paths, methods, the life-cycle, counters, the log."""

import concurrent.futures
import json
import re

from stand import Daemon, until

PATHS = ["/", "/metrics", "/api/v1/functions", "/-/healthy", "/-/ready"]


def methods(check, stand):
    """Every path with every method."""
    with Daemon(stand, "--web.enable-lifecycle", name="methods") as daemon:
        for path in PATHS:
            whole, head = daemon.get(path), daemon.get(path, "HEAD")
            check.equal("GET " + path, whole.status, 200)
            check.equal("HEAD %s is without a body" % path, (head.status, head.body), (200, b""))
            check.equal("and of the same type", head.headers["Content-Type"], whole.headers["Content-Type"])
            for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"):
                answer = daemon.get(path, method)
                check.equal("%s %s" % (method, path), (answer.status, answer.headers["Allow"]), (405, "GET, HEAD"))
        answer = daemon.get("/-/reload")
        check.equal("GET /-/reload", (answer.status, answer.headers["Allow"]), (405, "POST"))
        for path in ("/none", "/metrics/", "/-/", "/api/v1", "/../etc/passwd", "/%2e%2e/"):
            check.equal("GET " + path, daemon.get(path).status, 404)
        check.equal("a query does not hide a path", daemon.get("/metrics?x=1").status, 200)
        policy = daemon.get("/").headers["Content-Security-Policy"] or ""
        check.expect("the page has a strict policy", "default-src 'none'" in policy and "unsafe" not in policy, policy)
        rows = json.loads(daemon.get("/api/v1/functions").body)["functions"]
        check.equal("JSON has its keys", sorted(rows[0]), sorted([
            "function_urn", "state", "raw_state", "code", "switch_enabled", "as_expected", "expect", "since", "last_poll",
            "last_success", "took_seconds", "labels", "error"]))


def counters(check, stand):
    """Requests are counted by handler and code, and logged at debug only."""
    wanted = [("/", 200, "index"), ("/api/v1/functions", 200, "api"), ("/-/healthy", 200, "healthy"),
              ("/-/ready", 200, "ready"), ("/-/reload", 405, "reload"), ("/none", 404, "other")]
    for level in ("info", "debug"):
        with Daemon(stand, "--log.level", level, "--web.telemetry-path", "/m", name="log-" + level) as daemon:
            for path, status, handler in wanted:
                line = 'functiongraph_exporter_http_requests_total{handler="%s",code="%d"}' % (handler, status)
                before = daemon.value(line, path="/m") or 0
                check.equal(path, daemon.get(path).status, status)
                check.equal("is counted once", daemon.value(line, path="/m"), before + 1)
            check.equal("another path of the metrics", daemon.get("/metrics").status, 404)
            check.equal("a reload that is not allowed", daemon.get("/-/reload", "POST").status, 403)
            accesses = len(re.findall("path=\"?/none", daemon.log()))
            if level == "debug":
                check.expect("access is logged at debug", until(lambda d=daemon: "/none" in d.log(), 3))
            else:
                check.equal("and at debug only", accesses, 0)


def reload(check, stand):
    """POST /-/reload: 200, 422 with the faults, queued."""
    with Daemon(stand, "--web.enable-lifecycle", name="reload", functions=2) as daemon:
        successful = "functiongraph_exporter_config_last_reload_successful "
        check.equal("a good one", daemon.get("/-/reload", "POST").status, 200)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(lambda _: daemon.get("/-/reload", "POST").status, range(16)))
        check.equal("sixteen at once queue", codes, [200] * 16)
        with open(daemon.configuration, encoding="utf-8") as file:
            good = file.read()
        stand.write("reload.yml", good[:-1] + ', "colour": "red", "shape": 1}')
        answer = daemon.get("/-/reload", "POST")
        check.equal("a bad one", answer.status, 422)
        check.expect("tells every fault with its place", len(re.findall(
            "reload\\.yml:1:\\d+: unknown key '(?:colour|shape)'", answer.text)) == 2, answer.text)
        check.equal("and shows it", daemon.value(successful), 0)
        check.equal("while the old one is in force", daemon.value("functiongraph_exporter_watched_functions "), 2)
        stand.configuration("reload", 3)
        check.equal("the next good one", daemon.get("/-/reload", "POST").status, 200)
        check.equal("is in force", (daemon.value("functiongraph_exporter_watched_functions "), daemon.value(successful)),
                    (3, 1))


CASES = [methods, counters, reload]

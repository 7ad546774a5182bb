"""The cloud being away or throttling, discovery, shards, proxies, TLS, memory."""

import http.server
import pathlib
import socketserver
import socket
import ssl
import subprocess
import tempfile
import threading
import time

from cases_files import AUTH, KEYS, P
from cases_life import config, many
from cloud import Answer, Cloud, error
from daemon import Daemon, free_port
from judge import case


@case
def away(binary, findings):
    """The cloud away for two minutes: one connection attempt in 30 s and project; polls go on within a minute."""
    cloud_away(binary, findings, 95)


def cloud_away(binary, findings, seconds):
    """Three projects whose cloud goes away for `seconds` after they were held, and comes back."""
    port = free_port()
    others = ["c" * 32, "d" * 32]
    urns = many(40) + many(40, others[0]) + many(5, others[1])
    with Cloud(port, {"KEY": "SECRET"}) as cloud, Daemon(binary, config(port, urns), environment=KEYS) as daemon:
        daemon.ready()
        daemon.until(lambda s: s.total("functiongraph_poll_success") == 85, 20, "all polled")
        cloud.away()
        held = lambda s: s.total("functiongraph_api_project_held") == 3
        daemon.until(held, 40, "all projects held")
        time.sleep(4)
        # A listener that only counts and closes.
        attempts = []
        counter = socket.create_server(("127.0.0.1", port))
        counter.settimeout(0.5)
        begun = time.monotonic()
        before = daemon.scrape()
        while time.monotonic() - begun < seconds:
            try:
                accepted, _ = counter.accept()
            except TimeoutError:
                continue
            attempts.append(time.monotonic() - begun)
            accepted.close()
        after = daemon.scrape()
        counter.close()
        turns = seconds / 30
        findings.note(f"{len(attempts)} connections of 3 projects in {seconds} s")
        findings.check(3 * (int(turns) - 1) <= len(attempts) <= 3 * (int(turns) + 1),
                       f"connections at {[round(a) for a in attempts]}")
        counted = sum(after.total("functiongraph_api_requests_total", operation=name)
                      - before.total("functiongraph_api_requests_total", operation=name)
                      for name in ("snapshot_state", "snapshot_switch"))
        findings.check(abs(counted - len(attempts)) <= 1, f"{counted} requests counted, {len(attempts)} connections")
        findings.check(after.get("functiongraph_exporter_poll_lag_seconds") < 6, "a hold is lag")
        findings.equal(len({labels["function_urn"] for labels, value in after.all("functiongraph_poll_success")
                            if value == 0}), 85, "poll_success 0 of all")
        findings.check(after.total("functiongraph_polls_total") - before.total("functiongraph_polls_total")
                       <= 3 * (turns + 1), "polls counted that were not sent")
        # `stale_after` is five intervals of five seconds here, and at least five minutes.
        findings.equal(len(after.all("functiongraph_snapshot_as_expected")), 85 if seconds < 240 else 0,
                       f"states shown after {seconds} s")
        findings.equal(daemon.get("/-/healthy")[0], 200, "/-/healthy")
        findings.note(f"{daemon.resident_kilobytes() / 1000:.1f} MB resident, "
                      f"{len(daemon.log().splitlines())} lines of log")
        cloud.back()
        begun = time.monotonic()
        daemon.until(lambda s: s.total("functiongraph_poll_success") == 85, 60, "all good again within a minute")
        findings.note(f"all 85 good again {time.monotonic() - begun:.0f} s after the cloud")


@case
def throttle(binary, findings):
    """nginx limit_req as the cloud: at least 90 % of its rate used and at most 5 % refused once settled."""
    port, front = free_port(), free_port()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="vendor-check-nginx-"))
    rate = 8
    (folder / "nginx.conf").write_text(f"""
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  limit_req_zone all zone=all:1m rate={rate}r/s; limit_req_status 429;
  log_format line '$msec $status'; access_log {folder}/access.log line;
  server {{ listen 127.0.0.1:{front}; location / {{ limit_req zone=all burst={rate} nodelay; proxy_pass http://127.0.0.1:{port};
    proxy_set_header Host $http_host; }} }}
}}""")
    nginx = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        with Cloud(port, {"KEY": "SECRET"}), Daemon(
                binary, config(front, many(400)).replace("requests_per_second: 100", "requests_per_second: 40"),
                environment=KEYS) as daemon:
            daemon.ready()
            settle, measure = 90, 120
            time.sleep(settle)
            since = time.time()
            time.sleep(measure)
            lines = [line.split() for line in (folder / "access.log").read_text().splitlines()]
            late = [status for moment, status in lines if since <= float(moment) <= since + measure]
            good, refused = late.count("200"), late.count("429")
            share = refused / max(1, len(late))
            findings.note(f"{good / measure:.2f} of {rate} req/s used, {share:.1%} refused, "
                          f"first {settle} s: {sum(1 for m, s in lines if s == '429' and float(m) < since)} refused")
            findings.check(good / measure >= 0.9 * rate, f"{good / measure:.2f} of {rate} req/s used")
            findings.check(share <= 0.05, f"{share:.1%} refused")
            interval = daemon.scrape().get("functiongraph_poll_interval_seconds", function_urn=many(1)[0])
            findings.note(f"effective interval {interval:.0f} s, of the configured rate")
    finally:
        nginx.terminate()
        nginx.wait(10)


def listing(count, project, runtime="Java17"):
    """Functions as the vendor's listing shows them, the seventh field last."""
    return [{"func_urn": f"urn:fss:cn-north-4:{project}:function:default:d{index}", "func_name": f"d{index}",
             "package": "default", "runtime": runtime, "version": "latest", "user_data": "{\"PASSWORD\":\"nobody-sees-this\"}",
             "last_modified": "2026-01-01 00:00:00"} for index in range(count)]


@case
def discovery(binary, findings):
    """Discovery of 400 functions with their versions, and functions that vanish."""
    port = free_port()
    text = config(port, []).replace("  functions:\n    []\n", "  discover:\n    - {region: cn-north-4, project: " + P
                                    + ", runtime: 'Java*', versions: published, list_interval: 1m}\n").replace(
        "interval: 5s", "interval: 1m")
    with Cloud(port, {"KEY": "SECRET"}) as cloud:
        rows = listing(400, P) + [dict(row, func_urn=row["func_urn"].replace(":d", ":py"), runtime="Python3.9")
                                  for row in listing(10, P)]
        cloud.listings[P] = rows
        for row in rows:
            cloud.versions[row["func_urn"]] = ["latest", "v1", "v2"]
        with Daemon(binary, text, environment=KEYS) as daemon:
            daemon.ready()
            begun = time.monotonic()
            samples = daemon.until(
                lambda s: s.get("functiongraph_exporter_watched_functions") == 800, 90, "800 versions watched")
            findings.note(f"800 versions watched {time.monotonic() - begun:.0f} s after READY=1")
            findings.equal(samples.get("functiongraph_discovery_functions", region_id="cn-north-4", project_id=P), 800,
                           "discovery_functions")
            findings.check(not samples.all("functiongraph_function_info", version="latest"), "latest is watched")
            findings.equal({labels["source"] for labels, _ in samples.all("functiongraph_function_info")},
                           {"discovery"}, "source")
            findings.check("nobody-sees-this" not in daemon.log() + daemon.get("/")[2], "user_data shown")
            cloud.listings[P] = rows[:100]
            daemon.until(lambda s: s.get("functiongraph_exporter_watched_functions") == 200, 200, "those that vanished")
            lists = [r for r in cloud.ledger() if r.operation.startswith("list_") and r.fault]
            findings.equal(lists, [], "bad signatures of listings")
            samples = daemon.scrape()
            for name in ("list_functions", "list_versions"):
                seen = sum(1 for r in cloud.ledger() if r.operation == name)
                findings.check(abs(samples.total("functiongraph_api_requests_total", operation=name) - seen) <= 2,
                               f"{name}: {samples.total('functiongraph_api_requests_total', operation=name)}, {seen} seen")


@case
def shards(binary, findings):
    """Three shards watch each function once, and each takes a third of the rate."""
    port = free_port()
    urns = many(300)
    seen = []
    with Cloud(port, {"KEY": "SECRET"}):
        for index in range(3):
            with Daemon(binary, config(port, urns), environment=KEYS, flags=["--shard", f"{index}/3"]) as daemon:
                daemon.ready()
                samples = daemon.until(lambda s: s.get("functiongraph_exporter_watched_functions") > 0, 5)
                seen += [labels["function_urn"] for labels, _ in samples.all("functiongraph_function_info")]
                rate = samples.total("functiongraph_api_rate_limit_requests_per_second")
                findings.check(abs(rate - 100 / 3) < 0.5, f"rate of shard {index}: {rate}")
    findings.equal(sorted(seen), sorted(urns), "functions of all shards")


class _Proxy(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@case
def proxies_and_tls(binary, findings):
    """HTTPS with a CA file, without it, through a proxy with a password, and past it."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="vendor-check-tls-"))
    certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    port, proxy_port = free_port(), free_port()
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_CONNECT(self):
            seen.append((self.path, self.headers.get("Proxy-Authorization")))
            if self.headers.get("Proxy-Authorization") != "Basic dXNlcjpwdw==":
                self.send_error(407)
                return
            self.send_response(200)
            self.end_headers()
            number = int(self.path.rpartition(":")[2])
            with socket.create_connection(("127.0.0.1", number)) as far:
                other = threading.Thread(target=self._pump, args=(far, self.connection), daemon=True)
                other.start()
                self._pump(self.connection, far)

        @staticmethod
        def _pump(source, sink):
            try:
                while data := source.recv(65536):
                    sink.sendall(data)
            except OSError:
                pass

        def log_message(self, *_):
            pass

    proxy = _Proxy(("127.0.0.1", proxy_port), Handler)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    text = config(port, many(5)).replace(f"http://127.0.0.1:{port}", f"https://localhost:{port}")
    ca = f"tls: {{ca_file: {folder}/ca.pem}}\n"
    with Cloud(port, {"KEY": "SECRET"}, tls=context) as cloud:
        with Daemon(binary, text, environment=KEYS) as daemon:
            daemon.ready()
            samples = daemon.until(lambda s: len(s.all("functiongraph_poll_error_info")) == 5, 20, "unknown authority")
            findings.equal({labels["reason"] for labels, _ in samples.all("functiongraph_poll_error_info")}, {"tls"},
                           "reason of an unknown authority")
            findings.equal(len(cloud.ledger()), 0, "requests sent to an unknown authority")
        with Daemon(binary, text + ca, environment=KEYS) as daemon:
            daemon.ready()
            daemon.until(lambda s: s.total("functiongraph_poll_success") == 5, 15, "with the CA file")
            samples = daemon.scrape()
            findings.check(len(cloud.connections) <= 5 + 6, f"{len(cloud.connections)} connections of 5 functions")
        with Daemon(binary, (text + ca).replace("localhost", "127.0.0.1"), environment=KEYS) as daemon:
            daemon.ready()
            samples = daemon.until(lambda s: len(s.all("functiongraph_poll_error_info")) == 5, 20, "wrong host name")
            findings.equal({labels["reason"] for labels, _ in samples.all("functiongraph_poll_error_info")}, {"tls"},
                           "reason of a wrong host name")
        # A name that only the proxy knows.
        named = text.replace("localhost", "cloud.test")
        address = f"http://user:pw@127.0.0.1:{proxy_port}"
        with Daemon(binary, named + ca + f"proxy: {{url: '{address}'}}\n", environment=KEYS) as daemon:
            daemon.ready()
            daemon.until(lambda s: s.total("functiongraph_poll_success") == 5, 15, "through proxy.url")
            findings.check(seen and seen[0][0] == f"cloud.test:{port}", f"CONNECT to {seen[:1]}")
            findings.check("pw@" not in daemon.log(), "the proxy's password in the log")
        seen.clear()
        with Daemon(binary, named + ca, environment={
                **KEYS, "HTTPS_PROXY": address.replace("pw", "no")}) as daemon:
            daemon.ready()
            samples = daemon.until(lambda s: len(s.all("functiongraph_poll_error_info")) == 5, 20, "407 of the proxy")
            findings.note(f"407 of the proxy: {daemon.functions()[many(1)[0]]['error']}")
            findings.check(seen and seen[0][0].startswith("cloud.test:"), f"not through HTTPS_PROXY: {seen[:2]}")
    with Daemon(binary, config(port, many(5)).replace("127.0.0.1", "no-such-host.invalid"), environment=KEYS) as daemon:
        daemon.ready()
        samples = daemon.until(lambda s: len(s.all("functiongraph_poll_error_info")) == 5, 30, "no such host")
        findings.equal({labels["reason"] for labels, _ in samples.all("functiongraph_poll_error_info")}, {"dns"},
                       "reason of an unknown host")
    proxy.shutdown()


def certificate(folder):
    """An authority and a certificate for localhost."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=ca",
            "-days", "2")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj",
            "/CN=localhost")
    (folder / "ext").write_text("subjectAltName=DNS:localhost,DNS:cloud.test\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out",
            "server.pem", "-days", "2", "-extfile", "ext")


@case
def memory(binary, findings):
    """100 functions over HTTPS for ten minutes: under 32 MB resident; start to READY=1 under 100 ms."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="vendor-check-memory-"))
    certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    port = free_port()
    text = config(port, many(100)).replace(f"http://127.0.0.1:{port}", f"https://localhost:{port}").replace(
        "interval: 5s", "interval: 15s") + f"tls: {{ca_file: {folder}/ca.pem}}\n"
    with Cloud(port, {"KEY": "SECRET"}, tls=context) as cloud, Daemon(
            binary, text, environment={**KEYS, "MALLOC_ARENA_MAX": "2"}) as daemon:
        findings.note(f"start to READY=1: {daemon.ready() * 1000:.0f} ms")
        for _ in range(40):
            time.sleep(15)
            daemon.scrape()
        kilobytes = daemon.resident_kilobytes()
        findings.note(f"{kilobytes / 1000:.1f} MB resident after 10 minutes, {len(cloud.ledger())} requests on "
                      f"{len(cloud.connections)} connections")
        findings.check(kilobytes * 1024 < 32e6, f"{kilobytes} kB resident")

"""A simulator and a daemon on ports of their own, with functions in every state and texts that attack the page."""

import http.client
import json
import os
import socket
import subprocess
import time

PROJECT = "0123456789abcdef0123456789abcdef"
KEY = {"id": "PAGECHECKKEY00000001", "secret": "page-check-not-a-secret"}

# Name, labels, state (None: the cloud does not know it), code, expectation (None: the default).
FUNCTIONS = [
    ("fine-1", {}, "enable", None, None),
    ("fine-2", {}, "enable", "0", None),
    ("fine-10", {}, "enable", None, None),
    ("making", {}, "creating", None, None),
    ("off", {}, "disable", None, ["disable"]),
    ("free", {}, "enable", None, []),
    ("rtl", {"note": "\u202eabc שלום עולם", "owner": "العربية"}, "enable", None, None),
    ("expired", {"team": "billing"}, "expire", None, None),
    ("broken", {}, "circuit_breaking", None, None),
    ("failed", {}, "create_fail", "FSS.1162", None),
    ("script", {"note": "<script>document.title='a'</script>"}, "<script>alert(1)</script>", "<b>\"'&amp;", None),
    ("quotes", {"note": "\"onmouseover=\"alert(1)\" '", "owner": "-->\\<!--"}, "disable", None, None),
    ("emoji", {"note": "🔥🚒👩‍👩‍👧‍👦", "owner": "e\u0301quipe"}, "create_fail", "🔥", None),
    ("cjk", {"note": "冷启动快照", "owner": "华为云"}, "creating", None, ["enable"]),
    ("long-" + "x" * 50, {"note": "L" * 400, "owner": "words " * 60}, "create_fail", "C" * 64, None),
    ("gone", {}, None, None, None),
    ("forbidden", {}, "enable", None, None),
    ("html", {"note": "</td></table></style>"}, "enable", None, None),
    ("longerror", {}, "enable", None, None),
    ("alias", {}, "enable", None, None),
]
FAULTS = [
    ("forbidden", 403, "FSS.1126", "no permission to call this API"),
    ("html", 500, "FSS.0500", "</td><img src=x onerror=alert(1)><style>*{display:none}</style>"),
    ("longerror", 400, "FSS." + "9" * 200, "M" * 3000),
    ("alias", 400, "FSS.0400", "函数快照不存在，请检查函数版本。" * 8),
]


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = dict(response.getheaders())
        self.body = response.read()


class Stand:
    """Starts both programs; leaving it ends them."""

    def __init__(self, programs, folder):
        self.programs, self.folder = programs, folder
        self.cloud, self.port = free_ports(2)
        self.url = "http://127.0.0.1:%d" % self.port
        self.configuration = os.path.join(folder, "config.yml")
        self._processes = []

    def __enter__(self):
        scenario = os.path.join(self.folder, "scenario.yml")
        # JSON without escapes is YAML.
        write(scenario, {
            "access_keys": [KEY],
            "functions": [{"urn": urn(name), "runtime": "Java17", "switch": "enable",
                           "life": [{"state": state} | ({"code": code} if code else {})]}
                          for name, _, state, code, _ in FUNCTIONS if state],
            "faults": [{"operation": "snapshot_state", "urn": "*:%s:*" % name, "status": status, "code": code,
                        "message": message} for name, status, code, message in FAULTS]})
        write(self.configuration, {
            "poll": {"interval": "5s", "retries": 0},
            "accounts": [{"name": "production", "auth": {"access_key": {
                "id": {"env": "PAGE_CHECK_ID"}, "secret": {"env": "PAGE_CHECK_SECRET"}}}}],
            "endpoints": {kind: "http://127.0.0.1:%d" % self.cloud for kind in ("functiongraph", "iam", "metadata")},
            "watch": {"defaults": {"labels": {"team": "platform"}}, "functions": [
                {"urn": urn(name), "labels": {"team": "platform"} | labels}
                | ({} if expect is None else {"expect": expect})
                for name, labels, _, _, expect in FUNCTIONS],
                "discover": [{"region": "cn-north-4", "project": PROJECT, "package": "fleet", "list_interval": "1m"}]}})
        self._start("functiongraph-simulator", "--listen", "127.0.0.1:%d" % self.cloud, "--scenario", scenario)
        await_port(self.cloud)
        self._start("functiongraph-exporter", "serve", "--config.file", self.configuration,
                    "--web.listen-address", "127.0.0.1:%d" % self.port, "--web.enable-lifecycle")
        await_port(self.port)
        return self

    def __exit__(self, *_):
        for process in reversed(self._processes):
            process.terminate()
        for process in self._processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def _start(self, program, *arguments):
        environment = dict(os.environ, PAGE_CHECK_ID=KEY["id"], PAGE_CHECK_SECRET=KEY["secret"])
        with open(os.path.join(self.folder, program + ".log"), "wb") as log:
            self._processes.append(subprocess.Popen(
                [os.path.join(self.programs, program), *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=environment))

    def get(self, path, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def await_polls(self, patience):
        """Waits until every function was polled."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            functions = json.loads(self.get("/api/v1/functions").body)["functions"]
            if len(functions) == len(FUNCTIONS) and all(function["last_poll"] for function in functions):
                return
            time.sleep(0.1)
        raise TimeoutError("not every function was polled within %d s" % patience)

    def spoil_configuration(self):
        """Puts a fault into the configuration and has it read."""
        with open(self.configuration, encoding="utf-8") as file:
            configuration = json.load(file)
        write(self.configuration, configuration | {"colour": "red"})
        answer = self.get("/-/reload", method="POST")
        assert answer.status == 422, answer.status


def urn(name):
    version = "!prod" if name == "alias" else "v1"
    return "urn:fss:cn-north-4:%s:function:default:%s:%s" % (PROJECT, name, version)


def write(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def await_port(port):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("nothing listens on port %d" % port)

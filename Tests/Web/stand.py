"""Programs on ports of their own, certificates of their own, and clients that say exactly which bytes they send."""

import contextlib
import http.client
import json
import os
import resource
import socket
import ssl
import subprocess
import time

PROJECT = "0123456789abcdef0123456789abcdef"
KEY = {"id": "WEBCHECKKEY000000001", "secret": "web-check-not-a-secret"}
# A quotation mark, a backslash, a line break, text outside ASCII: what the exposition must escape or must not.
ODD_TEXT = 'a"b\\c\nd é 快照'


class Answer:
    """One HTTP answer."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()
        self.text = self.body.decode(errors="replace")


class Daemon:
    """One running `serve`; leaving it ends it."""

    def __init__(self, stand, *flags, name="daemon", addresses=None, environment=None, wrapper=(), before=None,
                 functions=20, sockets=(), tls=False):
        self.stand, self.name, self.flags, self.tls = stand, name, flags, tls
        self.port = free_port()
        self.addresses = ["127.0.0.1:%d" % self.port] if addresses is None else addresses
        self.environment, self.wrapper, self.before, self.sockets = environment or {}, wrapper, before, sockets
        self.log_path = os.path.join(stand.folder, name + ".log")
        self.configuration = stand.configuration(name, functions)

    def __enter__(self):
        listen = [part for address in self.addresses for part in ("--web.listen-address", address)]
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [*self.wrapper, self.stand.exporter, "serve", "--config.file", self.configuration, *listen, *self.flags],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=self.before, pass_fds=self.sockets,
                env=dict(os.environ, WEB_CHECK_ID=KEY["id"], WEB_CHECK_SECRET=KEY["secret"], **self.environment))
        for address in self.addresses:
            await_port(int(address.rpartition(":")[2]), self)
            if not self.tls:
                host, _, port = address.rpartition(":")
                host = host.strip("[]") or "127.0.0.1"
                assert until(lambda h=host, p=int(port): self.get("/-/ready", host=h, port=p).status == 200, 20), self.log()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def get(self, path="/metrics", method="GET", headers=None, context=None, port=None, body=None, host="127.0.0.1"):
        """One request on a connection of its own."""
        port = port or self.port
        if context:
            connection = http.client.HTTPSConnection(host, port, timeout=10, context=context)
        else:
            connection = http.client.HTTPConnection(host, port, timeout=10)
        with contextlib.closing(connection):
            connection.request(method, path, headers=headers or {}, body=body)
            return Answer(connection.getresponse())

    def raw(self, data, seconds=5, then=b""):
        """Everything that comes back for these bytes until the connection is closed or quiet for `seconds`."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as client:
            client.settimeout(seconds)
            received = b""
            with contextlib.suppress(OSError):
                client.sendall(data)
                if then:
                    time.sleep(0.05)
                    client.sendall(then)
            with contextlib.suppress(OSError):
                while piece := client.recv(65536):
                    received += piece
                return received, True
            return received, False

    def cpu_seconds(self):
        with open("/proc/%d/stat" % self.process.pid, encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def value(self, line_start, **arguments):
        """The value of the first sample whose line begins so."""
        for line in self.get(**arguments).text.splitlines():
            if line.startswith(line_start):
                return float(line.rpartition(" ")[2])
        return None


class Stand:
    """A folder, certificates and a simulated cloud."""

    def __init__(self, programs, folder):
        self.folder = folder
        self.exporter = os.path.join(programs, "functiongraph-exporter")
        self.simulator = os.path.join(programs, "functiongraph-simulator")
        self.cloud = free_port()

    def __enter__(self):
        self._certificates()
        scenario = self.write("scenario.yml", json.dumps({
            "access_keys": [KEY],
            "functions": [{"urn": urn(n), "switch": "enable", "life": [{"state": "enable"}]} for n in range(20)]}))
        self._process = subprocess.Popen(
            [self.simulator, "--listen", "127.0.0.1:%d" % self.cloud, "--scenario", scenario],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        await_port(self.cloud)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        """Replaces a file in one step; its path."""
        path = self.path(name)
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path + ".new", 0o600)
        os.rename(path + ".new", path)
        return path

    def configuration(self, name, functions):
        """A configuration of so many functions; its path. JSON is YAML."""
        return self.write(name + ".yml", json.dumps({
            "poll": {"interval": "5s" if functions <= 20 else "1d"},
            "accounts": [{"name": "production", "auth": {"access_key": {
                "id": {"env": "WEB_CHECK_ID"}, "secret": {"env": "WEB_CHECK_SECRET"}}}}],
            "endpoints": {kind: "http://127.0.0.1:%d" % self.cloud for kind in ("functiongraph", "iam", "metadata")},
            "watch": {"functions": [{"urn": urn(n), "labels": {"note": ODD_TEXT if n == 0 else "n" * 64}}
                                    for n in range(functions)]}}))

    def check(self, web_configuration):
        """`check` of a web configuration: status and what was said."""
        done = subprocess.run(
            [self.exporter, "check", "--config.file", self.path("empty.yml"), "--web.config.file", web_configuration],
            capture_output=True, text=True, timeout=10, check=False)
        return done.returncode, done.stdout + done.stderr

    def _certificates(self):
        self.write("empty.yml", "watch: {functions: []}\n")
        for name, san in (("authority", None), ("other", None), ("server", "DNS:localhost,IP:127.0.0.1,IP:::1"),
                          ("server2", "DNS:localhost,IP:127.0.0.1"),
                          ("client", "DNS:scraper.example,URI:spiffe://example/scraper"), ("stranger", None)):
            key, certificate = self.path(name + ".key"), self.path(name + ".pem")
            command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                       "-days", "30", "-subj", "/CN=" + name, "-keyout", key, "-out", certificate]
            if san:
                command += ["-addext", "subjectAltName=" + san, "-addext", "basicConstraints=critical,CA:FALSE",
                            "-CA", self.path("authority.pem"), "-CAkey", self.path("authority.key")]
            subprocess.run(command, check=True, capture_output=True)


def client_context(stand, certificate=None, minimum=None, maximum=None, ciphers=None):
    """TLS as a scraper speaks it; without bounds from the system's policy."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(stand.path("authority.pem"))
    if certificate:
        context.load_cert_chain(stand.path(certificate + ".pem"), stand.path(certificate + ".key"))
    if ciphers:
        context.set_ciphers(ciphers + ":@SECLEVEL=0")
    if minimum:
        context.minimum_version = minimum
    if maximum:
        context.maximum_version = maximum
    return context


def urn(number):
    return "urn:fss:cn-north-4:%s:function:default:web-%d:v1" % (PROJECT, number)


def free_port(family=socket.AF_INET, address="127.0.0.1"):
    with socket.socket(family) as trial:
        trial.bind((address, 0))
        return trial.getsockname()[1]


def await_port(port, daemon=None):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for address in ("127.0.0.1", "::1"):
            with contextlib.suppress(OSError):
                socket.create_connection((address, port), 1).close()
                return
        if daemon and daemon.process.poll() is not None:
            raise ChildProcessError("the daemon ended with %d: %s" % (daemon.process.returncode, daemon.log()[-800:]))
        time.sleep(0.03)
    raise TimeoutError("nothing listens on port %d" % port)


def until(holds, seconds, pause=0.1):
    """Whether it came to hold within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if holds():
                return True
        time.sleep(pause)
    return False


def few_descriptors():
    """For a child: 64 descriptors."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

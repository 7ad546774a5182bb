"""TLS, client certificates, certificates replaced while running, passwords."""

import base64
import contextlib
import http.client
import json
import os
import shutil
import ssl
import time

from cases_settings import HASH
from stand import Daemon, client_context, until

PASSWORD = "correct horse"
DEAR_HASH = "$2b$12$.ExZ4BJn6UnqBSogaQaenupHmD/TsaZ/MS.5V6BNeuIoB9fteoOES"


def basic(user, password):
    return {"Authorization": "Basic " + base64.b64encode((user + ":" + password).encode()).decode()}


def reaches(daemon, context, path="/metrics"):
    """The status of a request, or None where the handshake or the connection fails."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        return daemon.get(path, context=context).status
    return None


def serving(stand, name, tls):
    pair = {"cert_file": stand.path("server.pem"), "key_file": stand.path("server.key")}
    path = stand.write(name + "-web.yml", json.dumps(
        {"tls_server_config": pair | tls, "http_server_config": {"http2": False}}))
    return Daemon(stand, "--web.config.file", path, name=name, functions=1, tls=True)


def versions(check, stand):
    """Versions and cipher suites of TLS."""
    old, new = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
    with serving(stand, "tls", {}) as daemon:
        check.equal("TLS 1.2", reaches(daemon, client_context(stand, maximum=old)), 200)
        check.equal("TLS 1.3", reaches(daemon, client_context(stand, minimum=new)), 200)
        weak = client_context(stand, minimum=ssl.TLSVersion.TLSv1, maximum=ssl.TLSVersion.TLSv1_1,
                              ciphers="ALL")
        check.equal("no TLS 1.1", reaches(daemon, weak), None)
        received, closed = daemon.raw(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 3)
        check.expect("plain HTTP to a TLS port ends at once", closed and b"200" not in received, received)
    with serving(stand, "tls13", {"min_version": "TLS13"}) as daemon:
        check.equal("min_version TLS13 refuses 1.2", reaches(daemon, client_context(stand, maximum=old)), None)
        check.equal("and takes 1.3", reaches(daemon, client_context(stand)), 200)
    suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
    with serving(stand, "suites", {"max_version": "TLS12", "cipher_suites": [suite]}) as daemon:
        check.equal("max_version TLS12 refuses 1.3", reaches(daemon, client_context(stand, minimum=new)), None)
        check.equal("the one cipher suite", reaches(
            daemon, client_context(stand, ciphers="ECDHE-ECDSA-AES256-GCM-SHA384", maximum=old)), 200)
        check.equal("and no other", reaches(
            daemon, client_context(stand, ciphers="ECDHE-ECDSA-AES128-GCM-SHA256", maximum=old)), None)


def clients(check, stand):
    """Client certificates: type by type."""
    authority = {"client_ca_file": stand.path("authority.pem")}
    # Type, settings, the status without a certificate, with a stranger's, with a good one.
    for kind, tls, none, stranger, good in (
            ("NoClientCert", {}, 200, 200, 200),
            ("RequestClientCert", {}, 200, 200, 200),
            ("RequireAnyClientCert", {}, None, 200, 200),
            ("VerifyClientCertIfGiven", authority, 200, None, 200),
            ("RequireAndVerifyClientCert", authority, None, None, 200)):
        with serving(stand, kind, tls | {"client_auth_type": kind}) as daemon:
            found = [reaches(daemon, client_context(stand, certificate)) for certificate in (None, "stranger", "client")]
            check.equal(kind + ": none, a stranger's, a good one", found, [none, stranger, good])
            if kind == "RequireAndVerifyClientCert":
                check.equal("healthy needs the certificate as well", reaches(
                    daemon, client_context(stand), "/-/healthy"), None)
    for names, wanted in ((["scraper.example"], 200), (["spiffe://example/scraper"], 200), (["other.example"], None)):
        tls = authority | {"client_auth_type": "RequireAndVerifyClientCert", "client_allowed_sans": names}
        with serving(stand, "sans", tls) as daemon:
            check.equal("client_allowed_sans %s" % names, reaches(daemon, client_context(stand, "client")), wanted)


def replaced(check, stand):
    """A certificate is replaced under a running daemon: by a good one, by a broken one."""
    certificate, key = stand.path("live.pem"), stand.path("live.key")
    shutil.copy(stand.path("server.pem"), certificate)
    shutil.copy(stand.path("server.key"), key)
    web = stand.write("live-web.yml", json.dumps({"tls_server_config": {"cert_file": certificate, "key_file": key}}))
    with Daemon(stand, "--web.config.file", web, name="live", functions=1, tls=True) as daemon:
        def name():
            context = client_context(stand)
            with contextlib.closing(http.client.HTTPSConnection("127.0.0.1", daemon.port, timeout=5, context=context)) as c:
                c.connect()
                return dict(part[0] for part in c.sock.getpeercert()["subject"])["commonName"]
        check.equal("the first certificate", name(), "server")
        begun = time.monotonic()
        for source, target in (("server2.pem", certificate), ("server2.key", key)):
            shutil.copy(stand.path(source), target + ".new")
            os.rename(target + ".new", target)
        check.expect("a replaced certificate is shown within 10 s", until(lambda: name() == "server2", 10.5))
        print("       after %.1f s" % (time.monotonic() - begun))
        with open(certificate, "w", encoding="ascii") as file:
            file.write("-----BEGIN CERTIFICATE-----\nbroken\n")
        check.expect("a broken one is refused and says so", until(lambda: daemon.value(
            "functiongraph_exporter_config_last_reload_successful ", context=client_context(stand)) == 0, 12))
        check.equal("while the old one is kept", name(), "server2")
        with open(certificate, "w", encoding="ascii") as file, open(stand.path("server2.pem"), encoding="ascii") as good:
            file.write(good.read())
        check.expect("and the good one mends it", until(lambda: daemon.value(
            "functiongraph_exporter_config_last_reload_successful ", context=client_context(stand)) == 1, 12))


def passwords(check, stand):
    """Basic authentication."""
    web = stand.write("auth-web.yml", json.dumps({"basic_auth_users": {"alice": HASH, "dear": DEAR_HASH}}))
    with Daemon(stand, "--web.config.file", web, "--web.enable-lifecycle", name="auth", functions=1) as daemon:
        answer = daemon.get()
        check.equal("no password", (answer.status, answer.headers["WWW-Authenticate"][:6]), (401, "Basic "))
        check.equal("the right one", daemon.get(headers=basic("alice", PASSWORD)).status, 200)
        for what, fields in (("a wrong one", basic("alice", "wrong")), ("an empty one", basic("alice", "")),
                             ("an unknown user", basic("mallory", PASSWORD)), ("no base64", {"Authorization": "Basic ==="}),
                             ("another scheme", {"Authorization": "Bearer x"}), ("another's", basic("dear", PASSWORD))):
            check.equal(what, daemon.get(headers=fields).status, 401)
        for path in ("/", "/api/v1/functions", "/none"):
            check.equal("%s needs one" % path, daemon.get(path).status, 401)
        check.equal("so does a reload", daemon.get("/-/reload", "POST").status, 401)
        check.equal("healthy and ready need none", [daemon.get(path).status for path in ("/-/healthy", "/-/ready")],
                    [200, 200])

        def took(user, password):
            begun = time.monotonic()
            daemon.get("/api/v1/functions", headers=basic(user, password))
            return time.monotonic() - begun
        first, again = took("dear", "dear"), [took("dear", "dear") for _ in range(5)]
        check.expect("a verified pair is not computed again", max(again) < first / 3, (first, again))
        # The quickest of some: whatever else the machine does only adds.
        known = min(took("dear", "wrong %d" % n) for n in range(4))
        unknown = min(took("nobody", "wrong %d" % n) for n in range(4))
        check.expect("an unknown user takes as long as a known one", 0.5 < unknown / known < 2, (known, unknown))
        check.expect("no password is in the log", PASSWORD not in daemon.log() and HASH not in daemon.log())


CASES = [replaced, clients, versions, passwords]

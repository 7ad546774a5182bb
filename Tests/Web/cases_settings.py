"""Web configurations as exporter-toolkit's users write them: what is accepted and what is refused, by every reader."""

import shutil
import subprocess

from stand import Daemon

HASH = "$2b$04$412KynE7g3wxkz21VmqgZO.WAViW1OR5qfN/rrBMy7.JGQhFvmjOW"
PAIR = "cert_file: server.pem, key_file: server.key"
# Name, text, whether it is good, whether promtool 2.42 knows every field of it.
FILES = [
    ("empty", "", True, True),
    ("pair", "tls_server_config: {%s}" % PAIR, True, True),
    ("versions", "tls_server_config: {%s, min_version: TLS12, max_version: TLS13}" % PAIR, True, True),
    ("wrong-version", "tls_server_config: {%s, min_version: TLS111}" % PAIR, False, True),
    ("suites", "tls_server_config: {%s, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]}" % PAIR, True, True),
    ("invented-suite", "tls_server_config: {%s, cipher_suites: [TLS_ECDHE_WITH_NOTHING]}" % PAIR, False, True),
    ("curves", "tls_server_config: {%s, curve_preferences: [CurveP256, X25519]}" % PAIR, True, True),
    ("invented-curve", "tls_server_config: {%s, curve_preferences: [CurveP257]}" % PAIR, False, True),
    ("no-order", "tls_server_config: {%s, prefer_server_cipher_suites: false}" % PAIR, True, True),
    ("no-certificate", "tls_server_config: {key_file: server.key}", False, True),
    ("no-key", "tls_server_config: {cert_file: server.pem}", False, True),
    ("missing-certificate", "tls_server_config: {cert_file: none.pem, key_file: server.key}", False, True),
    ("missing-key", "tls_server_config: {cert_file: server.pem, key_file: none.key}", False, True),
    ("other-key", "tls_server_config: {cert_file: server.pem, key_file: server2.key}", False, True),
    ("any-client", "tls_server_config: {%s, client_auth_type: RequireAnyClientCert}" % PAIR, True, True),
    ("verified-client", "tls_server_config: {%s, client_auth_type: RequireAndVerifyClientCert, "
     "client_ca_file: authority.pem}" % PAIR, True, True),
    ("unknown-client", "tls_server_config: {%s, client_auth_type: RequireClientCertificate}" % PAIR, False, True),
    ("authority-only", "tls_server_config: {%s, client_ca_file: authority.pem}" % PAIR, False, True),
    ("missing-authority", "tls_server_config: {%s, client_auth_type: RequireAndVerifyClientCert, "
     "client_ca_file: none.pem}" % PAIR, False, True),
    ("names", "tls_server_config: {%s, client_auth_type: RequireAndVerifyClientCert, client_ca_file: authority.pem, "
     "client_allowed_sans: [scraper.example]}" % PAIR, True, False),
    ("misspelt", "tls_server_config: {cert_filse: server.pem}", False, True),
    ("junk", "hjkl", False, True),
    ("unknown", "tls_config: {}", False, True),
    ("twice", "rate_limit: {}\nrate_limit: {}", False, False),
    ("users", "basic_auth_users: {alice: %s}" % HASH, True, True),
    ("no-hash", "basic_auth_users: {alice: plain}", False, True),
    ("headers", "http_server_config: {headers: {Strict-Transport-Security: max-age=31536000, X-Frame-Options: deny, "
     "X-Content-Type-Options: nosniff, X-XSS-Protection: '1', Content-Security-Policy: 'frame-ancestors ''none'''}}",
     True, True),
    ("other-header", "http_server_config: {headers: {Server: none}}", False, True),
    ("frame-options", "http_server_config: {headers: {X-Frame-Options: foo}}", False, True),
    ("content-type-options", "http_server_config: {headers: {X-Content-Type-Options: sniff}}", False, True),
    ("http2", "http_server_config: {http2: true}", True, True),
    ("rate", "rate_limit: {burst: 3, interval: 1s}", True, False),
    ("bad-rate", "rate_limit: {interval: often}", False, False),
]


def readers(check, stand):
    """`check`, `promtool` and `serve` agree."""
    has_promtool = shutil.which("promtool")
    for name, text, good, known in FILES:
        path = stand.write("web-%s.yml" % name, text + "\n")
        status, said = stand.check(path)
        check.expect("check %s %s" % ("accepts" if good else "refuses", name), (status, good) in ((0, True), (1, False)),
                     (status, said))
        if not good:
            check.expect("which names the file", path in said, said)
        if known and has_promtool:
            done = subprocess.run(["promtool", "check", "web-config", path], capture_output=True, text=True, check=False)
            check.equal("promtool agrees on " + name, done.returncode == 0, good)
        if not good:
            done = subprocess.run(
                [stand.exporter, "serve", "--config.file", stand.path("empty.yml"), "--web.config.file", path,
                 "--web.listen-address", "127.0.0.1:0"], capture_output=True, text=True, timeout=10, check=False)
            check.expect("serve refuses it with 1 or 78", done.returncode == (1 if "missing-" in name else 78)
                         or name == "other-key" and done.returncode in (1, 78), (done.returncode, done.stderr))
        check.expect("no hash is ever shown", HASH not in said)


def started(check, stand):
    """Those that are good are served with."""
    texts = {name: text for name, text, _, _ in FILES}
    for name in ("empty", "users", "rate", "headers"):
        path = stand.write("start-%s-web.yml" % name, texts[name] + "\n")
        with Daemon(stand, "--web.config.file", path, name="start-" + name) as daemon:
            answer = daemon.get()
            check.equal("%s is served with" % name, answer.status, 401 if name == "users" else 200)
            if name == "headers":
                policy = daemon.get("/").headers.get_all("Content-Security-Policy")
                check.expect("the page keeps its stricter policy", len(policy) == 1 and "default-src 'none'" in policy[0])
                for path in ("/metrics", "/none", "/-/healthy"):
                    fields = daemon.get(path).headers
                    check.equal("its fields are on " + path, [fields.get_all(field) for field in (
                        "Strict-Transport-Security", "X-Frame-Options", "X-XSS-Protection", "Content-Security-Policy")],
                        [["max-age=31536000"], ["deny"], ["1"], ["frame-ancestors 'none'"]])
            if name == "rate":
                codes = [daemon.get("/api/v1/functions").status for _ in range(4)]
                check.expect("beyond the rate is 429", 429 in codes and codes[0] == 200, codes)
                check.equal("healthy and ready have no rate", {daemon.get(path).status for path in (
                    "/-/healthy", "/-/ready") for _ in range(5)}, {200})


CASES = [started, readers]

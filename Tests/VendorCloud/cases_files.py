"""Bad files, flags and environment: exit status and one clear line for each fault."""

import re
import socket
import subprocess
import time

from cloud import Cloud
from daemon import Daemon, free_port
from judge import case

P = "a" * 32
URN = f"urn:fss:cn-north-4:{P}:function:default:f:v1"
AUTH = "accounts: [{name: main, auth: {access_key: {id: {env: AK}, secret: {env: SK}}}}]\n"
KEYS = {"AK": "KEY", "SK": "SECRET"}
WATCH = f"watch: {{functions: ['{URN}']}}\n"

# name, config.yml, exit status of serve, what the line must hold
BAD = [
    ("unknown key at the top", WATCH + "wacth: 1\n", 78, r"config\.yml:2:1: .*wacth"),
    ("unknown key in poll", WATCH + "poll: {intervall: 1m}\n", 78, r":2:8: .*intervall"),
    ("unknown key in an entry", f"watch: {{functions: [{{urn: '{URN}', expekt: []}}]}}\n", 78, r":1:\d+: .*expekt"),
    ("wrong type", WATCH + "poll: [1]\n", 78, r":2:7: "),
    ("wrong type of number", WATCH + "poll: {retries: many}\n", 78, r":2:17: .*many"),
    ("bad duration", WATCH + "poll: {interval: 1 minute}\n", 78, r":2:18: .*1 minute"),
    ("bare number as duration", WATCH + "poll: {interval: 60}\n", 78, r":2:18: "),
    ("duration out of range", WATCH + "poll: {interval: 1s}\n", 78, r":2:18: .*5s"),
    ("negative", WATCH + "limits: {requests_per_second: -1}\n", 78, r":2:31: "),
    ("nan", WATCH + "limits: {requests_per_second: .nan}\n", 78, r":2:31: "),
    ("duplicate key", WATCH + "poll: {retries: 1, retries: 2}\n", 78, r":2:20: .*retries"),
    ("duplicate key at the top", WATCH + WATCH, 78, r":2:1: .*watch"),
    ("malformed urn", "watch: {functions: ['urn:fss:x']}\n", 78, r":1:\d+: .*urn:fss:x"),
    ("urn of nine fields", f"watch: {{functions: ['{URN}:x']}}\n", 78, r":1:\d+: .*urn"),
    ("urn of six fields", f"watch: {{functions: ['urn:fss:r:{P}:function:f']}}\n", 78, r":1:\d+: .*urn"),
    ("urn with a space", f"watch: {{functions: ['{URN} ']}}\n", 78, r":1:\d+: "),
    ("no watch", "poll: {}\n", 78, r"watch"),
    ("watch names nothing", "watch: {}\n", 78, r":1:\d+: .*functions"),
    ("empty file", "", 78, r"watch"),
    ("broken yaml", "watch: {functions: [\n", 78, r":\d+:\d+: "),
    ("tab", "watch:\n\tfunctions: []\n", 78, r":2:1: "),
    ("two documents", WATCH + "---\n" + WATCH, 78, r":2:|:3:"),
    ("not utf-8", b"watch: {functions: ['\xff']}\n", 78, r"UTF-8|utf-8|config\.yml:1"),
    ("nul", b"watch: {functions: []}\n\x00", 78, r"config\.yml"),
    ("alias bomb", "a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\n" + WATCH, 78, r"config\.yml:1"),
    ("top level list", "- a\n", 78, r":1:1: "),
    ("bad label name", f"watch: {{functions: [{{urn: '{URN}', labels: {{Team: x}}}}]}}\n", 78, r":1:\d+: .*Team"),
    ("reserved label", f"watch: {{functions: [{{urn: '{URN}', labels: {{job: x}}}}]}}\n", 78, r":1:\d+: .*job"),
    ("own label", f"watch: {{functions: [{{urn: '{URN}', labels: {{version: x}}}}]}}\n", 78, r":1:\d+: .*version"),
    ("exported label", f"watch: {{functions: [{{urn: '{URN}', labels: {{exported_x: x}}}}]}}\n", 78, r"exported_x"),
    ("unknown state expected", f"watch: {{functions: [{{urn: '{URN}', expect: [enabled]}}]}}\n", 78, r"enabled"),
    ("unknown account", f"watch: {{functions: [{{urn: '{URN}', account: nobody}}]}}\n", 78, r"nobody"),
    ("secret in clear", "accounts: [{name: a, auth: {access_key: {id: x, secret: TOPSECRET}}}]\n" + WATCH, 78, r":1:"),
    ("two auths", "accounts: [{name: a, auth: {environment: {}, ecs_agency: {}}}]\n" + WATCH, 78, r":1:"),
    ("no account for a project", f"accounts: [{{name: a, projects: [{'b' * 32}], auth: {{environment: {{}}}}}}]\n" + WATCH,
     78, r"account"),
    ("two catch-alls", "accounts: [{name: a, auth: {environment: {}}}, {name: b, auth: {environment: {}}}]\n" + WATCH,
     78, r"account"),
    ("one project twice", f"accounts: [{{name: a, projects: [{P}], auth: {{environment: {{}}}}}}, "
     f"{{name: b, projects: [{P}], auth: {{environment: {{}}}}}}]\n" + WATCH, 78, P),
    ("one account name twice", f"accounts: [{{name: a, projects: [{P}], auth: {{environment: {{}}}}}}, "
     "{name: a, auth: {environment: {}}}]\n" + WATCH, 78, r"a"),
    ("token without a project", "accounts: [{name: a, auth: {token: {env: AK}}}]\n" + WATCH, 78, r"project"),
    ("bad endpoint", "endpoints: {functiongraph: 'ftp://x'}\n" + WATCH, 78, r":1:\d+: .*expected"),
    ("bad tls version", "tls: {min_version: TLS99}\n" + WATCH, 78, r":1:\d+: .*TLS99"),
    ("bad proxy", "proxy: {url: 'nonsense'}\n" + WATCH, 78, r":1:\d+: "),
    ("missing named watch file", "watch: {files: [no-such.yml]}\n", 1, r"no-such\.yml"),
    ("missing secret file", "accounts: [{name: a, auth: {access_key: {id: {file: /no/such/id}, secret: {env: SK}}}}]\n"
     + WATCH, 1, r"/no/such/id"),
    ("missing secret variable", "accounts: [{name: a, auth: {access_key: {id: {env: NO_SUCH}, secret: {env: SK}}}}]\n"
     + WATCH, 1, r"NO_SUCH"),
    ("missing credential", "accounts: [{name: a, auth: {access_key: {id: {credential: nope}, secret: {env: SK}}}}]\n"
     + WATCH, 1, r"nope"),
    ("missing ca file", "tls: {ca_file: /no/such/ca.pem}\n" + AUTH + WATCH, 1, r"/no/such/ca\.pem"),
    ("huge integer", WATCH + "poll: {retries: 99999999999999999999}\n", 78, r":2:17: "),
    ("many faults", "poll: {interval: x, timeout: y, retries: z}\nfoo: 1\nwatch: {functions: ['u1', 'u2']}\n", 78, r":1:18"),
]


@case
def bad_files(binary, findings):
    """Every bad file: exit status, one line, no crash, the same from check."""
    for name, text, status, pattern in BAD:
        daemon = Daemon(binary, text, environment=KEYS)
        path = str(daemon.directory / "config.yml")
        begun = time.monotonic()
        try:
            served = daemon.command("serve", "--config.file", path, "--web.listen-address", "127.0.0.1:0")
        except subprocess.TimeoutExpired:
            findings.check(False, f"{name}: serve runs")
            continue
        output = served.stdout + served.stderr
        findings.equal(served.returncode, status, f"{name}: exit status of serve ({output.strip()[:200]})")
        findings.check(time.monotonic() - begun < 5, f"{name}: took long")
        findings.check(re.search(pattern, output) is not None, f"{name}: {pattern} not in {output.strip()[:300]!r}")
        findings.check("TOPSECRET" not in output, f"{name}: secret shown")
        findings.check("Fatal error" not in output, f"{name}: crash")
        checked = daemon.command("check", "--config.file", path)
        output = checked.stdout + checked.stderr
        if "credential" not in name:
            findings.equal(checked.returncode, 1, f"{name}: exit status of check ({output.strip()[:200]})")
            findings.check(re.search(pattern, output) is not None, f"{name}: check: {pattern} not in {output[:300]!r}")
        if name == "many faults":
            findings.check(len(re.findall(r"^\S*config\.yml:\d+:\d+: ", output, re.M)) >= 6,
                           f"not all faults at once: {output}")
    gone = Daemon(binary, "").command("serve", "--config.file", "/no/such/config.yml")
    findings.equal(gone.returncode, 1, f"missing config.yml: {gone.stderr[:200]}")
    folder = Daemon(binary, "").command("serve", "--config.file", "/tmp")
    findings.check(folder.returncode in (1, 78), f"a directory as config.yml: {folder.returncode} {folder.stderr[:200]}")
    findings.note(f"directory as config.yml: exit {folder.returncode}: {folder.stderr.strip()[:160]}")


# arguments, environment, exit status, what the output must hold
FLAGS = [
    (["--no-such-flag"], {}, 64, r"no-such-flag"), (["serve", "--log.level", "loud"], {}, 64, r"loud"),
    (["serve", "--shard", "3/2"], {}, 64, r"shard 3 of 2"), (["serve", "--shard", "x"], {}, 64, r"x"),
    (["serve", "--shard", "0/0"], {}, 64, r"0/0"), (["serve", "--shard", "-1/2"], {}, 64, r"-1/2|shard"),
    (["serve", "--web.listen-address", "nonsense"], {}, 64, r"nonsense"),
    (["serve", "--web.listen-address", "127.0.0.1:99999"], {}, 64, r"99999"),
    (["serve", "--web.max-requests", "0"], {}, 64, r"0"), (["serve", "--web.max-requests", "many"], {}, 64, r"many"),
    (["serve", "--web.telemetry-path", "metrics"], {}, 64, r"metrics"),
    (["serve", "--log.format", "xml"], {}, 64, r"xml"), (["serve", "extra"], {}, 64, r"extra"),
    (["nonsense"], {}, 64, r"nonsense"), (["serve", "--config.file"], {}, 64, r"config\.file"),
    (["serve"], {"FUNCTIONGRAPH_EXPORTER_LOG_LEVEL": "loud"}, 64, r"loud"),
    (["serve"], {"FUNCTIONGRAPH_EXPORTER_WEB_ENABLE_LIFECYCLE": "perhaps"}, 64, r"perhaps"),
    (["serve"], {"FUNCTIONGRAPH_EXPORTER_SHARD": "9/3"}, 64, r"shard 9 of 3"),
    (["--version"], {}, 0, r"0\.\d+\.\d+"), (["--help"], {}, 0, r"serve"), (["serve", "--help"], {}, 0, r"shard"),
    (["check", "--help"], {}, 0, r"config\.file"), (["query", "--help"], {}, 0, r"output"),
    (["query", "--output", "xml"], {}, 64, r"xml"), (["query", "not-a-urn"], {}, 64, r"not-a-urn"),
    (["serve", "--web.config.file", "/no/such/web.yml"], {}, 1, r"/no/such/web\.yml"),
]


@case
def flags(binary, findings):
    """Flags and their environment variables: usage is 64, help and version 0."""
    for arguments, environment, status, pattern in FLAGS:
        daemon = Daemon(binary, WATCH + AUTH, environment={**KEYS, **environment})
        arguments = list(arguments)
        if arguments[0] in ("serve", "query") and "--config.file" not in arguments and "--help" not in arguments:
            arguments[1:1] = ["--config.file", str(daemon.directory / "config.yml")]
        try:
            done = daemon.command(*arguments)
        except subprocess.TimeoutExpired:
            findings.check(False, f"{arguments} {environment}: still running")
            continue
        output = done.stdout + done.stderr
        what = f"{arguments[-3:]} {environment}"
        findings.equal(done.returncode, status, f"{what}: exit status ({output.strip()[:200]})")
        findings.check(re.search(pattern, output) is not None, f"{what}: {pattern} not in {output.strip()[:300]!r}")


@case
def environment_flags(binary, findings):
    """Environment variables set flags, a flag beats them, strangers are ignored."""
    port, other = free_port(), free_port()
    with Cloud(port, {"KEY": "SECRET"}):
        config = AUTH + WATCH + f"endpoints: {{functiongraph: 'http://127.0.0.1:{port}'}}\n"
        environment = {**KEYS, "FUNCTIONGRAPH_EXPORTER_WEB_TELEMETRY_PATH": "/m",
                       "FUNCTIONGRAPH_EXPORTER_WEB_LISTEN_ADDRESS": f"127.0.0.1:{other}",
                       "FUNCTIONGRAPH_EXPORTER_WEB_ENABLE_LIFECYCLE": "true",
                       "FUNCTIONGRAPH_EXPORTER_SOMETHING": "else"}
        with Daemon(binary, config, environment=environment) as daemon:
            daemon.ready()
            findings.equal(daemon.get("/m")[0], 200, "telemetry path of the environment")
            findings.equal(daemon.get("/metrics")[0], 404, "the default path")
            findings.equal(daemon.get("/-/reload", method="POST")[0], 200, "reload, switched on by the environment")
            with socket.socket() as trial:
                findings.check(trial.connect_ex(("127.0.0.1", other)) != 0, "the flag does not beat the environment")
        environment["FUNCTIONGRAPH_EXPORTER_WEB_LISTEN_ADDRESS"] = f"127.0.0.1:{other},[::1]:{other}"
        daemon = Daemon(binary, config, environment=environment)
        process = subprocess.Popen(
            [binary, "serve", "--config.file", str(daemon.directory / "config.yml")], env=daemon.environment,
            stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        time.sleep(2)
        with socket.socket() as trial:
            findings.equal(trial.connect_ex(("127.0.0.1", other)), 0, "listening where the environment says")
        process.terminate()
        findings.equal(process.wait(10), 0, "exit status")


@case
def address_in_use(binary, findings):
    """An address in use: exit 1 and one line, STATUS= says so."""
    with socket.socket() as taken:
        port = free_port()
        taken.bind(("127.0.0.1", port))
        taken.listen()
        daemon = Daemon(binary, AUTH + WATCH, environment=KEYS)
        daemon.port = port
        with daemon:
            findings.equal(daemon.process.wait(20), 1, "exit status")
            lines = [line for line in daemon.log().splitlines() if str(port) in line]
            findings.equal(len(lines), 1, f"lines naming the address: {lines}")
            time.sleep(0.2)
            findings.check(any(str(port) in fields.get("STATUS", "") for _, fields in daemon.datagrams),
                           f"STATUS= does not name the address: {daemon.datagrams}")


@case
def empty_list(binary, findings):
    """An empty watch list is ready, warns, and says so."""
    for name, watch, files in [
            ("empty list", "watch: {functions: []}\n", {}), ("empty glob", "watch: {files: ['watch.d/*.yml']}\n", {}),
            ("comment only", "watch: {files: [w.yml]}\n", {"w.yml": "# nothing\n"}),
            ("empty file", "watch: {files: [w.yml]}\n", {"w.yml": ""})]:
        with Daemon(binary, AUTH + watch, files, environment=KEYS) as daemon:
            daemon.ready()
            findings.equal(daemon.scrape().get("functiongraph_exporter_watched_functions"), 0, f"{name}: watched")
            status = daemon.datagrams[daemon.told("STATUS") and 0:]
            findings.check(any("nothing" in fields.get("STATUS", "") for _, fields in status), f"{name}: {status}")
            findings.check("warn" in daemon.log().lower(), f"{name}: no warning: {daemon.log()}")
            findings.check("no function" in daemon.get("/")[2].lower() or "nothing" in daemon.get("/")[2].lower(),
                           f"{name}: page does not say so")


@case
def urn_forms(binary, findings):
    """URNs of 7 and 8 fields, aliases, one function twice, labels, sources."""
    port = free_port()
    base = f"urn:fss:cn-north-4:{P}:function:default"
    files = {"w.d/a.yml": f"- {{urn: '{base}:twice:v1', labels: {{team: file-a}}}}\n- '{base}:from-a:v1'\n",
             "w.d/b.yml": f"- {{urn: '{base}:from-a:v1', expect: [disable]}}\n- '{base}:from-b:v1'\n"}
    config = AUTH + f"""
poll: {{interval: 5s}}
endpoints: {{functiongraph: "http://127.0.0.1:{port}"}}
watch:
  defaults: {{labels: {{team: no, tier: "1"}}}}
  functions:
    - {base}:seven
    - '{base}:seven:latest'
    - '{base}:eight:v1.2-3'
    - '{base}:alias:!prod'
    - {{urn: '{base}:twice:v1', labels: {{team: "in\\"line\\n"}}}}
    - 'urn:fss:cn-north-4:{P}:function:包:中文:v1'
  files: ["w.d/*.yml"]
"""
    with Cloud(port, {"KEY": "SECRET"}) as cloud, Daemon(binary, config, files, environment=KEYS) as daemon:
        daemon.ready()
        names = {"seven:latest", "eight:v1.2-3", "alias:!prod", "twice:v1", "from-a:v1", "from-b:v1"}
        samples = daemon.until(
            lambda s: len(s.all("functiongraph_poll_success")) >= 7, 15, "all polled")
        infos = {":".join(labels["function_urn"].split(":")[6:]): labels
                 for labels, _ in samples.all("functiongraph_function_info")}
        findings.check(names <= set(infos), f"function_info of {set(infos)}")
        wire = {request.urn for request in cloud.ledger() if request.operation == "snapshot_state"}
        findings.check(f"{base}:seven" in wire and f"{base}:seven:latest" not in wire,
                       f"7 fields on the wire: {sorted(wire)}")
        findings.equal([r.fault for r in cloud.ledger() if r.fault], [], "bad signatures")
        findings.equal(infos["twice:v1"]["team"], 'in"line\n', "inline wins over files")
        findings.equal(infos["from-a:v1"]["team"], "no", "a label is text")
        findings.equal({name: infos[name]["source"] for name in ("twice:v1", "from-a:v1")},
                       {"twice:v1": "list", "from-a:v1": "file"}, "source")
        findings.equal(infos["alias:!prod"]["version"], "!prod", "version of an alias")
        findings.equal(samples.get("functiongraph_snapshot_as_expected", function_urn=f"{base}:from-a:v1"), 1.0,
                       "the first file wins")
        findings.check("latest" in daemon.log(), "no warning about latest")
        findings.check("from-a" in daemon.log() and "twice" in daemon.log(), "no warning about differing settings")


@case
def query_and_check(binary, findings):
    """query: table and JSON, exit 0, 1 and 78; check: one summary line."""
    import json
    port = free_port()
    other = URN.replace(":f:", ":bad:")
    config = AUTH + f"poll: {{retries: 0}}\nendpoints: {{functiongraph: 'http://127.0.0.1:{port}'}}\n" + WATCH
    from cloud import error
    with Cloud(port, {"KEY": "SECRET"}) as cloud:
        cloud.plan[other] = lambda _: error(404, "FSS.1052", "Not found the version")
        daemon = Daemon(binary, config, environment=KEYS)
        path = str(daemon.directory / "config.yml")
        done = daemon.command("query", "--config.file", path)
        findings.equal(done.returncode, 0, f"query: {done.stderr[:200]}")
        findings.check("enable" in done.stdout, f"table: {done.stdout}")
        done = daemon.command("query", "--config.file", path, "--output", "json", URN, other)
        findings.equal(done.returncode, 1, f"query with one that fails: {done.stderr[:200]}")
        rows = {row["function_urn"]: row for row in json.loads(done.stdout)["functions"]}
        findings.equal(sorted(rows[URN]), sorted([
            "function_urn", "state", "raw_state", "code", "switch_enabled", "as_expected", "expect", "since",
            "last_poll", "last_success", "took_seconds", "labels", "error"]), "keys of the JSON")
        findings.equal(rows[other]["error"]["reason"], "not_found", "reason")
        findings.equal(rows[other]["error"]["error_code"], "FSS.1052", "error_code")
        findings.check(rows[other]["error"]["request_id"], "no request id")
        daemon.write("config.yml", "wacth: 1\n")
        findings.equal(daemon.command("query", "--config.file", path).returncode, 78, "query of a bad file")
        daemon.write("config.yml", config)
        done = daemon.command("check", "--config.file", path, "--shard", "0/2", "--web.enable-lifecycle")
        findings.equal(done.returncode, 0, f"check: {done.stderr}")
        findings.equal(len((done.stdout + done.stderr).strip().splitlines()), 1, f"check: {done.stdout}{done.stderr}")
        daemon.write("config.yml", config.replace("{env: SK}", "{credential: sk}"))
        done = daemon.command("check", "--config.file", path)
        findings.equal(done.returncode, 0, f"check with a credential outside the unit: {done.stdout}{done.stderr}")
        findings.check("not checked" in done.stdout + done.stderr, f"not listed: {done.stdout}{done.stderr}")

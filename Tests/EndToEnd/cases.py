"""The cases, in the order in which they run: each leaves a working service behind, the last ones remove it."""

import json
import re
import time

from harness import SERVICE, expect, expect_equal, expect_in, eventually

PROJECT = "0123456789abcdef0123456789abcdef"
CONFIG = "/etc/functiongraph-exporter/config.yml"
CREDENTIALS = {"access-key-id": "E2EACCESSKEY000000001", "secret-access-key": "e2e-secret-that-no-log-may-show"}

ALL = []


def case(name, always=False):
    """Registers a case; those that `always` run are the ground that the others stand on."""
    def register(body):
        ALL.append((name, body, always))
        return body
    return register


def urn(name, version="v1"):
    return f"urn:fss:cn-north-4:{PROJECT}:function:default:{name}:{version}"


def configuration(functions, extra=""):
    """A configuration with these functions, whose cloud is the simulator and whose keys are the unit's credentials."""
    listed = "".join(f"    - {name}\n" for name in functions)
    return f"""\
poll: {{interval: 5s, creating_interval: 5s, switch: false}}
accounts:
  - name: production
    auth:
      access_key: {{id: {{credential: access-key-id}}, secret: {{credential: secret-access-key}}}}
endpoints:
  functiongraph: http://127.0.0.1:18977
  iam: http://127.0.0.1:18977
  metadata: http://127.0.0.1:18977
{extra}watch:
  functions:
{listed}  files: [watch.d/*.yml]
"""


ORDERS, BILLING, NEW = urn("orders"), urn("billing"), urn("new")


def drop_in(machine, name, text):
    """Puts a drop-in for the service in place, or takes it away again where the text is empty."""
    path = f"/run/systemd/system/{SERVICE}.service.d/{name}.conf"
    if text:
        machine.write(path, f"[Service]\n{text}\n")
    else:
        machine.sh('rm -f "$1"', path)
    machine.sh("systemctl daemon-reload")


def good_start(machine):
    """The service freshly started with the ordinary configuration, both functions polled."""
    machine.write(CONFIG, configuration([ORDERS, BILLING]))
    machine.sh(f"systemctl restart {SERVICE}")
    eventually("both functions answered", lambda: answered(machine, ORDERS, BILLING))


def answered(machine, *urns):
    rows = machine.functions()
    return all(rows.get(one, {}).get("state") for one in urns)


def ready_within(machine, seconds=20, port=10977):
    eventually("/-/ready answers 200", lambda: machine.get("/-/ready", port)[0] == 200, seconds)


# --- Installing ------------------------------------------------------------------------------------------------------


@case("the package installs, and is enabled, started and ready with an empty list", always=True)
def _(machine):
    machine.sh("DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /root/e2e/exporter.deb "
               "2>&1", timeout=120)
    expect_equal(machine.sh(f"systemctl is-enabled {SERVICE}").strip(), "enabled", "is-enabled")
    expect_equal(machine.sh(f"systemctl is-active {SERVICE}").strip(), "active", "is-active")
    expect_equal(machine.get("/-/ready")[0], 200, "status of /-/ready")
    expect_equal(machine.get("/")[0], 200, "status of the page")
    expect_equal(machine.metric("functiongraph_exporter_watched_functions"), 0, "watched functions")
    expect(machine.property("StatusText"), "STATUS= is empty")
    expect_equal(machine.run("systemctl", "is-active", "functiongraph-exporter.socket").status, 3,
                 "the optional socket is not started; systemctl is-active")


@case("the simulator's package installs and plays a cloud", always=True)
def _(machine):
    machine.sh("DEBIAN_FRONTEND=noninteractive apt-get install -y -qq /root/e2e/simulator.deb 2>&1", timeout=120)
    functions = "".join(f"  - {{urn: '{one}', runtime: Java11, life: [{{state: enable}}]}}\n"
                        for one in (ORDERS, BILLING, NEW))
    machine.write("/root/e2e/scenario.yml", f"""\
access_keys:
  - {{id: {CREDENTIALS["access-key-id"]}, secret: {CREDENTIALS["secret-access-key"]}}}
functions:
{functions}  - {{urn: '{urn("shard-{n}")}', count: 40, life: [{{state: enable}}]}}
""")
    machine.sh("systemd-run --quiet --unit=simulator functiongraph-simulator --listen 127.0.0.1:18977 "
               "--scenario /root/e2e/scenario.yml")
    eventually("the simulator answers", lambda: machine.get("/_simulator/requests", 18977)[0] == 200)


@case("the installed units are clean, and the running service's exposure is at most 1.1")
def _(machine):
    output = machine.run("systemd-analyze", "verify", "functiongraph-exporter.service",
                         "functiongraph-exporter.socket", "functiongraph-exporter@0.service").output
    expect_equal([line for line in output.splitlines() if "functiongraph" in line], [], "systemd-analyze verify")
    machine.sh(f"systemd-analyze security --no-pager --threshold=11 {SERVICE}")


@case("under the hardening nothing complains, and code that only a start needs leaves memory")
def _(machine):
    def resident_code():
        maps = machine.sh('cat "/proc/$1/smaps"', str(machine.main_pid()))
        return int(re.search(r" r-xp .*/bin/functiongraph-exporter\n(?:[A-Z].*\n)*?Rss: +(\d+) kB", maps)[1])

    machine.sh(f"systemctl restart {SERVICE}")
    invocation = machine.property("InvocationID")
    at_start = resident_code()
    eventually(f"less of its code is resident than {at_start} kB", lambda: resident_code() < at_start * 2 / 3, 45)
    expect_equal(machine.get("/metrics")[0], 200, "status of /metrics afterwards")
    said = machine.journal(f"_SYSTEMD_INVOCATION_ID={invocation}", "--output=json").splitlines()
    expect(said, "the daemon said nothing at all")
    # All it says, it says in the journal's own protocol: what comes by standard error is a library's complaint.
    expect_equal([line for line in said if json.loads(line)["_TRANSPORT"] != "journal"], [], "said on standard error")


@case("manual pages, completions, rules and catalogue are in their places")
def _(machine):
    machine.sh("man -w 8 functiongraph-exporter && man -w 5 functiongraph-exporter.yml && "
               "man -w 1 functiongraph-simulator")
    expect_in("functiongraph-exporter", machine.sh("journalctl --list-catalog 9c8b7a6f5e4d4c3b8a291807f6e5d4c3"),
              "catalogue")
    machine.sh("cd /usr/share && test -s bash-completion/completions/functiongraph-exporter && "
               "test -s zsh/vendor-completions/_functiongraph-exporter && "
               "test -s fish/vendor_completions.d/functiongraph-exporter.fish && "
               "test -n \"$(find functiongraph-exporter -name '*.yml')\"")


# --- Starting --------------------------------------------------------------------------------------------------------


@case("credentials of /etc/credstore are the service's alone, and reach the cloud", always=True)
def _(machine):
    for name, value in CREDENTIALS.items():
        machine.write(f"/etc/credstore/{SERVICE}.{name}", value + "\n", 0o600)
    good_start(machine)
    expect_equal(machine.functions()[ORDERS]["state"], "enable", "state")
    path = f"/run/credentials/{SERVICE}.service/secret-access-key"
    # As one who is neither root nor the service: no way in.
    expect(machine.run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "cat", path).status != 0,
           "another user can read the secret")
    expect_equal(machine.sh('stat -c %a "$1"', path).strip(), "400", "mode of the secret")
    # As the service sees it, whose user has no name outside.
    user = machine.sh(f"systemctl show -p UID --value {SERVICE}").strip()
    expect(user not in ("0", "", "[not set]"), f"the service runs as user {user!r}")
    expect(int(user) >= 61184, f"the service's user {user} is no dynamic one")


@case("the endpoint's TLS key can be a credential too, and reload works with it")
def _(machine):
    web = "/etc/functiongraph-exporter/web.yml"
    certificate = "/etc/functiongraph-exporter/e2e.crt"
    machine.sh("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
               f"-addext subjectAltName=DNS:localhost -keyout /etc/credstore/{SERVICE}.tls-key -out {certificate} 2>&1 "
               f"&& chmod 600 /etc/credstore/{SERVICE}.tls-key")
    machine.write(web, f"tls_server_config: {{cert_file: {certificate}, "
                       f"key_file: /run/credentials/{SERVICE}.service/tls-key}}\n")
    machine.write("/etc/default/functiongraph-exporter", f'ARGS="--web.config.file={web}"\n')
    try:
        machine.sh(f"systemctl restart {SERVICE}")
        ready = f"curl --silent --show-error --fail --cacert {certificate} https://localhost:10977/-/ready 2>&1"
        machine.sh(ready)
        machine.sh(f"systemctl reload {SERVICE} 2>&1")
        machine.sh(ready)
    finally:
        machine.write("/etc/default/functiongraph-exporter", 'ARGS=""\n')
        machine.sh(f"rm -f {web} {certificate} /etc/credstore/{SERVICE}.tls-key; systemctl restart {SERVICE}")


@case("no secret in journal, environment, page, metrics or status")
def _(machine):
    secret = CREDENTIALS["secret-access-key"]
    pid = machine.main_pid()
    texts = {
        "journal": machine.journal("--unit", SERVICE, "--output=json"),
        "environment": machine.sh("tr '\\0' '\\n' </proc/$1/environ", str(pid)),
        "page": machine.get("/")[1],
        "metrics": machine.get("/metrics")[1],
        "functions": machine.get("/api/v1/functions")[1],
        "status": machine.run("systemctl", "status", "--no-pager", "--full", SERVICE).output,
    }
    for where, text in texts.items():
        expect(text, f"nothing to look at: {where}")
        expect(secret not in text, f"the secret is in the {where}")


@case("an encrypted credential works as well")
def _(machine):
    path = f"/etc/credstore.encrypted/{SERVICE}.secret-access-key"
    machine.sh('mkdir -p /etc/credstore.encrypted && systemd-creds encrypt --with-key=host --name=secret-access-key '
               f'/etc/credstore/{SERVICE}.secret-access-key "$1"', path)
    machine.sh(f"mv /etc/credstore/{SERVICE}.secret-access-key /root/e2e/secret")
    try:
        drop_in(machine, "encrypted", f"LoadCredentialEncrypted=secret-access-key:{path}")
        machine.sh(f"systemctl restart {SERVICE}")
        eventually("the functions answered", lambda: answered(machine, ORDERS))
    finally:
        machine.sh(f"mv /root/e2e/secret /etc/credstore/{SERVICE}.secret-access-key")
        drop_in(machine, "encrypted", "")
        machine.sh(f"systemctl restart {SERVICE}")


@case("the service is activating until READY=1, and active only then")
def _(machine):
    machine.sh(f"systemctl stop {SERVICE}")
    try:
        drop_in(machine, "ready",
                "ExecStart=\nExecStart=/bin/sh -c 'sleep 2; exec /usr/bin/functiongraph-exporter serve'")
        machine.sh(f"systemctl start --no-block {SERVICE}")
        eventually("a main process", lambda: machine.main_pid() > 0)
        states, end = set(), time.monotonic() + 15
        while "active" not in states and time.monotonic() < end:
            state = machine.property("ActiveState")
            states.add(state)
            if state == "active":
                expect_equal(machine.get("/-/ready")[0], 200, "status of /-/ready when active")
            time.sleep(0.1)
        expect_equal(states, {"activating", "active"}, "states seen")

        # Without its notification socket it never becomes active: READY=1 is what counts, not a running process.
        drop_in(machine, "ready", "TimeoutStartSec=3\nExecStart=\nExecStart=/usr/bin/env --unset=NOTIFY_SOCKET "
                                  "/usr/bin/functiongraph-exporter serve\nRestart=no")
        expect(machine.run("systemctl", "restart", SERVICE).status != 0, "it became active without READY=1")
        expect_equal(machine.property("Result"), "timeout", "Result")
    finally:
        drop_in(machine, "ready", "")
        machine.sh(f"systemctl reset-failed {SERVICE}; systemctl restart {SERVICE}")


@case("a bad configuration fails with its faults in systemctl status and is not restarted")
def _(machine):
    drop_in(machine, "restart", "RestartSec=500ms")
    try:
        machine.write(CONFIG, "poll: {intervall: 1m}\nwatch:\n  functions: [not-a-urn]\n")
        expect(machine.run("systemctl", "restart", SERVICE).status != 0, "systemctl restart succeeds")
        status = machine.run("systemctl", "status", "--no-pager", "--full", SERVICE).output
        expect_in(f"{CONFIG}:1:8: ", status, "systemctl status, first fault")
        expect_in(f"{CONFIG}:3:15: ", status, "systemctl status, second fault")
        shown = machine.properties("ActiveState", "ExecMainStatus", "Result")
        expect_equal(shown, {"ActiveState": "failed", "ExecMainStatus": "78", "Result": "exit-code"}, "properties")
        time.sleep(1.5)
        shown = machine.properties("ActiveState", "NRestarts")
        expect_equal(shown, {"ActiveState": "failed", "NRestarts": "0"}, "three restart intervals later")
        expect_in("was refused", machine.journal("-x", "MESSAGE_ID=3f1c2a5e7b9d4e0f8a6c1d2e3f405162"),
                  "explanation by journalctl -x")
    finally:
        drop_in(machine, "restart", "")
        machine.sh(f"systemctl reset-failed {SERVICE}")
        good_start(machine)


@case("a failure that time can mend is restarted until it is gone")
def _(machine):
    drop_in(machine, "restart", "RestartSec=300ms")
    machine.sh(f"systemctl stop {SERVICE}")
    machine.sh("systemd-run --quiet --unit=squatter /usr/bin/python3 -m http.server --bind 0.0.0.0 10977")
    try:
        eventually("the port is taken", lambda: machine.get("/")[0] != 0)
        machine.sh(f"systemctl start --no-block {SERVICE}")
        eventually("two restarts", lambda: int(machine.property("NRestarts")) >= 2)
        eventually("its exit status is 1", lambda: machine.property("ExecMainStatus") == "1")
        machine.sh("systemctl stop squatter")
        ready_within(machine)
    finally:
        machine.run("systemctl", "stop", "squatter")
        drop_in(machine, "restart", "")
        good_start(machine)


# --- Reloading -------------------------------------------------------------------------------------------------------


@case("systemctl reload takes a good file")
def _(machine):
    pid = machine.main_pid()
    machine.write(CONFIG, configuration([ORDERS, BILLING, NEW]))
    machine.sh(f"systemctl reload {SERVICE}")
    eventually("the new function is watched", lambda: answered(machine, NEW))
    expect_equal(machine.main_pid(), pid, "MainPID")
    expect_equal(machine.property("ActiveState"), "active", "ActiveState")


@case("systemctl reload refuses a bad file, shows its fault, and the daemon says so while it goes on as it was")
def _(machine):
    before = machine.properties("MainPID", "NRestarts", "ActiveState")
    watched = set(machine.functions())
    begin = machine.sh("date +%s.%N").strip()
    machine.write(CONFIG, configuration([ORDERS], extra="limits: {requests_per_second: many}\n"))
    expect(machine.run("systemctl", "reload", SERVICE).status != 0, "systemctl reload succeeds")
    fault = f"{CONFIG}:10:31: "
    status = machine.run("systemctl", "status", "--no-pager", "--full", SERVICE).output
    expect_in(fault, status, "systemctl status")
    # The daemon was told: it counts, logs and shows the refusal, and only then is it no more reloading.
    eventually("STATUS= begins with the refusal",
               lambda: machine.property("StatusText").startswith("reload refused: 1 fault"))
    expect_equal(machine.metric("functiongraph_exporter_config_last_reload_successful"), 0, "last_reload_successful")
    expect_in(fault, machine.journal(f"_PID={before['MainPID']}", f"--since=@{begin}"), "the daemon's own log")
    expect_in("The last reload was refused", machine.get("/")[1], "the page")
    expect_equal(machine.properties("MainPID", "NRestarts", "ActiveState"), before, "properties")
    expect_equal(set(machine.functions()), watched, "watched functions")
    # What is refused again fails again; a good file ends it.
    expect(machine.run("systemctl", "reload", SERVICE).status != 0, "a second systemctl reload succeeds")
    machine.write(CONFIG, configuration([ORDERS, BILLING]))
    machine.sh(f"systemctl reload {SERVICE}")
    eventually("the refusal is over",
               lambda: machine.metric("functiongraph_exporter_config_last_reload_successful") == 1)


@case("a bad watch file lets systemctl reload fail, but keeps back no change of config.yml")
def _(machine):
    path = "/etc/functiongraph-exporter/watch.d/e2e-bad.yml"
    machine.write(path, "- no-urn\n")
    try:
        machine.write(CONFIG, configuration([ORDERS, BILLING, NEW]))
        expect(machine.run("systemctl", "reload", SERVICE).status != 0, "systemctl reload succeeds")
        expect_in(f"{path}:1:3: ", machine.run("systemctl", "status", "--no-pager", "--full", SERVICE).output,
                  "systemctl status")
        eventually("the new function is watched", lambda: answered(machine, NEW))
        expect_equal(machine.property("ActiveState"), "active", "ActiveState")
    finally:
        machine.sh('rm "$1"', path)
        machine.write(CONFIG, configuration([ORDERS, BILLING]))
        machine.sh(f"systemctl reload {SERVICE}")


@case("a refused SIGHUP keeps what was in force, and says so until a reload succeeds")
def _(machine):
    pid, watched = machine.main_pid(), set(machine.functions())
    machine.write(CONFIG, configuration([ORDERS], extra="limits: {requests_per_second: many}\n"))
    machine.sh(f"systemctl kill --kill-whom=main --signal=HUP {SERVICE}")
    eventually("STATUS= tells of the refusal", lambda: "reload refused" in machine.property("StatusText"))
    expect_equal(machine.metric("functiongraph_exporter_config_last_reload_successful"), 0, "last_reload_successful")
    expect_equal((machine.main_pid(), set(machine.functions())), (pid, watched), "process and watched functions")
    expect_equal(machine.property("ActiveState"), "active", "ActiveState")
    machine.write(CONFIG, configuration([ORDERS, BILLING]))
    machine.sh(f"systemctl reload {SERVICE}")
    eventually("STATUS= is clean", lambda: "reload refused" not in machine.property("StatusText"))
    expect_equal(machine.metric("functiongraph_exporter_config_last_reload_successful"), 1, "last_reload_successful")


@case("a changed watch file is noticed by itself")
def _(machine):
    path = "/etc/functiongraph-exporter/watch.d/e2e.yml"
    machine.write(path, f"- {NEW}\n")
    eventually("the new function is watched", lambda: NEW in machine.functions(), 15)
    machine.sh('rm "$1"', path)
    eventually("it is no more", lambda: NEW not in machine.functions(), 15)


# --- The journal -----------------------------------------------------------------------------------------------------


@case("a change of state is one record that the journal finds and explains")
def _(machine):
    eventually("the function answered", lambda: answered(machine, BILLING))
    machine.get(f"/_simulator/state?urn={BILLING}&state=create_fail", 18977, "POST")
    eventually("create_fail is seen", lambda: machine.functions()[BILLING]["state"] == "create_fail")
    expect_equal(machine.metric("functiongraph_snapshot_state", function_urn=BILLING,
                                functiongraph_snapshot_state="create_fail"), 1, "the state's sample")
    records = eventually("a record", lambda: machine.journal("SNAPSHOT_STATE=create_fail", "--output=json"))
    record = json.loads(records.splitlines()[-1])
    expect_equal((record["FUNCTION_URN"], record["PREVIOUS_STATE"], record["MESSAGE_ID"], len(records.splitlines())),
                 (BILLING, "enable", "9c8b7a6f5e4d4c3b8a291807f6e5d4c3", 1), "the record")
    expect_in("switch the snapshot on again", machine.journal("-x", "SNAPSHOT_STATE=create_fail"), "journalctl -x")
    machine.get(f"/_simulator/state?urn={BILLING}&state=enable", 18977, "POST")


@case("polls leave nothing in the journal at info, and every field name is valid")
def _(machine):
    eventually("the function is enabled again", lambda: machine.functions()[BILLING]["state"] == "enable")
    time.sleep(0.5)
    cursor = json.loads(machine.journal("--unit", SERVICE, "--lines=1", "--output=json"))["__CURSOR"]
    polls = machine.metric("functiongraph_polls_total", function_urn=ORDERS)
    eventually("two more polls", lambda: machine.metric("functiongraph_polls_total", function_urn=ORDERS) >= polls + 2)
    said = machine.journal("--unit", SERVICE, f"--after-cursor={cursor}")
    expect_equal(said, "", "said during the polls")
    for line in machine.journal(f"_SYSTEMD_UNIT={SERVICE}.service", "--output=json").splitlines():
        record = json.loads(line)
        bad = [name for name in record if not re.fullmatch(r"_{0,2}[A-Z][A-Z0-9_]*", name)]
        expect_equal(bad, [], "field names that are none")
        if record.get("_TRANSPORT") == "journal":
            expect(record.get("PRIORITY") in "01234567", f"priority of {record}")


@case("a stuck journal does not stop the daemon")
def _(machine):
    pid = machine.main_pid()
    machine.write("/etc/default/functiongraph-exporter", 'ARGS="--log.level=debug"\n')
    machine.sh(f"systemctl restart {SERVICE}")
    eventually("the functions answered", lambda: answered(machine, ORDERS))
    pid = machine.main_pid()
    machine.sh("systemctl kill --kill-whom=main --signal=STOP systemd-journald")
    try:
        polls = machine.metric("functiongraph_polls_total", function_urn=ORDERS)
        for _ in range(600):
            machine.get("/metrics")
        eventually("two more polls", lambda: machine.metric("functiongraph_polls_total", function_urn=ORDERS)
                   >= polls + 2, 30)
        expect_equal(machine.get("/-/healthy")[0], 200, "status of /-/healthy")
    finally:
        machine.sh("systemctl kill --kill-whom=main --signal=CONT systemd-journald")
    expect_equal(machine.main_pid(), pid, "MainPID")
    machine.write("/etc/default/functiongraph-exporter", 'ARGS=""\n')
    machine.sh(f"systemctl restart {SERVICE}")


# --- The watchdog ----------------------------------------------------------------------------------------------------


def replaced(machine, pid):
    """Whether another process than this one is up and ready."""
    return machine.main_pid() not in (0, pid) and machine.property("ActiveState") == "active"


@case("the watchdog replaces a stopped process")
def _(machine):
    drop_in(machine, "watchdog", "WatchdogSec=2s\nRestartSec=100ms\nTimeoutAbortSec=3s")
    try:
        machine.sh(f"systemctl restart {SERVICE}")
        pid = machine.main_pid()
        time.sleep(5)
        expect_equal(machine.main_pid(), pid, "MainPID of a healthy daemon after two watchdog intervals")
        machine.sh(f"systemctl kill --kill-whom=main --signal=STOP {SERVICE}")
        eventually("the process is replaced", lambda: replaced(machine, pid), 15)
        expect_in("Watchdog timeout", machine.journal("--unit", SERVICE, "--lines=60"), "journal")
        ready_within(machine)
    finally:
        drop_in(machine, "watchdog", "")


@case("the watchdog replaces a wedged poll loop whose listener still accepts")
def _(machine):
    drop_in(machine, "watchdog", "WatchdogSec=2s\nRestartSec=100ms\nTimeoutAbortSec=3s")
    try:
        machine.sh(f"systemctl restart {SERVICE}")
        pid = machine.main_pid()
        freezer = machine.start("python3", "/root/e2e/freeze.py", str(pid))
        expect_equal(freezer.stdout.readline().strip(), "frozen", "freeze.py")
        machine.sh("python3 -c 'import socket; socket.create_connection((\"127.0.0.1\", 10977), 2)'")
        eventually("the process is replaced", lambda: replaced(machine, pid), 20)
        freezer.wait(timeout=10)
        ready_within(machine)
    finally:
        drop_in(machine, "watchdog", "")


@case("a crash leaves a backtrace in the journal and is restarted")
def _(machine):
    drop_in(machine, "restart", "RestartSec=100ms")
    try:
        machine.sh(f"systemctl restart {SERVICE}")
        pid = machine.main_pid()
        machine.sh('python3 /root/e2e/crash.py "$1"', str(pid))
        eventually("the process is replaced", lambda: replaced(machine, pid), 30)
        said = machine.journal("--unit", SERVICE, "--lines=60", "--output=cat")
        expect_in("Program crashed: Bad pointer dereference at 0x0", said, "journal")
        expect_in("SelectableEventLoop", said, "journal: names of functions in the backtrace")
        ready_within(machine)
    finally:
        drop_in(machine, "restart", "")


# --- The port --------------------------------------------------------------------------------------------------------


@case("socket activation keeps the port through restarts without one refused scrape")
def _(machine):
    machine.sh(f"systemctl stop {SERVICE}")
    machine.sh(f"systemctl enable --now {SERVICE}.socket 2>&1 && systemctl start {SERVICE}")
    try:
        ready_within(machine)
        scraper = machine.start("python3", "/root/e2e/scrape.py", "10977")
        pids = {machine.main_pid()}
        for _ in range(3):
            time.sleep(1)
            machine.sh(f"systemctl restart {SERVICE}")
            pids.add(machine.main_pid())
        time.sleep(1)
        output, _ = scraper.communicate(input="", timeout=30)
        outcome = json.loads(output)
        expect_equal(len(pids), 4, "processes seen")
        expect_equal(outcome["faults"], [], "scrapes that failed")
        expect(outcome["good"] > 50, f"scrapes: {outcome}")
    finally:
        machine.sh(f"systemctl stop {SERVICE} {SERVICE}.socket && systemctl disable {SERVICE}.socket 2>&1")
        good_start(machine)


@case("SIGTERM ends it cleanly within 5 s")
def _(machine):
    begin = time.monotonic()
    machine.sh(f"systemctl stop {SERVICE}")
    expect(time.monotonic() - begin < 5, f"stopping took {time.monotonic() - begin:.1f} s")
    shown = machine.properties("Result", "ExecMainStatus", "ExecMainCode")
    expect_equal(shown, {"Result": "success", "ExecMainStatus": "0", "ExecMainCode": "1"}, "properties")
    machine.sh(f"systemctl start {SERVICE}")


@case("query runs with the unit's credentials as the README says")
def _(machine):
    output = machine.sh(
        "systemd-run --pipe --wait --collect --quiet -p DynamicUser=yes "
        f"-p LoadCredential=access-key-id:{SERVICE}.access-key-id "
        f"-p LoadCredential=secret-access-key:{SERVICE}.secret-access-key {SERVICE} query 2>&1")
    expect_in(ORDERS, output, "query")
    expect_in("enable", output, "query")


# --- Shards ----------------------------------------------------------------------------------------------------------


@case("two shards of the template divide the list between them")
def _(machine):
    functions = [urn(f"shard-{number}") for number in range(1, 41)]
    machine.sh(f"systemctl stop {SERVICE}")
    machine.write(CONFIG, configuration(functions))
    try:
        for number in (0, 1):
            machine.write(f"/etc/default/{SERVICE}-{number}",
                          f"FUNCTIONGRAPH_EXPORTER_SHARD={number}/2\n"
                          f"FUNCTIONGRAPH_EXPORTER_WEB_LISTEN_ADDRESS=:{10978 + number}\n")
            machine.sh(f"systemctl start {SERVICE}@{number}")
        parts = [set(machine.functions(port)) for port in (10978, 10979)]
        expect(all(parts), f"a shard has nothing: {[len(part) for part in parts]}")
        expect_equal(parts[0] & parts[1], set(), "functions that both watch")
        expect_equal(parts[0] | parts[1], set(functions), "functions that one of them watches")
        expect(machine.run("systemctl", "start", f"{SERVICE}@2").status != 0, "a shard without its file starts")
    finally:
        machine.sh(f"systemctl stop '{SERVICE}@*'; systemctl reset-failed '{SERVICE}@*' || true")
        good_start(machine)


# --- Upgrade and removal ---------------------------------------------------------------------------------------------


@case("an upgrade keeps the configuration and restarts what runs, shards included")
def _(machine):
    machine.sh(f"systemctl start {SERVICE}@1")
    before, shard = machine.main_pid(), machine.main_pid(f"{SERVICE}@1")
    text = machine.sh('cat "$1"', CONFIG)
    machine.sh("DEBIAN_FRONTEND=noninteractive apt-get install -y -qq /root/e2e/newer.deb </dev/null 2>&1", timeout=120)
    expect_in("+next", machine.sh(f"dpkg-query -W -f '${{Version}}' {SERVICE}"), "version")
    expect_equal(machine.sh('cat "$1"', CONFIG), text, "config.yml")
    expect_equal(machine.property("ActiveState"), "active", "ActiveState")
    expect(machine.main_pid() not in (0, before), "the service was not restarted")
    expect(machine.main_pid(f"{SERVICE}@1") not in (0, shard), "the shard was not restarted")
    eventually("the functions answered", lambda: answered(machine, ORDERS, BILLING))


@case("an upgrade of a service whose port systemd holds refuses no scrape")
def _(machine):
    machine.sh(f"systemctl stop {SERVICE}")
    machine.sh(f"systemctl enable --now {SERVICE}.socket 2>&1 && systemctl start {SERVICE}")
    ready_within(machine)
    before = machine.main_pid()
    scraper = machine.start("python3", "/root/e2e/scrape.py", "10977")
    machine.sh("DEBIAN_FRONTEND=noninteractive apt-get install --reinstall -y -qq /root/e2e/newer.deb </dev/null 2>&1",
               timeout=120)
    ready_within(machine)
    output, _ = scraper.communicate(input="", timeout=30)
    expect(machine.main_pid() not in (0, before), "the service was not restarted")
    expect_equal(machine.property("ActiveState", unit=f"{SERVICE}.socket"), "active", "ActiveState of the socket")
    expect_equal(json.loads(output)["faults"], [], "scrapes that failed")
    # The socket stays, for the removal to end.


@case("removal stops everything and keeps the configuration; purge leaves nothing")
def _(machine):
    files = [line for line in machine.sh(f"dpkg -L {SERVICE}").splitlines() if SERVICE in line]
    expect(len(files) > 15, f"dpkg -L: {files}")
    machine.sh(f"DEBIAN_FRONTEND=noninteractive apt-get remove -y -qq {SERVICE} 2>&1", timeout=120)
    expect_equal(machine.run("pgrep", "-x", SERVICE[:15]).output.strip(), "", "processes after removal")
    expect_equal(machine.sh("ss --no-header --listening --tcp --numeric 'sport = :10977'"), "", "listeners after removal")
    machine.sh('test -s "$1"', CONFIG)
    machine.sh(f"DEBIAN_FRONTEND=noninteractive apt-get purge -y -qq {SERVICE} functiongraph-simulator 2>&1",
               timeout=120)
    # man-db keeps what it has formatted, whichever package it was of.
    left = machine.run("find", "/etc", "/lib/systemd", "/usr", "/var", "-xdev", "-name", "*functiongraph*",
                       "-not", "-path", "/var/cache/man/*").output.splitlines()
    expect_equal([path for path in left if not path.startswith("/usr/lib/debug")], [], "left behind")
    machine.sh("systemctl daemon-reload")
    expect_equal(machine.property("LoadState"), "not-found", "LoadState")

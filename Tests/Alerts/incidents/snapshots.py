"""Incidents of snapshots."""

import time

from stand.expectation import firing, resolved
from stand.exporter import urn
from stand.stage import after, repaired

from . import incident


@incident("one snapshot of ten fails, and is repaired", 2.5)
def one_snapshot_fails(stage):
    functions = stage.functions([f"orders-{n}" for n in range(10)], team="shop")
    stage.start()
    stage.cloud.set_state(functions[3], "create_fail", code="FSS.1162")
    stage.expect(firing("pager", "SnapshotFailed", team="shop", function_urn=functions[3]), within=after("2m"))
    stage.quiet()
    stage.cloud.set_state(functions[3], "enable")
    stage.expect(resolved("pager", "SnapshotFailed", function_urn=functions[3]), within=repaired())
    stage.quiet()


@incident("fifty snapshots fail at once: one notification", 1.5)
def fifty_fail_at_once(stage):
    functions = stage.functions([f"fleet-{n}" for n in range(60)], team="shop")
    stage.start()
    for function in functions[:50]:
        stage.cloud.set_state(function, "create_fail")
    stage.expect(firing("pager", "SnapshotFailed", 50), within=after("2m"))
    stage.quiet()


@incident("snapshots of two teams expire, one of them as expected", 1.5)
def snapshots_expire(stage):
    shop = stage.functions(["orders", "cart"], team="shop")
    billing = stage.functions(["invoice"], team="billing")
    old = stage.functions(["archive"], team="shop", expect=["enable", "expire"])
    ignored = stage.functions(["sandbox"], team="shop", expect=[])
    stage.start()
    for function in (shop[0], *billing, *old, *ignored):
        stage.cloud.set_state(function, "expire")
    stage.expect(
        firing("team-shop", "SnapshotExpired", function_urn=shop[0]),
        firing("team-billing", "SnapshotExpired", function_urn=billing[0]),
        within=after("5m"),
    )
    stage.quiet()


@incident("a snapshot is circuit-broken", 1.5)
def circuit_broken(stage):
    functions = stage.functions(["orders", "cart", "search"])
    stage.start()
    stage.cloud.set_state(functions[1], "circuit_breaking")
    stage.expect(firing("pager", "SnapshotCircuitBroken", function_name="cart", team=""), within=after("2m"))
    stage.quiet()


@incident("somebody switches a snapshot off, and on again", 2.5)
def switched_off(stage):
    functions = stage.functions(["orders", "cart"], team="billing")
    stage.start()
    stage.cloud.set_state(functions[0], "disable")
    stage.expect(firing("team-billing", "SnapshotNotAsExpected", function_urn=functions[0]), within=after("5m"))
    stage.cloud.set_state(functions[0], "enable")
    stage.expect(resolved("team-billing", "SnapshotNotAsExpected"), within=repaired())
    stage.quiet()


@incident("a snapshot is on where it should be off", 1.5)
def on_where_it_should_be_off(stage):
    off = stage.functions(["mail", "report"], state="disable", team="billing", expect=["disable"])
    stage.start()
    stage.cloud.set_state(off[0], "enable")
    stage.expect(firing("team-billing", "SnapshotNotAsExpected", function_urn=off[0]), within=after("5m"))
    stage.quiet()


@incident("a snapshot is in the making for 10 minutes, the exporter restarts meanwhile", 2)
def creating_too_long(stage):
    slow, quick = stage.functions(["slow", "quick"], team="shop")
    stage.start()
    stage.cloud.set_state(slow, "creating")
    stage.cloud.set_state(quick, "creating")
    began = time.monotonic()
    time.sleep(20)
    stage.exporter.process.kill()
    stage.exporter.start()
    stage.cloud.set_state(quick, "enable")
    # Counted from the beginning: the restart does not start the 10 minutes anew.
    rest = after("10m") - (time.monotonic() - began)
    stage.expect(firing("team-shop", "SnapshotCreatingTooLong", function_urn=slow), within=rest)
    stage.quiet()


@incident("a snapshot flaps", 2.5)
def flapping(stage):
    steady = stage.functions(["steady"], team="shop")
    life = [{"state": "creating", "for": "7s"}, {"state": "enable", "for": "7s"}]
    restless = urn("restless")
    stage.cloud.scenario["functions"].append({"urn": restless, "runtime": "Java11", "life": life, "repeat": True})
    stage.exporter.watch(restless, team="shop")
    stage.start(healthy=len(steady))
    # The sixth change comes after 42 s, as 8.4 minutes.
    stage.expect(firing("team-shop", "SnapshotFlapping", function_urn=restless), within=after("14m"))
    stage.quiet()


@incident("the cloud answers a state that nobody knows", 1.5)
def unknown_state(stage):
    free = stage.functions(["free"], expect=[])
    bound = stage.functions(["bound"], team="shop")
    stage.start()
    stage.cloud.set_state(free[0], "warming")
    stage.expect(firing("notes", "UnknownStates"), within=after("5m"))
    stage.cloud.set_state(bound[0], "warming")
    stage.expect(firing("team-shop", "SnapshotNotAsExpected", function_urn=bound[0]), within=after("5m"))
    stage.quiet()


@incident("blips: one bad poll, a short outage, a restart, a reload: nobody is told", 2)
def blips(stage):
    functions = stage.functions([f"orders-{n}" for n in range(10)], team="shop")
    stage.start()
    stage.cloud.set_state(functions[0], "create_fail")
    stage.cloud.set_state(functions[1], "disable")
    time.sleep(5)
    stage.cloud.set_state(functions[0], "enable")
    stage.cloud.set_state(functions[1], "enable")
    stage.quiet(10)
    stage.cloud.faults({"operation": "snapshot_state", "status": 503, "code": "FSS.0503"})
    time.sleep(6)
    stage.cloud.faults()
    stage.quiet(10)
    stage.exporter.process.kill()
    time.sleep(3)
    stage.exporter.start()
    stage.quiet(10)
    stage.exporter.reload()
    stage.cloud.faults({"operation": "snapshot_state", "status": 404, "code": "FSS.1051", "times": 1})
    stage.quiet(45)

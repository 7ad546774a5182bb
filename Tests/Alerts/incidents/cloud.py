"""Incidents of the cloud's API, of credentials and of permissions."""

import time

from stand.cloud import KEY, PROJECT, REGION
from stand.expectation import firing, resolved
from stand.exporter import urn
from stand.stage import after, repaired

from . import incident

OTHER_REGION = "ap-southeast-1"
OTHER_PROJECT = "fedcba9876543210fedcba9876543210"


@incident("a region cannot be reached: one alert, none per function; and it comes back", 4)
def region_down(stage):
    near = stage.functions([f"orders-{n}" for n in range(10)], team="shop")
    other = stage.another_cloud(OTHER_REGION)
    where = {"region": OTHER_REGION, "project": OTHER_PROJECT}
    stage.functions([f"gateway-{n}" for n in range(10)], cloud=other, team="shop", **where)
    stage.start(clouds=[other])
    other.process.kill()
    stage.expect(firing("platform", "APIFailing", region_id=OTHER_REGION), within=after("5m"))
    # Long enough for each of its functions to be out of date and beyond that alert's `for`.
    stage.cloud.set_state(near[0], "create_fail")
    stage.expect(firing("pager", "SnapshotFailed", function_urn=near[0]), within=after("2m"))
    stage.quiet(75)
    other.start()
    # One trial each 30 s.
    stage.expect(resolved("platform", "APIFailing", region_id=OTHER_REGION), within=30 + repaired("7m"))
    stage.quiet()


@incident("the API answers 503: one alert, none per function", 3)
def server_errors(stage):
    stage.functions([f"orders-{n}" for n in range(10)], team="shop")
    stage.start()
    stage.cloud.faults({"operation": "snapshot_state", "status": 503, "code": "FSS.0503"})
    # More than half of the past 5 minutes, then its `for`.
    stage.expect(firing("platform", "APIFailing", region_id=REGION), within=after("8m"))
    stage.quiet(75)


@incident("an alert fires, then the API fails: the alert stays, and is not told twice", 2.5)
def api_fails_while_an_alert_fires(stage):
    functions = stage.functions([f"orders-{n}" for n in range(5)], team="shop")
    stage.start()
    stage.cloud.set_state(functions[0], "create_fail")
    stage.expect(firing("pager", "SnapshotFailed", function_urn=functions[0]), within=after("2m"))
    stage.cloud.faults({"operation": "snapshot_state", "cut": "head"})
    stage.expect(firing("platform", "APIFailing"), within=after("8m"))
    stage.quiet(45)


@incident("the key is rotated behind our back, then replaced", 3)
def key_rotated(stage):
    stage.functions([f"orders-{n}" for n in range(10)], team="shop")
    stage.start()
    new = {**KEY, "secret": "another-secret-key-02"}
    stage.cloud.keys(new)
    stage.expect(firing("pager", "CredentialsRefused", account="production"), within=after("2m", wait="10s"))
    # Neither the pause nor the functions have an alert of their own.
    stage.quiet(75)
    stage.exporter.write_secret(new["secret"])
    # A changed secret file is noticed within 10 s.
    stage.expect(resolved("pager", "CredentialsRefused"), within=10 + repaired("0s"))
    stage.quiet()


@incident("permission for some functions is withdrawn", 2)
def permission_denied(stage):
    stage.functions([f"orders-{n}" for n in range(7)], team="shop")
    stage.functions([f"secret-{n}" for n in range(3)], team="shop")
    stage.start()
    stage.cloud.faults(
        {"operation": "snapshot_state", "urn": "*:secret-*", "status": 400, "code": "FSS.1303", "message": "no rights"}
    )
    stage.expect(firing("platform", "PermissionDenied", project_id=PROJECT), within=after("5m"))
    stage.quiet(75)


@incident("the cloud throttles: one alert, none about the schedule or functions", 3)
def throttled(stage):
    stage.functions([f"orders-{n}" for n in range(20)], team="shop")
    stage.start()
    stage.cloud.faults({"operation": "snapshot_state", "probability": 0.3, "status": 429, "code": "APIG.0308"})
    stage.expect(firing("platform", "APIThrottled", project_id=PROJECT), within=after("10m"))
    stage.quiet(90)


@incident("the token call is refused: the account is paused", 2.5)
def account_paused(stage):
    stage.exporter.config["accounts"] = [
        {"name": "corp", "auth": {"password": {"domain": "corp", "user": "monitor", "password": {"env": "PASSWORD"}}}}
    ]
    stage.functions([f"orders-{n}" for n in range(5)], team="shop")
    stage.cloud.scenario["faults"] = [{"operation": "create_token", "status": 403, "code": "IAM.0080"}]
    stage.start(healthy=0)
    stage.expect(firing("platform", "AccountPaused", account="corp"), within=after("5m"))
    stage.quiet(75)


@incident("tokens cannot be renewed", 1.5)
def credentials_not_renewed(stage):
    stage.exporter.config["accounts"] = [
        {"name": "corp", "auth": {"password": {"domain": "corp", "user": "monitor", "password": {"env": "PASSWORD"}}}}
    ]
    stage.functions([f"orders-{n}" for n in range(5)], team="shop")
    stage.cloud.scenario["tokens"] = {"lifetime": "190s"}
    stage.start()
    stage.cloud.faults({"operation": "create_token", "status": 503})
    # Less than 2 minutes are left after 70 s at most; these are the daemon's own and not scaled.
    stage.expect(firing("platform", "CredentialsNotRenewed", account="corp"), within=70 + after("1m"))
    stage.quiet(20)


@incident("functions cannot be listed any more", 5)
def discovery_failing(stage):
    for n in range(5):
        stage.cloud.add(urn(f"worker-{n}", package="fleet"))
    stage.exporter.config["watch"] = {
        "discover": [{"region": REGION, "project": PROJECT, "package": "fleet", "interval": "5s",
                      "list_interval": "1m", "expect": ["enable"], "labels": {"team": "shop"}}]
    }
    stage.start(healthy=5)
    stage.cloud.faults({"operation": "list_functions", "status": 403, "code": "FSS.1126"})
    # Half an hour after the last listing, then its `for`.
    stage.expect(firing("platform", "DiscoveryFailing", project_id=PROJECT), within=60 + after("35m"))
    stage.quiet()


@incident("the clock is six minutes wrong", 1.5)
def clock_skew(stage):
    stage.functions(["orders", "cart"], team="shop")
    stage.start()
    stage.cloud.faults({"operation": "snapshot_state", "date_skew": "6m"})
    stage.expect(firing("platform", "ClockSkew"), within=after("5m"))
    stage.quiet()


@incident("two regions fail one after the other: one alert each", 3)
def two_regions_fail(stage):
    other = stage.another_cloud(OTHER_REGION)
    stage.functions([f"orders-{n}" for n in range(5)], team="shop")
    where = {"region": OTHER_REGION, "project": OTHER_PROJECT}
    stage.functions([f"gateway-{n}" for n in range(5)], cloud=other, team="shop", **where)
    stage.start(clouds=[other])
    fault = {"operation": "snapshot_state", "delay": "30s"}
    stage.cloud.faults(fault)
    time.sleep(15)
    other.faults(fault)
    stage.expect(
        firing("platform", "APIFailing", region_id=REGION),
        firing("platform", "APIFailing", region_id=OTHER_REGION),
        within=after("8m"),
    )
    stage.quiet(60)

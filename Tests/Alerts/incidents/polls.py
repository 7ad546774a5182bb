"""Incidents of single functions and of the schedule."""

from stand.cloud import PROJECT, REGION
from stand.expectation import firing, resolved
from stand.exporter import urn
from stand.stage import after, repaired

from . import incident


@incident("a listed function is deleted, and published again", 2.5)
def listed_function_deleted(stage):
    functions = stage.functions(["orders", "cart", "search"], team="shop")
    stage.start()
    stage.cloud.delete(functions[2])
    stage.expect(firing("team-shop", "FunctionGone", function_urn=functions[2]), within=after("3m"))
    stage.quiet()
    stage.cloud._control("add", [{"urn": functions[2], "runtime": "Java11", "life": [{"state": "enable"}]}])
    stage.expect(resolved("team-shop", "FunctionGone"), within=repaired())
    stage.quiet()


@incident("a discovered function is deleted: nobody is told", 3)
def discovered_function_deleted(stage):
    names = [urn(f"worker-{n}", package="fleet") for n in range(5)]
    for name in names:
        stage.cloud.add(name)
    stage.exporter.config["watch"] = {
        "discover": [{"region": REGION, "project": PROJECT, "package": "fleet", "interval": "5s",
                      "list_interval": "1m", "expect": ["enable"], "labels": {"team": "shop"}}]
    }
    stage.start(healthy=5)
    stage.cloud.delete(names[4])
    # It leaves after two listings.
    stage.quiet(150)
    assert stage.value("functiongraph_exporter_watched_functions") == 4, "the function did not leave the list"


@incident("one function of twenty answers garbage", 2.5)
def one_function_out_of_date(stage):
    functions = stage.functions([f"orders-{n}" for n in range(20)], team="billing")
    stage.start()
    stage.cloud.faults({"operation": "snapshot_state", "urn": functions[7], "garbage": True})
    # 5 intervals of 5 s, which are 5 minutes, and its `for`.
    stage.expect(firing("team-billing", "StateOutOfDate", function_urn=functions[7]), within=after("15m"))
    stage.quiet()


@incident("a new entry never gets a good answer", 2.5)
def never_polled(stage):
    functions = stage.functions([f"orders-{n}" for n in range(10)], team="shop")
    wrong = stage.functions(["mistyped"], team="shop")
    stage.cloud.scenario["faults"] = [
        {"operation": "snapshot_state", "urn": wrong[0], "status": 400, "code": "FSS.1309"}
    ]
    stage.start(healthy=len(functions))
    stage.expect(firing("team-shop", "NeverPolled", function_urn=wrong[0]), within=after("15m"))
    stage.quiet()


@incident("the list is longer than the rate can serve", 3)
def behind_schedule(stage):
    stage.exporter.config["limits"] = {"requests_per_second": 1}
    stage.functions([f"orders-{n}" for n in range(40)], team="shop")
    stage.start(healthy=10)
    # It begins when the first turn takes longer than the interval; 5 minutes throughout, then its `for`.
    stage.expect(firing("platform", "PollsBehindSchedule"), within=after("17m"))
    # 8 intervals of 5 s are one of 40 s: nothing is out of date, nothing never polled.
    stage.quiet(60)


@incident("there are more functions than the limit allows", 2)
def left_out_by_the_limit(stage):
    for n in range(8):
        stage.cloud.add(urn(f"worker-{n}", package="fleet"))
    stage.exporter.config["limits"]["functions"] = 5
    stage.exporter.config["watch"] = {
        "discover": [{"region": REGION, "project": PROJECT, "package": "fleet", "interval": "5s",
                      "list_interval": "1m", "expect": ["enable"]}]
    }
    stage.start(healthy=5)
    stage.expect(firing("platform", "FunctionsLeftOut"), within=after("5m"))
    stage.quiet()


@incident("the watch list is empty", 2)
def nothing_watched(stage):
    stage.start(healthy=0)
    stage.expect(firing("platform", "NothingWatched"), within=after("15m"))
    stage.quiet()

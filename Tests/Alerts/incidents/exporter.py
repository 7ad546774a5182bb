"""Incidents of the exporter itself."""

import time

from stand.expectation import firing, resolved
from stand.stage import after, repaired

from . import incident


@incident("the exporter is killed while an alert fires; the alert stays", 3.5)
def killed_while_an_alert_fires(stage):
    functions = stage.functions([f"orders-{n}" for n in range(10)], team="shop")
    stage.start()
    stage.cloud.set_state(functions[0], "create_fail")
    stage.expect(firing("pager", "SnapshotFailed", function_urn=functions[0]), within=after("2m"))
    stage.exporter.process.kill()
    stage.expect(firing("pager", "ExporterDown"), within=after("3m", wait="10s"))
    # 8 minutes down, none of them with an end of the other alert.
    stage.quiet(20)
    stage.exporter.start()
    stage.expect(resolved("pager", "ExporterDown"), within=repaired("0s"))
    stage.quiet(45)
    stage.cloud.set_state(functions[0], "enable")
    stage.expect(resolved("pager", "SnapshotFailed", function_urn=functions[0]), within=repaired())
    stage.quiet()


@incident("the exporter is down for long: one alert, whatever fails meanwhile", 2.5)
def exporter_down(stage):
    functions = stage.functions([f"orders-{n}" for n in range(10)], team="shop")
    stage.start()
    stage.exporter.process.kill()
    stage.cloud.set_state(functions[0], "create_fail")
    stage.expect(firing("pager", "ExporterDown"), within=after("3m", wait="10s"))
    stage.quiet(90)


@incident("Prometheus loses the job", 2)
def exporter_absent(stage):
    stage.functions(["orders", "cart"], team="shop")
    stage.start()
    stage.scrape(None)
    stage.expect(firing("pager", "ExporterAbsent"), within=after("5m", wait="10s"))
    stage.quiet(45)
    stage.scrape(stage.exporter.address)
    stage.expect(resolved("pager", "ExporterAbsent"), within=repaired("0s"))
    stage.quiet()


@incident("the exporter crashes again and again", 2)
def restarting(stage):
    stage.functions(["orders", "cart"], team="shop")
    stage.start()
    for _ in range(4):
        stage.exporter.process.kill()
        time.sleep(1)
        stage.exporter.start()
        time.sleep(7)
    stage.expect(firing("platform", "ExporterRestarting"), within=after("1m"))
    stage.quiet()


@incident("a reload is refused, and then mended", 2.5)
def bad_reload(stage):
    functions = stage.functions(["orders", "cart"], team="shop")
    stage.start()
    stage.exporter.write_config("watch: {functions: [urn:nonsense]}\npole: {}\n")
    stage.exporter.reload()
    stage.expect(firing("platform", "ConfigurationRefused"), within=after("5m"))
    # The watch goes on.
    stage.cloud.set_state(functions[0], "circuit_breaking")
    stage.expect(firing("pager", "SnapshotCircuitBroken", function_urn=functions[0]), within=after("2m"))
    stage.exporter.write_config()
    stage.exporter.reload()
    stage.expect(resolved("platform", "ConfigurationRefused"), within=repaired("0s"))
    stage.quiet()

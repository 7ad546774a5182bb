import FunctionGraph
import Polling
import Settings
import Testing

@testable import Daemon

/// Listings in the poll loop.
struct DiscoveryTests {
    private let settings = DiscoverySettings(account: "main", region: "cn-north-4", project: Samples.project)
    private let labels = ["region_id": "cn-north-4", "project_id": Samples.project]

    private func world() throws -> CoreWorld {
        var world = CoreWorld()
        world.configure(Samples.configuration([]) { $0.watch.discoveries = [settings] })
        return world
    }

    @Test func `what is found is polled, what vanishes leaves after two listings`() throws {
        var world = try world()
        #expect(world.listings.count == 1)
        #expect(world.page.value("functiongraph_discovery_failures_total", labels) == 0)
        #expect(world.page.value("functiongraph_discovery_functions", labels) == nil)
        let (a, b) = (try Samples.urn("a"), try Samples.urn("b"))
        world.deliver(settings, .success([a, b]))
        #expect(world.page.value("functiongraph_discovery_functions", labels) == 2)
        #expect(
            world.page.value("functiongraph_discovery_last_success_timestamp_seconds", labels)
                == HandClock.startUnixSeconds)
        world.run(until: 90)
        #expect(world.page.state(a.canonical) == "enable")
        #expect(world.page.function("function_info", a.canonical, ["source": "discovery"]) == 1)
        #expect(!world.page.has("snapshot_as_expected", a.canonical))
        #expect(world.listings.count == 1)
        world.run(until: 620)
        #expect(world.listings.count == 2)
        world.deliver(settings, .success([a]))
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 2)
        world.run(until: 1_240)
        world.deliver(settings, .success([a]))
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 1)
        #expect(!world.page.text.contains(b.canonical))
    }

    @Test func `the first listing is watched as it goes, and a failure later takes nothing back`() throws {
        var world = try world()
        let (a, b) = (try Samples.urn("a"), try Samples.urn("b"))
        #expect(world.listings.map(\.isFirst) == [true])
        world.find(settings, [a])
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 1)
        world.find(settings, [a])
        world.find(settings, [b])
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 2)
        #expect(world.page.value("functiongraph_discovery_functions", labels) == 2)
        #expect(world.page.value("functiongraph_discovery_last_success_timestamp_seconds", labels) == nil)
        world.deliver(settings, .failure(Samples.failure(.serverError, operation: .listFunctions, status: 500)))
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 2)
        world.run(until: 60)
        #expect(world.listings.map(\.isFirst) == [true, true])
        world.deliver(settings, .success([a, b]))
        #expect(world.page.value("functiongraph_discovery_functions", labels) == 2)
        world.run(until: 700)
        #expect(world.listings.map(\.isFirst) == [true, true, false])
    }

    @Test func `a failed listing changes nothing, is counted and tried again sooner`() throws {
        var world = try world()
        world.deliver(settings, .success([try Samples.urn("a")]))
        world.run(until: 620)
        world.deliver(settings, .failure(Samples.failure(.serverError, operation: .listFunctions, status: 500)))
        #expect(world.page.value("functiongraph_discovery_failures_total", labels) == 1)
        #expect(world.page.value("functiongraph_discovery_functions", labels) == 1)
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 1)
        #expect(world.log.records("discovery failed; the functions found before stay").count == 1)
        world.run(until: 660)
        #expect(world.listings.count == 3)
        world.deliver(settings, .failure(Samples.failure(.cancelled, operation: .listFunctions)))
        #expect(world.page.value("functiongraph_discovery_failures_total", labels) == 1)
    }

    @Test func `an entry with another glob keeps what the glob lets through until its first listing`() throws {
        var world = try world()
        let (a, b) = (try Samples.urn("a"), try Samples.urn("b"))
        world.deliver(settings, .success([a, b]))
        world.run(until: 90)
        let polls = world.count(a.canonical)
        var narrower = settings
        narrower.name = "a*"
        world.configure(Samples.configuration([]) { $0.watch.discoveries = [narrower] })
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 1)
        #expect(world.page.value("functiongraph_discovery_functions", labels) == 1)
        #expect(world.page.function("polls_total", a.canonical) == Double(polls))
        // The listing is down: what was found before stays.
        world.deliver(narrower, .failure(Samples.failure(.serverError, operation: .listFunctions, status: 500)))
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 1)
        world.run(until: 200)
        // What the first listing does not have leaves with it.
        world.deliver(narrower, .success([]))
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 0)
    }

    @Test func `a listing goes on for an entry of which only labels changed, and ends for one that left`() async throws
    {
        var world = try world()
        var relabelled = settings
        relabelled.labels = ["team": "shop"]
        world.configure(
            Samples.configuration([]) {
                $0.watch.discoveries = [relabelled]
                $0.watch.labelNames = ["team"]
            })
        #expect(world.listings.count == 1)
        let granted = await withCheckedContinuation { continuation in
            _ = world.core.handle(.permitWanted(PermitRequest(id: 1, settings: settings, granted: continuation)))
        }
        #expect(granted)
        world.find(settings, [try Samples.urn("a")])
        #expect(world.page.function("function_info", Samples.text("a"), ["team": "shop"]) == 1)
        world.configure(Samples.configuration([]))
        let refused = await withCheckedContinuation { continuation in
            _ = world.core.handle(.permitWanted(PermitRequest(id: 2, settings: settings, granted: continuation)))
        }
        #expect(!refused)
        world.find(settings, [try Samples.urn("b")])
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 0)
    }

    @Test func `a listing that ends after its entry was taken out is forgotten`() throws {
        var world = try world()
        world.configure(Samples.configuration([]))
        world.deliver(settings, .success([try Samples.urn("a")]))
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 0)
        #expect(world.page.all("functiongraph_discovery_functions").isEmpty)
        #expect(world.page.all("functiongraph_discovery_failures_total").isEmpty)
    }

    @Test func `a listed function wins over the same one discovered`() throws {
        var world = CoreWorld()
        world.configure(
            Samples.configuration([try Samples.watched("a", labels: ["team": "shop"])]) {
                $0.watch.discoveries = [settings]
            })
        world.deliver(settings, .success([try Samples.urn("a")]))
        #expect(world.page.function("function_info", Samples.text("a"), ["source": "list", "team": "shop"]) == 1)
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 1)
    }

    @Test func `a permit for a project that is watched no more is refused, and others come`() async throws {
        var world = try world()
        let unknown = DiscoverySettings(account: "main", region: "cn-north-4", project: Samples.otherProject)
        let refused = await withCheckedContinuation { continuation in
            _ = world.core.handle(
                .permitWanted(PermitRequest(id: 1, settings: unknown, granted: continuation)))
        }
        #expect(!refused)
        let granted = await withCheckedContinuation { continuation in
            _ = world.core.handle(
                .permitWanted(
                    PermitRequest(id: 2, settings: settings, granted: continuation)))
        }
        #expect(granted)
        let cancelled = await withCheckedContinuation { continuation in
            // The first one is under way; as long as the credential is not proven, this one waits.
            _ = world.core.handle(
                .permitWanted(
                    PermitRequest(id: 3, settings: settings, granted: continuation)))
            _ = world.core.handle(.permitCancelled(3))
        }
        #expect(!cancelled)
        let closed = await withCheckedContinuation { continuation in
            _ = world.core.handle(
                .permitWanted(
                    PermitRequest(id: 4, settings: settings, granted: continuation)))
            world.core.close()
        }
        #expect(!closed)
    }
}

import FunctionGraph
import Logging
import Polling
import Settings
import Testing

@testable import Daemon

/// A watch list that changes while it is polled.
struct ReconfigurationTests {
    private let orders = Samples.text("orders")
    private let billing = Samples.text("billing")

    @Test func `a changed expectation counts at once`() throws {
        var world = CoreWorld()
        world.configure(Samples.configuration([try Samples.watched("orders")]))
        world.run(until: 60)
        #expect(world.page.function("snapshot_as_expected", orders) == 1)
        world.configure(Samples.configuration([try Samples.watched("orders", expect: [.disable])]))
        #expect(world.page.function("snapshot_as_expected", orders) == 0)
        world.configure(Samples.configuration([try Samples.watched("orders", expect: [])]))
        #expect(!world.page.has("snapshot_as_expected", orders))
        #expect(world.page.state(orders) == "enable")
    }

    @Test func `what stays keeps state, counters and place`() throws {
        var world = CoreWorld()
        world.configure(Samples.configuration([try Samples.watched("orders"), try Samples.watched("billing")]))
        world.run(until: 200)
        let before = world.page
        let last = try #require(world.sent.last { $0.urn.canonical == orders })
        world.configure(Samples.configuration([try Samples.watched("new"), try Samples.watched("orders")]))
        let after = world.page
        for name in [
            "polls_total", "snapshot_state_change_timestamp_seconds", "poll_last_timestamp_seconds", "poll_success",
        ] {
            #expect(after.function(name, orders) == before.function(name, orders), "\(name)")
            #expect(after.function(name, orders) != nil, "\(name)")
        }
        #expect(after.state(orders) == "enable")
        #expect(!after.text.contains(billing))
        #expect(after.value("functiongraph_exporter_watched_functions") == 2)
        world.run(until: last.seconds + 65)
        let next = try #require(world.sent.last { $0.urn.canonical == orders })
        #expect(abs(next.seconds - last.seconds - 60) < 1)
    }

    @Test func `new labels stand on function_info alone, on every function the same set`() throws {
        var world = CoreWorld()
        world.configure(
            Samples.configuration([
                try Samples.watched("orders", labels: ["team": "shop"]), try Samples.watched("billing"),
            ]))
        world.run(until: 100)
        let polls = world.page.function("polls_total", orders)
        #expect(world.page.function("function_info", orders, ["team": "shop"]) == 1)
        #expect(world.page.function("function_info", billing, ["team": ""]) == 1)
        world.configure(
            Samples.configuration([
                try Samples.watched("orders", labels: ["team": "tools", "tier": "1"]),
                try Samples.watched("billing", source: .file("/etc/watch.yml")),
            ]))
        #expect(world.page.function("function_info", orders, ["team": "tools", "tier": "1"]) == 1)
        #expect(world.page.function("function_info", billing, ["team": "", "tier": "", "source": "file"]) == 1)
        #expect(world.page.all("functiongraph_function_info").count == 2)
        #expect(world.page.function("polls_total", orders) == polls)
        world.configure(Samples.configuration([try Samples.watched("orders"), try Samples.watched("billing")]))
        let info = try #require(world.page.all("functiongraph_function_info", ["function_urn": orders]).first)
        #expect(
            Set(info.labels.keys) == [
                "function_urn", "region_id", "project_id", "package", "function_name", "version", "account", "source",
            ])
    }

    @Test func `an answer for a function that left is dropped, also when its row was given to another`() throws {
        var world = CoreWorld()
        world.configure(Samples.configuration([try Samples.watched("orders")]))
        world.cloud = { _ in nil }
        world.run(until: 60)
        let late = try #require(world.sent.first)
        world.configure(Samples.configuration([try Samples.watched("billing")]))
        let row = try #require(world.core.rows.row(of: try Samples.urn("billing")))
        #expect(row == late.attempt.row)
        world.deliver(late, Samples.answer("expire", code: "9"))
        #expect(!world.page.has("snapshot_state", billing))
        #expect(!world.page.has("snapshot_response_info", billing))
        #expect(world.page.function("polls_total", billing) == 0)
        world.cloud = { _ in Samples.answer("enable") }
        world.run(until: 130)
        #expect(world.page.state(billing) == "enable")
        world.deliver(late, .failed(Samples.failure(.notFound, status: 404)))
        #expect(world.page.state(billing) == "enable")
    }

    @Test func `a function that comes back begins anew`() throws {
        var world = CoreWorld()
        world.configure(Samples.configuration([try Samples.watched("orders")]))
        world.run(until: 100)
        world.configure(Samples.configuration([try Samples.watched("billing")]))
        #expect(!world.page.text.contains(orders))
        world.configure(Samples.configuration([try Samples.watched("orders")]))
        #expect(world.page.function("polls_total", orders) == 0)
        #expect(!world.page.has("snapshot_state", orders))
    }

    @Test func `functions above the limit are counted and told of once`() throws {
        var world = CoreWorld()
        let configuration = Samples.configuration(try (1...5).map { try Samples.watched("f\($0)") }) {
            $0.limits.functions = 3
        }
        world.configure(configuration)
        world.configure(configuration)
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 3)
        #expect(world.page.value("functiongraph_exporter_ignored_functions") == 2)
        #expect(world.log.records("functions left out: the limit is reached").count == 1)
    }

    @Test func `an empty list is polled as such, with a warning`() {
        var world = CoreWorld()
        world.configure(Samples.configuration([]))
        world.run(until: 30)
        #expect(world.sent.isEmpty)
        #expect(world.page.value("functiongraph_exporter_watched_functions") == 0)
        #expect(world.log.records("there is nothing to poll: the watch list holds no function").count == 1)
        #expect(world.core.status(now: world.clock.moment).summary == PollSummary())
    }

    @Test func `a list that the rate cannot serve is told of with the arithmetic, and its turn is its interval`() throws
    {
        var world = CoreWorld()
        let functions = try (1...100).map { try Samples.watched("f\($0)", interval: .seconds(5)) }
        world.configure(Samples.configuration(functions) { $0.limits.requestsPerSecond = 2 })
        let told = try #require(world.log.records.first { $0.metadata["turn_seconds"] != nil })
        #expect(told.level == .warning)
        #expect(told.metadata["functions"] == "100")
        #expect(told.metadata["wanted_per_second"] == "20.0")
        #expect(told.metadata["requests_per_second"] == "2.0")
        let turn = try #require(world.page.function("poll_interval_seconds", Samples.text("f1")))
        #expect((45...55).contains(turn))
        world.run(until: 200)
        #expect(world.sent.count <= 404)
        #expect(world.sent.count >= 380)
    }

    @Test func `each shard allows itself its share of the rate`() throws {
        var world = CoreWorld(shard: try ShardID("0/2", hostName: ""))
        world.configure(Samples.configuration(try (1...20).map { try Samples.watched("f\($0)") }))
        world.run(until: 2)
        #expect(world.page.value("functiongraph_api_rate_limit_requests_per_second") == 5)
        let watched = try #require(world.page.value("functiongraph_exporter_watched_functions"))
        #expect((1...19).contains(watched))
    }
}

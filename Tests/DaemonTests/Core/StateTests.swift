import FunctionGraph
import Settings
import Testing

@testable import Daemon

/// What answers about the state do to the page.
struct StateTests {
    private let orders = Samples.text("orders")

    private func world(
        expect: Set<SnapshotState> = [.enable, .creating], interval: Duration = .seconds(60), name: String = "orders"
    ) throws -> CoreWorld {
        var world = CoreWorld()
        world.configure(Samples.configuration([try Samples.watched(name, interval: interval, expect: expect)]))
        return world
    }

    @Test func `before its first poll a function has its counters at 0 and no state`() throws {
        var world = try world()
        world.cloud = { _ in nil }
        let page = world.page
        #expect(page.function("polls_total", orders) == 0)
        #expect(page.function("poll_failures_total", orders) == 0)
        #expect(page.function("snapshot_state_changes_total", orders) == 0)
        #expect(page.function("poll_interval_seconds", orders) == 60)
        #expect(
            page.function(
                "function_info", orders,
                [
                    "region_id": "cn-north-4", "project_id": Samples.project, "package": "default",
                    "function_name": "orders", "version": "v1", "account": "main", "source": "list",
                ]) == 1)
        for absent in [
            "snapshot_state", "snapshot_as_expected", "snapshot_state_change_timestamp_seconds", "poll_success",
            "poll_error_info", "poll_last_timestamp_seconds", "poll_last_success_timestamp_seconds",
            "snapshot_response_info", "snapshot_switch_enabled",
        ] {
            #expect(!page.has(absent, orders), "\(absent)")
        }
        #expect(page.value("functiongraph_exporter_watched_functions") == 1)
        #expect(page.value("functiongraph_account_paused", ["account": "main"]) == 0)
    }

    @Test(arguments: [
        ("enable", "enable", 1.0), (" ENABLE\n", "enable", 1), ("creating", "creating", 1),
        ("disable", "disable", 0), ("create_fail", "create_fail", 0), ("expire", "expire", 0),
        ("circuit_breaking", "circuit_breaking", 0), ("hibernating", "unknown", 0),
    ])
    func `an answered state stands on the page with whether it is expected`(
        answer: String, state: String, asExpected: Double
    ) throws {
        var world = try world()
        world.cloud = { _ in Samples.answer(answer) }
        world.run(until: 59)
        let page = world.page
        #expect(page.state(orders) == state)
        #expect(page.function("snapshot_as_expected", orders) == asExpected)
        #expect(page.function("poll_success", orders) == 1)
        #expect(!page.has("poll_error_info", orders))
        #expect(page.function("polls_total", orders) == Double(world.count(orders)))
        let first = try #require(world.sent.first)
        #expect(
            page.function("snapshot_state_change_timestamp_seconds", orders)
                == HandClock.startUnixSeconds + first.seconds + 0.05)
        #expect(world.record(orders)?.rawState?.contains(answer.prefix(3).trimming()) == true)
    }

    @Test func `without an expectation there is no answer to whether it is met`() throws {
        var world = try world(expect: [])
        world.run(until: 59)
        #expect(world.page.state(orders) == "enable")
        #expect(!world.page.has("snapshot_as_expected", orders))
    }

    @Test func `a function is polled at its interval, and sooner while its snapshot is made`() throws {
        var world = try world(interval: .seconds(60))
        world.run(until: 660)
        #expect((10...12).contains(world.count(orders)))
        world.cloud = { _ in Samples.answer("creating") }
        world.run(until: 730)
        let before = world.count(orders)
        world.run(until: 830)
        #expect((9...11).contains(world.count(orders) - before))
        // The creating interval is never what the page shows.
        #expect(world.page.function("poll_interval_seconds", orders) == 60)
    }

    @Test func `a change is counted once and logged with both states and how long the old one lasted`() throws {
        var world = try world()
        world.run(until: 120)
        let since = try #require(world.page.function("snapshot_state_change_timestamp_seconds", orders))
        world.cloud = { _ in Samples.answer("expire") }
        world.run(until: 600)
        let page = world.page
        #expect(page.state(orders) == "expire")
        #expect(page.function("snapshot_state_changes_total", orders) == 1)
        #expect(page.function("snapshot_as_expected", orders) == 0)
        let changed = try #require(page.function("snapshot_state_change_timestamp_seconds", orders))
        #expect(changed > since)
        let records = world.log.records("snapshot state changed")
        #expect(records.count == 1)
        let metadata = try #require(records.first).metadata
        #expect(metadata["function_urn"] == orders)
        #expect(metadata["snapshot_state"] == "expire")
        #expect(metadata["previous_state"] == "enable")
        #expect(metadata["lasted_seconds"].flatMap(Double.init) == (changed - since).rounded())
        #expect(metadata["message_id"]?.count == 32)
        #expect(world.record(orders)?.isSinceAtLeast == false)
    }

    @Test func `not_found withdraws the state at once, and a change is counted across it`() throws {
        var world = try world()
        world.cloud = { _ in Samples.answer("enable", code: "0") }
        world.run(until: 120)
        let since = world.page.function("snapshot_state_change_timestamp_seconds", orders)
        world.cloud = { _ in .failed(Samples.failure(.notFound, status: 404, code: "FSS.1051")) }
        world.run(until: 190)
        let page = world.page
        for absent in [
            "snapshot_state", "snapshot_as_expected", "snapshot_state_change_timestamp_seconds",
            "snapshot_response_info",
        ] {
            #expect(!page.has(absent, orders), "\(absent)")
        }
        #expect(page.reason(orders) == "not_found")
        #expect(page.function("poll_success", orders) == 0)
        world.cloud = { _ in Samples.answer("enable") }
        world.run(until: 300)
        #expect(world.page.function("snapshot_state_changes_total", orders) == 0)
        #expect(world.page.function("snapshot_state_change_timestamp_seconds", orders) == since)
        world.cloud = { _ in .failed(Samples.failure(.notFound, status: 404, code: "FSS.1051")) }
        world.run(until: 400)
        world.cloud = { _ in Samples.answer("disable") }
        world.run(until: 600)
        #expect(world.page.function("snapshot_state_changes_total", orders) == 1)
    }

    @Test func `a state is withdrawn after stale_after intervals without a good answer`() throws {
        var world = CoreWorld()
        world.configure(
            Samples.configuration([try Samples.watched("orders", interval: .seconds(120))]) {
                $0.poll.staleAfter = 3
            })
        world.run(until: 130)
        let last = try #require(world.page.function("poll_last_success_timestamp_seconds", orders))
        world.cloud = { _ in .failed(Samples.failure(.serverError, status: 500)) }
        world.run(until: last - HandClock.startUnixSeconds + 350)
        #expect(world.page.state(orders) == "enable")
        #expect(world.page.reason(orders) == "server_error")
        world.run(until: last - HandClock.startUnixSeconds + 365)
        #expect(!world.page.has("snapshot_state", orders))
        #expect(world.page.function("poll_last_success_timestamp_seconds", orders) == last)
    }

    @Test func `a short interval keeps the state for five minutes`() throws {
        var world = try world(interval: .seconds(5))
        world.run(until: 20)
        let last = try #require(world.page.function("poll_last_success_timestamp_seconds", orders))
        world.cloud = { _ in .failed(Samples.failure(.decode, status: 200)) }
        world.run(until: last - HandClock.startUnixSeconds + 295)
        #expect(world.page.state(orders) == "enable")
        world.run(until: last - HandClock.startUnixSeconds + 305)
        #expect(!world.page.has("snapshot_state", orders))
    }

    @Test func `a state that nobody documents is counted at each poll and logged once`() throws {
        var world = CoreWorld()
        let names = ["orders", "billing"]
        world.configure(Samples.configuration(try names.map { try Samples.watched($0) }))
        world.cloud = { _ in Samples.answer("Hibernating") }
        world.run(until: 299)
        #expect(world.page.state(orders) == "unknown")
        #expect(world.page.value("functiongraph_exporter_unknown_states_total") == 10)
        #expect(world.page.all("functiongraph_polls_total").map(\.value) == [5, 5])
        let records = world.log.records("the cloud answered a state that its documentation does not know")
        #expect(records.count == 1)
        #expect(records.first?.metadata["raw_state"] == "Hibernating")
        #expect(world.record(orders)?.rawState == "Hibernating")
        // It is a good answer all the same.
        #expect(world.page.function("poll_failures_total", orders) == 0)
    }

    @Test func `the code that comes with a state stands there while it comes`() throws {
        var world = try world()
        world.cloud = { _ in Samples.answer("create_fail", code: "FSS.9999") }
        world.run(until: 59)
        #expect(world.page.function("snapshot_response_info", orders, ["code": "FSS.9999"]) == 1)
        world.cloud = { _ in Samples.answer("create_fail", code: "1") }
        world.run(until: 130)
        #expect(world.page.all("functiongraph_snapshot_response_info").map(\.labels["code"]) == ["1"])
        world.cloud = { _ in Samples.answer("create_fail") }
        world.run(until: 200)
        #expect(!world.page.has("snapshot_response_info", orders))
    }
}

extension StringProtocol {
    fileprivate func trimming() -> String { String(filter { !$0.isWhitespace }) }
}

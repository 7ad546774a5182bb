import FunctionGraph
import Logging
import Polling
import Settings
import Testing

@testable import Daemon

/// Polls that fail, holds and pauses.
struct FailureTests {
    private let orders = Samples.text("orders")
    private let billing = Samples.text("billing")

    @Test(arguments: [
        FailureReason.dns, .connect, .tls, .timeout, .forbidden, .notFound, .throttled, .clientError, .serverError,
        .decode,
    ])
    func `a failed poll is counted with its reason, and the next good one clears it`(_ reason: FailureReason) throws {
        var world = CoreWorld()
        world.configure(Samples.configuration([try Samples.watched("orders")]))
        world.cloud = { _ in .failed(Samples.failure(reason, status: 418, code: "X.1")) }
        world.run(until: 59)
        let failed = world.page
        #expect(failed.reason(orders) == reason.rawValue)
        #expect(failed.function("poll_success", orders) == 0)
        #expect(failed.function("polls_total", orders) == 1)
        #expect(failed.function("poll_failures_total", orders) == 1)
        #expect(failed.has("poll_last_timestamp_seconds", orders))
        #expect(!failed.has("poll_last_success_timestamp_seconds", orders))
        #expect(failed.value("functiongraph_poll_duration_seconds_count") == 1)
        #expect(world.record(orders)?.failure?.errorCode == "X.1")
        world.cloud = { _ in Samples.answer("enable") }
        world.run(until: 180)
        let good = world.page
        #expect(good.function("poll_success", orders) == 1)
        #expect(good.reason(orders) == nil)
        #expect(good.function("poll_failures_total", orders) == 1)
        #expect(world.record(orders)?.failure == nil)
    }

    @Test func `a failure is told at warning when it is new or another, repeats at debug, its end at info`() throws {
        var world = CoreWorld()
        world.configure(Samples.configuration([try Samples.watched("orders")]))
        world.cloud = { _ in .failed(Samples.failure(.serverError, status: 500, code: "FSS.0500")) }
        world.run(until: 180)
        world.cloud = { _ in .failed(Samples.failure(.serverError, status: 503, code: "FSS.0503")) }
        world.run(until: 240)
        world.cloud = { _ in .failed(Samples.failure(.decode, status: 200)) }
        world.run(until: 300)
        world.cloud = { _ in Samples.answer("enable") }
        world.run(until: 420)
        let levels = world.log.records("poll failed").map(\.level)
        #expect(levels.count { $0 == .warning } == 3)
        #expect(levels.count { $0 == .debug } == levels.count - 3)
        #expect(levels.count >= 5)
        let ends = world.log.records("poll succeeds again")
        #expect(ends.map(\.level) == [.info])
        let lasted = ends.first?.metadata["failed_seconds"].flatMap(Double.init) ?? 0
        #expect((200...300).contains(lasted))
    }

    @Test func `an alias that the cloud refuses with 400 is told with the advice to list its version`() throws {
        var world = CoreWorld()
        var alias = try Samples.watched("orders")
        alias.urn = try Samples.urn("orders", version: "!prod")
        world.configure(Samples.configuration([alias]))
        world.cloud = { _ in .failed(Samples.failure(.clientError, status: 400)) }
        world.run(until: 59)
        #expect(world.log.records("poll failed").first?.metadata["advice"]?.contains("version") == true)
    }

    @Test func `retries are counted, and a poll that succeeds after them is a good poll`() throws {
        var world = CoreWorld()
        world.configure(Samples.configuration([try Samples.watched("orders")]) { $0.poll.retries = 2 })
        world.cloud = {
            $0.attempt.number < 3 ? .failed(Samples.failure(.serverError, status: 503)) : Samples.answer("enable")
        }
        world.run(until: 58)
        let labels = [
            "operation": "snapshot_state", "region_id": "cn-north-4", "project_id": Samples.project,
        ]
        let polls = try #require(world.page.function("polls_total", orders))
        #expect(polls >= 1)
        #expect(world.page.value("functiongraph_api_request_retries_total", labels) == polls * 2)
        #expect(world.page.function("poll_failures_total", orders) == 0)
        #expect(world.page.state(orders) == "enable")
    }

    @Test func `a request that was ended by us counts no poll`() throws {
        var world = CoreWorld()
        world.configure(Samples.configuration([try Samples.watched("orders")]))
        world.cloud = { _ in .failed(Samples.failure(.cancelled)) }
        world.run(until: 299)
        #expect(world.count(orders) >= 1)
        #expect(world.page.function("polls_total", orders) == 0)
        #expect(world.page.function("poll_failures_total", orders) == 0)
        #expect(!world.page.has("poll_success", orders))
        #expect(world.page.value("functiongraph_poll_duration_seconds_count") == 0)
    }

    @Test func `a hold shows on every function of the project, also on those never polled, and is cleared`() throws {
        var world = CoreWorld()
        let functions =
            try ["orders", "billing"].map { try Samples.watched($0, interval: .seconds(5)) }
            + [
                try Samples.watched("daily", interval: .seconds(86_400)),
                try Samples.watched("elsewhere", project: Samples.otherProject, interval: .seconds(5)),
            ]
        world.configure(Samples.configuration(functions))
        let daily = Samples.text("daily")
        let elsewhere = Samples.text("elsewhere", project: Samples.otherProject)
        world.cloud = {
            $0.urn.project == Samples.project ? .failed(Samples.failure(.connect)) : Samples.answer("enable")
        }
        // Five failures in a row before the first poll of `daily` is due.
        world.run(until: 20)
        #expect(world.count(daily) == 0)
        let labels = ["region_id": "cn-north-4", "project_id": Samples.project]
        #expect(world.page.value("functiongraph_api_project_held", labels) == 1)
        for urn in [orders, billing, daily] {
            #expect(world.page.function("poll_success", urn) == 0, "\(urn)")
            #expect(world.page.reason(urn) == "connect", "\(urn)")
        }
        let shown = world.record(daily)?.failure?.message
        #expect(shown == "project held: it cannot be reached: \(Samples.failure(.connect).message)")
        #expect(world.page.function("polls_total", daily) == 0)
        #expect(world.page.function("poll_success", elsewhere) == 1)
        #expect(world.log.records("project held; one trial each 30 s").count == 1)
        // What joins meanwhile is shown as held too.
        world.configure(Samples.configuration(functions + [try Samples.watched("new", interval: .seconds(86_400))]))
        let new = Samples.text("new")
        #expect(world.page.function("poll_success", new) == 0)
        #expect(world.page.reason(new) == "connect")
        let polls = try #require(world.page.function("polls_total", orders))
        let sent = world.sent.count
        world.run(until: 110)
        let trials = world.sent.dropFirst(sent).count { $0.urn.project == Samples.project }
        #expect(trials == 3)
        #expect(world.page.value("functiongraph_exporter_poll_lag_seconds").map { $0 < 10 } == true)
        // The end of it: those that were never polled have nothing to say until they are.
        world.cloud = { _ in Samples.answer("enable") }
        while world.clock.seconds < 230, world.log.records("project answers again").isEmpty {
            world.run(until: world.clock.seconds + 0.01)
        }
        #expect(world.page.value("functiongraph_api_project_held", labels) == 0)
        let never = world.core.rows.records.filter { $0.lastPollUnixSeconds == nil }.map(\.watched.urn.canonical)
        #expect(!never.isEmpty)
        for urn in never {
            #expect(!world.page.has("poll_success", urn))
            #expect(!world.page.has("poll_error_info", urn))
        }
        #expect(world.log.records("project answers again").count == 1)
        world.run(until: world.clock.seconds + 65)
        for urn in [orders, billing] {
            #expect(world.page.function("poll_success", urn) == 1, "\(urn)")
            #expect(!world.page.has("poll_error_info", urn))
        }
        #expect(world.page.function("polls_total", orders).map { $0 > polls } == true)
    }

    @Test func `refused credentials pause the account: every function of it shows why, none is counted`() throws {
        var world = CoreWorld()
        let functions =
            try ["orders", "billing", "mail"].map { try Samples.watched($0) }
            + [try Samples.watched("other", project: Samples.otherProject, account: "second")]
        world.configure(Samples.configuration(functions))
        world.cloud = {
            $0.urn.name == "other"
                ? Samples.answer("enable")
                : .failed(Samples.failure(.unauthorized, status: 401, code: "APIGW.0301"))
        }
        world.run(until: 50)
        let other = Samples.text("other", project: Samples.otherProject)
        #expect(world.page.value("functiongraph_account_paused", ["account": "main"]) == 1)
        #expect(world.page.value("functiongraph_account_paused", ["account": "second"]) == 0)
        for name in ["orders", "billing", "mail"] {
            #expect(world.page.function("poll_success", Samples.text(name)) == 0, "\(name)")
            #expect(world.page.reason(Samples.text(name)) == "unauthorized", "\(name)")
            #expect(world.core.rows.records.first { $0.watched.urn.name == name }?.failure?.errorCode == "APIGW.0301")
        }
        // One poll, with one renewal and one retry; the others were never sent.
        let mine = world.sent.filter { $0.urn.project == Samples.project }
        #expect(mine.count == 2)
        #expect(mine.map { $0.refused != nil } == [false, true])
        #expect(world.page.all("functiongraph_polls_total").map(\.value).reduce(0, +) == 2)
        #expect(world.page.function("poll_success", other) == 1)
        let told = world.log.records("account paused: its credentials were refused")
        #expect(told.count == 1)
        #expect(told.first?.metadata["error_code"] == "APIGW.0301")
        // A new secret ends it at once.
        world.cloud = { _ in nil }
        world.configure(Samples.configuration(functions), changed: ["main"])
        #expect(world.page.value("functiongraph_account_paused", ["account": "main"]) == 0)
        let never = world.core.rows.records.filter { $0.lastPollUnixSeconds == nil }.map(\.watched.urn.canonical)
        #expect(never.count == 2)
        for urn in never {
            #expect(!world.page.has("poll_success", urn))
            #expect(!world.page.has("poll_error_info", urn))
        }
    }

    @Test func `skewed clocks are named as such`() throws {
        var world = CoreWorld()
        world.configure(Samples.configuration([try Samples.watched("orders")]))
        world.cloud = { _ in
            .failed(
                CloudFailure(
                    operation: .snapshotState, reason: .unauthorized, httpStatus: 401, message: "expired",
                    clockSkewSeconds: 1_000))
        }
        world.run(until: 59)
        let told = world.log.records("account paused: the cloud refuses its signatures because the clocks differ")
        #expect(told.count == 1)
        #expect(world.page.value("functiongraph_account_paused") == 1)
    }

    @Test func `a function moved to a paused account shows the pause, and one moved away does not`() throws {
        var world = CoreWorld()
        let paused = try Samples.watched("orders")
        world.configure(
            Samples.configuration([paused, try Samples.watched("billing", account: "second")]))
        world.cloud = {
            $0.urn.name == "orders" ? .failed(Samples.failure(.unauthorized, status: 401)) : nil
        }
        world.run(until: 59)
        #expect(world.page.reason(orders) == "unauthorized")
        #expect(!world.page.has("poll_success", billing))
        world.configure(
            Samples.configuration([
                paused, try Samples.watched("billing", account: "main"),
                try Samples.watched("fresh", account: "second"),
            ]))
        #expect(world.page.function("poll_success", billing) == 0)
        #expect(world.page.reason(billing) == "unauthorized")
        world.configure(
            Samples.configuration([
                paused, try Samples.watched("billing", account: "second"),
                try Samples.watched("fresh", account: "second"),
            ]))
        #expect(!world.page.has("poll_success", billing))
        #expect(!world.page.has("poll_error_info", billing))
    }

    @Test func `when a pause ends while the project is held, the hold is what shows`() throws {
        var world = CoreWorld()
        let functions =
            try (1...3).map { try Samples.watched("f\($0)", interval: .seconds(5), account: "second") }
            + [
                try Samples.watched("orders", interval: .seconds(30)),
                try Samples.watched("daily", interval: .seconds(86_400)),
            ]
        world.configure(Samples.configuration(functions))
        world.cloud = { sent in
            if sent.urn.name == "orders" { return .failed(Samples.failure(.unauthorized, status: 401)) }
            return sent.urn.name == "daily" ? nil : Samples.answer("enable")
        }
        world.run(until: 45)
        let daily = Samples.text("daily")
        #expect(world.page.reason(daily) == "unauthorized")
        world.cloud = { $0.urn.name.hasPrefix("f") ? .failed(Samples.failure(.connect)) : nil }
        world.run(until: 56)
        #expect(world.page.value("functiongraph_api_project_held") == 1)
        #expect(world.page.reason(daily) == "unauthorized")
        world.configure(Samples.configuration(functions), changed: ["main"])
        #expect(world.page.function("poll_success", daily) == 0)
        #expect(world.page.reason(daily) == "connect")
    }
}

import FunctionGraph
import Polling
import Settings
import Testing

@testable import Daemon

/// What answers about the switch do, and what they never do.
struct SwitchTests {
    private let orders = Samples.text("orders")

    private func world(interval: Duration = .seconds(60)) throws -> CoreWorld {
        var world = CoreWorld()
        world.configure(
            Samples.configuration([try Samples.watched("orders")]) {
                $0.poll.switchPolled = true
                $0.poll.switchInterval = interval
            })
        return world
    }

    private func cloud(_ result: AttemptReport.Result) -> CoreWorld.Cloud {
        { $0.kind == .state ? Samples.answer("enable") : result }
    }

    @Test(arguments: [
        ("enable", 1.0), ("true", 1), ("ON", 1), ("disable", 0), ("false", 0), (" Off ", 0), ("maybe", nil), ("", nil),
    ])
    func `its answers are 1, 0 or nothing`(text: String, value: Double?) throws {
        var world = try world()
        world.cloud = cloud(.switch(SwitchAnswer(rawText: text, requestID: nil)))
        world.run(until: 200)
        #expect(world.count(orders, .switch) >= 2)
        #expect(world.page.function("snapshot_switch_enabled", orders) == value)
        #expect(world.page.state(orders) == "enable")
        let told = world.log.records("the cloud's answer about the snapshot switch means neither on nor off")
        #expect(told.count == (value == nil ? 1 : 0))
        // Only polls of the state are polls.
        #expect(world.page.function("polls_total", orders) == Double(world.count(orders)))
    }

    @Test func `its failures touch neither the state nor the account nor the project`() throws {
        for failure in [
            Samples.failure(.unauthorized, operation: .snapshotSwitch, status: 401),
            Samples.failure(.notFound, operation: .snapshotSwitch, status: 404, code: "FSS.1051"),
            Samples.failure(.connect, operation: .snapshotSwitch),
        ] {
            var world = try world(interval: .seconds(10))
            world.cloud = cloud(.failed(failure))
            world.run(until: 300)
            #expect(world.count(orders, .switch) >= 3)
            #expect(world.page.state(orders) == "enable")
            #expect(world.page.function("poll_success", orders) == 1)
            #expect(world.page.function("poll_failures_total", orders) == 0)
            #expect(world.page.value("functiongraph_account_paused") == 0)
            #expect(world.page.value("functiongraph_api_project_held") == 0)
            #expect(world.log.records("poll failed").isEmpty)
        }
    }

    @Test(arguments: [400, 404, 405])
    func `three refusals in a row end the question until a reload`(_ status: Int) throws {
        var world = try world(interval: .seconds(10))
        world.cloud = cloud(.failed(Samples.failure(.clientError, operation: .snapshotSwitch, status: status)))
        world.run(until: 600)
        #expect(world.count(orders, .switch) == 3)
        #expect(
            world.log.records(
                "the cloud does not answer for the snapshot switch here; it is asked again after a reload"
            ).count == 1)
        let configuration = try #require(world.core.configuration)
        // What the daemon notices by itself is no reload that someone asked for.
        world.configure(configuration, isReload: false)
        world.run(until: 900)
        #expect(world.count(orders, .switch) == 3)
        world.cloud = cloud(.switch(SwitchAnswer(rawText: "on", requestID: nil)))
        world.configure(configuration)
        world.run(until: 1_000)
        #expect(world.count(orders, .switch) > 4)
        #expect(world.page.function("snapshot_switch_enabled", orders) == 1)
    }

    @Test func `an old answer is withdrawn, and none is left when the switch is asked no more`() throws {
        var world = try world()
        world.run(until: 120)
        #expect(world.page.function("snapshot_switch_enabled", orders) == 1)
        world.cloud = cloud(.failed(Samples.failure(.serverError, operation: .snapshotSwitch, status: 500)))
        world.run(until: 350)
        #expect(world.page.function("snapshot_switch_enabled", orders) == 1)
        world.run(until: 520)
        #expect(!world.page.has("snapshot_switch_enabled", orders))
        world.cloud = cloud(.switch(SwitchAnswer(rawText: "on", requestID: nil)))
        world.run(until: 700)
        #expect(world.page.function("snapshot_switch_enabled", orders) == 1)
        world.configure(Samples.configuration([try Samples.watched("orders")]))
        #expect(!world.page.has("snapshot_switch_enabled", orders))
    }
}

import FunctionGraph
import Polling
import Settings
import Testing

@testable import Daemon

/// The wall clock is set while the daemon runs: lengths of time stay what they are.
struct ClockStepTests {
    @Test(arguments: [10_800.0, -21_600])
    func `what lasted is told by a clock that nobody sets, and nothing is withdrawn`(_ step: Double) throws {
        var world = CoreWorld()
        world.configure(
            Samples.configuration([try Samples.watched("orders", interval: .seconds(5))]) {
                $0.poll.switchPolled = true
                $0.poll.switchInterval = .seconds(600)
            })
        let urn = Samples.text("orders")
        world.run(until: 50)
        #expect(world.page.function("snapshot_switch_enabled", urn) == 1)
        world.clock.step(step)
        world.cloud = {
            $0.kind == .state
                ? .failed(Samples.failure(.serverError, status: 500))
                : .switch(SwitchAnswer(rawText: "enable", requestID: nil))
        }
        world.run(until: 75)
        world.clock.step(step)
        world.cloud = {
            $0.kind == .state ? Samples.answer("expire") : .switch(SwitchAnswer(rawText: "enable", requestID: nil))
        }
        world.run(until: 100)
        let change = try #require(world.log.records("snapshot state changed").first)
        let lasted = try #require(change.metadata["lasted_seconds"].flatMap(Double.init))
        #expect((60...100).contains(lasted))
        let end = try #require(world.log.records("poll succeeds again").first)
        let failed = try #require(end.metadata["failed_seconds"].flatMap(Double.init))
        #expect((15...30).contains(failed))
        #expect(world.page.function("snapshot_switch_enabled", urn) == 1)
    }
}

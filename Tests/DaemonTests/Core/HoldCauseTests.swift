import FunctionGraph
import Polling
import Settings
import Testing

@testable import Daemon

/// What a hold, and a switch that is not answered, are said to come from.
struct HoldCauseTests {
    @Test(
        arguments: [
            (Operation.snapshotState, "project held: it cannot be reached: as the test wants", nil),
            (.metadata, "project held: no credential can be had for it: as the test wants", "metadata service"),
            (.createToken, "project held: no credential can be had for it: as the test wants", "IAM token"),
        ] as [(Operation, String, String?)])
    func `a project is held for what was asked in vain`(_ operation: Operation, _ words: String, _ asked: String?)
        throws
    {
        var world = CoreWorld()
        world.configure(
            Samples.configuration([
                try Samples.watched("orders", interval: .seconds(5)),
                try Samples.watched("daily", interval: .seconds(86_400)),
            ]))
        world.cloud = { _ in .failed(Samples.failure(.connect, operation: operation)) }
        world.run(until: 40)
        let failure = try #require(world.record(Samples.text("daily"))?.failure)
        #expect(failure.message == words && failure.askedInstead == asked)
        let record = try #require(world.log.records("project held; one trial each 30 s").first)
        #expect(record.metadata["asked"].map { "\($0)" } == asked)
    }

    @Test func `a function that is gone says nothing about the switch`() throws {
        var world = CoreWorld()
        world.configure(
            Samples.configuration([
                try Samples.watched("gone", interval: .seconds(5)),
                try Samples.watched("orders", interval: .seconds(5)),
            ]) {
                $0.poll.switchPolled = true
                $0.poll.switchInterval = .seconds(10)
            })
        world.cloud = {
            guard $0.urn.canonical == Samples.text("gone") else {
                return $0.kind == .state
                    ? Samples.answer("enable") : .switch(SwitchAnswer(rawText: "enable", requestID: nil))
            }
            let operation = $0.kind == .state ? Operation.snapshotState : .snapshotSwitch
            return .failed(Samples.failure(.notFound, operation: operation, status: 404, code: "FSS.1051"))
        }
        world.run(until: 100)
        #expect(world.sent.contains { $0.kind == .switch && $0.urn.canonical == Samples.text("gone") })
        #expect(world.log.records("the snapshot switch is not answered here").isEmpty)
    }

    @Test func `a switch that fails is told of once, until it is answered`() throws {
        var world = CoreWorld()
        world.configure(
            Samples.configuration([try Samples.watched("orders", interval: .seconds(5))]) {
                $0.poll.switchPolled = true
                $0.poll.switchInterval = .seconds(10)
            })
        let words = "the snapshot switch is not answered here"
        func cloud(_ isGood: Bool) -> CoreWorld.Cloud {
            {
                guard $0.kind == .switch, !isGood else {
                    return $0.kind == .state
                        ? Samples.answer("enable") : .switch(SwitchAnswer(rawText: "enable", requestID: nil))
                }
                return .failed(Samples.failure(.serverError, operation: .snapshotSwitch, status: 500))
            }
        }
        for count in 1...2 {
            world.cloud = cloud(false)
            world.run(until: Double(count) * 200 - 100)
            #expect(world.log.records(words).count == count)
            world.cloud = cloud(true)
            world.run(until: Double(count) * 200)
        }
    }
}

import Synchronization
import Testing

@testable import FunctionGraph

@Suite struct SingleFlightTests {
    private final class Worker: Sendable {
        let flight = SingleFlight<Int>(.createToken)
        let runs = Mutex(0)
        var count: Int { runs.withLock { $0 } }

        /// The n-th run gives n, once `barrier` opens; cancellation is noticed then.
        func value(_ barrier: Barrier) async throws(CloudFailure) -> Int {
            try await flight.run { () async throws(CloudFailure) in
                let number = runs.withLock { runs in
                    runs += 1
                    return runs
                }
                await barrier.wait()
                if Task.isCancelled {
                    throw CloudFailure(operation: .createToken, reason: .cancelled, message: "")
                }
                return number
            }
        }
    }

    @Test func `many callers cause one run and get its value`() async {
        let worker = Worker()
        let barrier = Barrier()
        let values = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<50 { group.addTask { try? await worker.value(barrier) } }
            #expect(await eventually { worker.flight.waiterCount == 49 })
            barrier.open()
            return await group.reduce(into: [Int?]()) { $0.append($1) }
        }
        #expect(values == Array(repeating: 1, count: 50))
        #expect(worker.count == 1)
    }

    @Test func `a failure reaches all that wait, and the next caller tries anew`() async {
        let flight = SingleFlight<Int>(.metadata)
        let barrier = Barrier()
        let refused = CloudFailure(operation: .metadata, reason: .forbidden, httpStatus: 403, message: "no")
        let failures = await withTaskGroup(of: CloudFailure?.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    await failure { () async throws(CloudFailure) in
                        try await flight.run { () async throws(CloudFailure) -> Int in
                            await barrier.wait()
                            throw refused
                        }
                    }
                }
            }
            #expect(await eventually { flight.waiterCount == 9 })
            barrier.open()
            return await group.reduce(into: [CloudFailure?]()) { $0.append($1) }
        }
        #expect(failures == Array(repeating: refused, count: 10))
        #expect((try? await flight.run { () async throws(CloudFailure) in 7 }) == 7)
    }

    @Test func `a cancelled leader hands over to one that waits`() async {
        let worker = Worker()
        let first = Barrier()
        let second = Barrier()
        await withTaskGroup(of: Void.self) { group in
            let leader = Task { await failure { () async throws(CloudFailure) in try await worker.value(first) } }
            #expect(await eventually { worker.count == 1 })
            for _ in 0..<5 { group.addTask { #expect((try? await worker.value(second)) == 2) } }
            #expect(await eventually { worker.flight.waiterCount == 5 })
            leader.cancel()
            first.open()
            #expect(await leader.value?.reason == .cancelled)
            #expect(await eventually { worker.count == 2 && worker.flight.waiterCount == 4 })
            second.open()
        }
        #expect(worker.count == 2)
    }

    @Test func `a cancelled waiter ends at once and alone`() async {
        let worker = Worker()
        let barrier = Barrier()
        let leader = Task { try? await worker.value(barrier) }
        #expect(await eventually { worker.count == 1 })
        let waiters = (0..<3).map { _ in
            Task { await failure { () async throws(CloudFailure) in try await worker.value(barrier) } }
        }
        #expect(await eventually { worker.flight.waiterCount == 3 })
        waiters[1].cancel()
        #expect(await waiters[1].value?.reason == .cancelled)
        #expect(worker.flight.waiterCount == 2)
        barrier.open()
        #expect(await leader.value == 1)
        #expect(await waiters[0].value == nil)
        #expect(await waiters[2].value == nil)
    }

    @Test func `a task that is cancelled already does not wait`() async {
        let worker = Worker()
        let barrier = Barrier()
        let leader = Task { try? await worker.value(barrier) }
        #expect(await eventually { worker.count == 1 })
        let late = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return await failure { () async throws(CloudFailure) in try await worker.value(barrier) }
        }
        #expect(await late.value?.reason == .cancelled)
        barrier.open()
        #expect(await leader.value == 1)
    }

    @Test func `all cancelled leaves nothing under way`() async {
        let worker = Worker()
        let barrier = Barrier()
        let tasks = (0..<20).map { _ in
            Task { await failure { () async throws(CloudFailure) in try await worker.value(barrier) } }
        }
        #expect(await eventually { worker.flight.waiterCount == 19 })
        for task in tasks { task.cancel() }
        barrier.open()
        for task in tasks { #expect(await task.value?.reason == .cancelled) }
        let opened = Barrier()
        opened.open()
        #expect((try? await worker.value(opened)) != nil)
    }
}

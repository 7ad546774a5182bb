/// Tells the service manager how the service is doing. The real one is `SystemdNotifier`; a test records instead.
public protocol Notifier: Sendable {
    /// Sends the fields in one message: what stands together is seen together.
    func send(_ fields: [NotifyField])
}

import CSystemd

/// Sends each list of fields as one datagram to `$NOTIFY_SOCKET` through `sd_notify(3)`; does nothing where that
/// variable is not set.
///
/// The result is not looked at: a service manager that cannot be reached must not change what the service does.
public struct SystemdNotifier: Notifier {
    /// A notifier for this process.
    public init() {}

    /// Sends the fields in one datagram.
    public func send(_ fields: [NotifyField]) {
        guard !fields.isEmpty else { return }
        // The first argument would unset the variable, and unsetenv(3) races with getenv(3) of other threads.
        _ = unsafe sd_notify(0, fields.map(\.assignments).joined(separator: "\n"))
    }
}

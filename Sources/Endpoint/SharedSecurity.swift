internal import Synchronization

/// The security in force: replaced from anywhere, and read by the event loop, from the moment of the replacement on.
final class SharedSecurity: Sendable {
    private let value: Mutex<WebSecurity>

    init(_ security: WebSecurity) { value = Mutex(security) }

    var current: WebSecurity {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}

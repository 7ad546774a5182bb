/// Why the simulated cloud cannot start, or cannot do what a control call asks.
public enum SimulatedCloudError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The address is not of the loopback interface, the only one that is served.
    case notLoopback(String)
    /// Another program listens there.
    case addressInUse(String)
    /// Listening failed for another reason.
    case cannotListen(String, reason: String)
    /// The function is not in the cloud.
    case unknownFunction(String)

    /// One line for the user.
    public var description: String {
        switch self {
        case .notLoopback(let address):
            "\(address): the simulator listens on loopback only (127.0.0.1, [::1] or localhost)"
        case .addressInUse(let address): "\(address): address already in use"
        case .cannotListen(let address, let reason): "\(address): cannot listen: \(reason)"
        case .unknownFunction(let urn): "\(urn): no such function in the simulated cloud"
        }
    }
}

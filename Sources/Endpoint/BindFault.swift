/// A listener that could not be had. Time may mend it (an address in use), so it is no fault of a file's text.
public struct BindFault: Error, Sendable, CustomStringConvertible {
    /// The address that was asked for.
    public let address: String
    /// The system's error number, where it gave one.
    public let errnoCode: Int32?
    /// What went wrong, on one line.
    public let message: String

    /// Address and reason on one line.
    public var description: String { "cannot listen on \(address): \(message)" }
}

/// An answer to `…/snapshots/enableSnapshot`, whose form the vendor documents nowhere.
public struct SwitchAnswer: Sendable, Equatable {
    /// Nil: the answer means neither on nor off.
    public let value: Bool?
    /// What was taken for the value, at most 64 printable characters; empty where nothing was found.
    public let rawText: String
    /// The `X-Request-Id` of the answer.
    public let requestID: String?

    /// `enable`, `true`, `on` mean on; `disable`, `false`, `off` mean off; trimmed, without regard to case.
    public init(rawText: String, requestID: String?) {
        value =
            switch Text.trim(rawText).lowercased() {
            case "enable", "true", "on": true
            case "disable", "false", "off": false
            default: nil
            }
        self.rawText = Printable.line(rawText, limit: 64)
        self.requestID = requestID.map { Printable.line($0, limit: 128) }
    }
}

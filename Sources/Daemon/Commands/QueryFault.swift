/// Why nothing was polled.
struct QueryFault: Error, Sendable {
    let messages: [String]
    let status: ExitStatus
}

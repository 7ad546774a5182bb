/// Waits for a condition that something else brings about.
///
/// - Parameters:
///   - limit: When to give up; generous, because the machine may be busy.
///   - condition: Asked every few milliseconds.
/// - Returns: What the condition answered first that is not `nil`; `nil` when it gave up.
func eventually<Value>(
    within limit: Duration = .seconds(20), _ condition: () async throws -> Value?
) async rethrows -> Value? {
    let deadline = ContinuousClock.now + limit
    while true {
        if let value = try await condition() { return value }
        guard ContinuousClock.now < deadline else { return nil }
        try? await Task.sleep(for: .milliseconds(15))
    }
}

/// Waits until a condition holds. - Returns: Whether it came to hold.
func becomes(
    within limit: Duration = .seconds(20), _ condition: () async throws -> Bool
) async rethrows -> Bool {
    try await eventually(within: limit) { try await condition() ? true : nil } ?? false
}

/// What the simulated cloud holds and does, as read from a scenario's YAML.
struct Scenario: Sendable {
    var seed: UInt64 = 1
    var accessKeys: [AccessKeyEntry] = []
    var users: [UserEntry] = []
    var projects: [ProjectEntry] = []
    var tokens = TokenSettings()
    var metadata: MetadataSettings?
    var limits = LimitSettings()
    var answers = AnswerSettings()
    var functions: [FunctionEntry] = []
    var faults: [FaultRule] = []
}

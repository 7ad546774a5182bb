/// What the command plays without a scenario: one key, one user, and a function whose snapshot is made and then used.
public enum BuiltInScenario {
    /// The function's URN of eight fields.
    static let urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:v1"
    static let accessKeyID = "SIMULATEDACCESSKEY01"
    static let secretAccessKey = "simulated-secret-key-01"

    /// The scenario's YAML.
    public static let text = """
        access_keys:
          - {id: \(accessKeyID), secret: \(secretAccessKey)}
        users:
          - {domain: corp, user: monitor, password: simulated-password}
        functions:
          - urn: \(urn)
            switch: enable
            life: [{state: creating, for: 20s}, {state: enable}]

        """

    /// What a caller must know of it, one line each. The secret opens nothing but the simulator.
    public static let summary = """
        function \(urn)
        access key id \(accessKeyID)
        secret access key \(secretAccessKey)
        """
}

/// What is played without a scenario: one key, one user, and a function whose snapshot is made and then used.
enum BuiltInScenario {
    static let text = """
        access_keys:
          - {id: SIMULATEDACCESSKEY01, secret: simulated-secret-key-01}
        users:
          - {domain: corp, user: monitor, password: simulated-password}
        functions:
          - urn: urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:v1
            switch: enable
            life: [{state: creating, for: 20s}, {state: enable}]

        """
}

import Simulator

/// A simulated cloud with one configuration for the real program.
struct Bench {
    static let keyID = "SIMULATEDACCESSKEY01"
    static let secret = "simulated-secret-key-01"
    static let password = "simulated-password-01"
    static let environment = ["TEST_KEY_ID": keyID, "TEST_SECRET": secret, "TEST_PASSWORD": password]

    static let credentials = """
        access_keys: [{id: \(keyID), secret: \(secret)}]
        users: [{domain: corp, user: monitor, password: \(password), projects: [\(Samples.project)]}]

        """
    static let signed =
        "accounts: [{name: main, auth: {access_key: {id: {env: TEST_KEY_ID}, secret: {env: TEST_SECRET}}}}]\n"
    static let byPassword =
        "accounts: [{name: main, auth: {password: {domain: corp, user: monitor, password: {env: TEST_PASSWORD}}}}]\n"

    let directory: TemporaryDirectory
    let cloud: SimulatedCloud

    /// Runs a body with a cloud that plays a scenario, credentials aside.
    static func with<Value>(_ scenario: String, _ body: (Bench) async throws -> Value) async throws -> Value {
        let directory = try TemporaryDirectory()
        let cloud = try await SimulatedCloud.start(scenario: credentials + scenario)
        do {
            let value = try await body(Bench(directory: directory, cloud: cloud))
            await cloud.stop()
            return value
        } catch {
            await cloud.stop()
            throw error
        }
    }

    /// A function of the scenario.
    static func function(_ name: String, _ state: String, _ more: String = "") -> String {
        "  - {urn: \"\(Samples.text(name))\", life: [{state: \(state)}]\(more)}\n"
    }

    /// Writes config.yml: five seconds between polls, everything at the simulated cloud.
    @discardableResult
    func configure(
        _ watch: String, accounts: String = Bench.signed, poll: String = "switch: false", url: String? = nil,
        timeout: String = "2s"
    )
        throws -> String
    {
        let url = url ?? cloud.url
        return try directory.write(
            "config.yml",
            """
            poll: {interval: 5s, timeout: \(timeout), retries: 0, \(poll)}
            endpoints: {functiongraph: "\(url)", iam: "\(url)", metadata: "\(url)"}
            \(accounts)\(watch)

            """)
    }

    /// Starts the program on config.yml and a free port.
    func start(_ arguments: [String] = [], environment: [String: String] = [:]) throws -> DaemonProcess {
        try DaemonProcess(
            ["--config.file", directory.path(of: "config.yml"), "--web.listen-address", "127.0.0.1:0"] + arguments,
            environment: Self.environment.merging(environment) { $1 })
    }
}

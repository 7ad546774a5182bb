import FunctionGraph
import Settings
import Testing

@testable import Daemon

/// Which accounts keep their provider, and with it what they cached and proved.
struct AccountBookTests {
    private let client = Samples.client(NoTransport())

    private static let key = AccountSecrets.accessKey(AccessKey(id: "A", secret: Secret("S")), origin: "access_key")
    private static let password = AccountSecrets.password(domain: "corp", user: "monitor", password: Secret("P"))
    private static let token = AccountSecrets.token(Secret("T"))
    private static let metadata = AccountSecrets.metadata(origin: "ecs_agency")

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: AccountSecrets
        let after: AccountSecrets
        /// What of the endpoints has changed besides FunctionGraph of one region.
        var isIAMMoved = false
        let isKept: Bool
    }

    @Test(arguments: [
        Case(testDescription: "the same key", before: key, after: key, isKept: true),
        Case(testDescription: "the same key elsewhere", before: key, after: key, isIAMMoved: true, isKept: true),
        Case(testDescription: "the same password", before: password, after: password, isKept: true),
        Case(
            testDescription: "the same password elsewhere", before: password, after: password, isIAMMoved: true,
            isKept: false),
        Case(
            testDescription: "the same agency, IAM elsewhere", before: metadata, after: metadata, isIAMMoved: true,
            isKept: true),
        Case(
            testDescription: "another secret key", before: key,
            after: .accessKey(AccessKey(id: "A", secret: Secret("S2")), origin: "access_key"), isKept: false),
        Case(
            testDescription: "a security token that was added", before: key,
            after: .accessKey(
                AccessKey(id: "A", secret: Secret("S"), securityToken: Secret("X")), origin: "access_key"),
            isKept: false),
        Case(
            testDescription: "another user", before: password,
            after: .password(domain: "corp", user: "other", password: Secret("P")), isKept: false),
        Case(
            testDescription: "another password", before: password,
            after: .password(domain: "corp", user: "monitor", password: Secret("P2")), isKept: false),
        Case(testDescription: "another token", before: token, after: .token(Secret("T2")), isKept: false),
        Case(testDescription: "another method", before: key, after: token, isKept: false),
    ])
    func `a provider stays while what it was made of stays`(_ test: Case) throws {
        let configuration = Samples.configuration([])
        let first = AccountBook(
            configuration, secrets: ["main": test.before], previous: [:], client: client, previousEndpoints: nil)
        #expect(first.changed == ["main"])
        var moved = configuration
        if test.isIAMMoved { moved.endpoints.iamTemplate = "https://iam.{region}.example" }
        moved.endpoints.regions["r2"] = RegionEndpoints(functionGraph: "https://fg.example", iam: nil)
        let second = AccountBook(
            moved, secrets: ["main": test.after], previous: first.accounts, client: client,
            previousEndpoints: configuration.endpoints)
        let before = try #require(first.accounts["main"]?.provider as AnyObject?)
        let after = try #require(second.accounts["main"]?.provider as AnyObject?)
        #expect((before === after) == test.isKept)
        #expect(second.changed == (test.isKept ? [] : ["main"]))
        #expect(second.accounts["main"]?.secrets == test.after)
    }

    @Test func `an agency's key is fetched anew where the metadata service has moved`() {
        let configuration = Samples.configuration([])
        let first = AccountBook(
            configuration, secrets: ["main": Self.metadata], previous: [:], client: client, previousEndpoints: nil)
        var moved = configuration
        moved.endpoints.metadata = "http://127.0.0.9"
        let second = AccountBook(
            moved, secrets: ["main": Self.metadata], previous: first.accounts, client: client,
            previousEndpoints: configuration.endpoints)
        #expect(second.changed == ["main"])
    }

    @Test func `a kept provider serves its account under new settings, and accounts that left are gone`() {
        var configuration = Samples.configuration([])
        configuration.accounts = ["main", "second"].map {
            AccountSettings(name: $0, projects: nil, auth: .token(.env($0)))
        }
        let secrets = ["main": Self.token, "second": Self.key]
        let first = AccountBook(configuration, secrets: secrets, previous: [:], client: client, previousEndpoints: nil)
        #expect(first.accounts.keys.sorted() == ["main", "second"])
        configuration.accounts = [
            AccountSettings(name: "main", projects: [Samples.project], auth: .token(.env("main")))
        ]
        let second = AccountBook(
            configuration, secrets: secrets, previous: first.accounts, client: client,
            previousEndpoints: configuration.endpoints)
        #expect(second.accounts.keys.sorted() == ["main"])
        #expect(second.accounts["main"]?.settings.projects == [Samples.project])
        #expect(second.changed.isEmpty)
    }

    @Test(arguments: [(key, true), (token, true), (password, false), (metadata, false)])
    func `only what asks nobody is static`(secrets: AccountSecrets, isStatic: Bool) {
        let account = AccountBook(
            Samples.configuration([]), secrets: ["main": secrets], previous: [:], client: client, previousEndpoints: nil
        ).accounts["main"]
        #expect(account?.isStatic == isStatic)
        #expect(account?.origin == secrets.origin)
        for secret in ["\(secrets)", String(reflecting: secrets)] {
            #expect(!secret.contains("\"S\"") && !secret.contains("\"P\"") && !secret.contains("\"T\""))
        }
    }
}

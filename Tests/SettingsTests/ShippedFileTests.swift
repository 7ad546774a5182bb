import FunctionGraph
import Testing

@testable import Settings

/// The configuration that the package installs.
@Suite struct ShippedFileTests {
    private static let path =
        #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        + "/etc/functiongraph-exporter/config.yml"

    private static func text() throws -> String {
        String(decoding: try FileReader.read(path, bytesMax: 1 << 20).get(), as: UTF8.self)
    }

    /// The text with every setting that is commented out put in force. Alternatives, which stand behind a second `#`,
    /// stay comments, and so does prose.
    private static func uncommented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let match = line.wholeMatch(of: /( *)# ( *(?:- .*|(?:- )?[a-z0-9_-]+:(?: .*)?))/) else { return line }
            return match.output.1 + match.output.2
        }.joined(separator: "\n")
    }

    private func load(_ text: String) throws -> Configuration {
        let loaded = ConfigurationLoader(path: Self.path, environment: [:]).load(text: Array(text.utf8), previous: nil)
        #expect(loaded.faults.map { "\($0)" } == [])
        return try #require(loaded.configuration)
    }

    @Test("As it is installed, it watches nothing yet and everything has its default")
    func installed() throws {
        var expected = Configuration()
        expected.watch.files = ["watch.d/*.yml"]
        #expect(try load(Self.text()) == expected)
    }

    @Test("All its examples can be put in force at once, and the defaults that it shows are the defaults")
    func examples() throws {
        let text = Self.uncommented(try Self.text())
        let configuration = try load(text)
        #expect(configuration.poll == PollSettings())
        #expect(configuration.limits == LimitSettings())
        #expect(configuration.watch.defaults == EntryDefaults())
        #expect(configuration.watch.functions.map(\.urn.name) == ["orders", "billing"])
        var discovery = DiscoverySettings(
            account: "production", region: "cn-north-4", project: "0a1b2c3d4e5f60718293a4b5c6d7e8f9")
        discovery.name = "prod-*"
        #expect(configuration.watch.discoveries == [discovery])
        #expect(configuration.accounts.map(\.name) == ["production"])
        #expect(
            configuration.endpoints.regions == [
                "eu-west-101": RegionEndpoints(
                    functionGraph: "https://functiongraph.eu-west-101.myhuaweicloud.eu",
                    iam: "https://iam.eu-west-101.myhuaweicloud.eu")
            ])
        for region in ["cn-north-4", "eu-west-101"] {
            let standard = EndpointSettings()
            #expect(configuration.endpoints.functionGraph(region: region) == standard.functionGraph(region: region))
            #expect(configuration.endpoints.iam(region: region) == standard.iam(region: region))
        }
        #expect(configuration.tls.caFile != nil)
        #expect(configuration.proxy?.noProxy == [".example.com", "10.0.0.0/8"])
        // Each setting that the reader knows is shown.
        for key in ["security_token:", "password:", "token:", "ecs_agency:", "environment:"] {
            #expect(text.contains("# \(key) "))
        }
    }
}

import Testing

@testable import Simulator

/// The lists of functions, versions and aliases, and their pages.
struct ListingTests {
    static let scenario = """
        functions:
          - {urn: "\(TestCloud.base)worker-{n}:v1", count: 950, runtime: Java17}
          - {urn: "urn:fss:cn-north-4:\(TestCloud.project):function:shop:cart:v1", runtime: Python3.9}
          - {urn: "urn:fss:cn-north-4:\(TestCloud.project):function:shop:cart:v2", last_modified: "2024-05-01 10:00:00",
             aliases: {prod: v2, canary: {version: v2, weights: {v1: 10}}}}
          - {urn: "urn:fss:ap-southeast-1:fedcba9876543210fedcba9876543210:function:default:other:v1"}
        """

    static let list = "/v2/\(TestCloud.project)/fgs/functions"

    struct Page: Sendable, CustomTestStringConvertible {
        let query: String
        let functions: Int
        let nextMarker: Int
        let count: Int
        var testDescription: String { query }
    }

    @Test(arguments: [
        Page(query: "", functions: 400, nextMarker: 400, count: 951),
        Page(query: "?maxitems=0", functions: 400, nextMarker: 400, count: 951),
        Page(query: "?maxitems=401", functions: 400, nextMarker: 400, count: 951),
        Page(query: "?maxitems=300&marker=0", functions: 300, nextMarker: 300, count: 951),
        Page(query: "?marker=800&maxitems=400", functions: 151, nextMarker: 951, count: 951),
        Page(query: "?marker=951", functions: 0, nextMarker: 951, count: 951),
        Page(query: "?marker=99999", functions: 0, nextMarker: 951, count: 951),
        Page(query: "?package_name=shop", functions: 1, nextMarker: 1, count: 1),
        Page(query: "?func_name=worker-94&maxitems=5", functions: 5, nextMarker: 5, count: 11),
        Page(query: "?package_name=absent", functions: 0, nextMarker: 0, count: 0),
    ])
    func `functions come in pages`(_ page: Page) async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let answer = try await cloud.get(Self.list + page.query)
            #expect(answer.status == 200)
            #expect(answer.text.ranges(of: "\"func_urn\"").count == page.functions)
            #expect(answer.text.hasSuffix("],\"next_marker\":\(page.nextMarker),\"count\":\(page.count)}"))
            #expect(!answer.text.contains(":function:default:other"))
        }
    }

    @Test(arguments: ["?maxitems=-1", "?maxitems=x", "?marker=-1", "?marker=x"])
    func `a page that cannot be meant is refused`(_ query: String) async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let answer = try await cloud.get(Self.list + query)
            #expect(answer.status == 400)
            #expect(answer["error_code"] == "FSS.1001")
        }
    }

    @Test func `a listed function has no version in its URN and its environment in clear`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let answer = try await cloud.get(Self.list + "?package_name=shop")
            #expect(answer["func_urn"] == "urn:fss:cn-north-4:\(TestCloud.project):function:shop:cart")
            #expect(answer["version"] == "latest")
            #expect(answer["runtime"] == "Python3.9")
            #expect(answer["project_name"] == "cn-north-4")
            #expect(answer.text.contains("simulated-user-data-secret"))
        }
    }

    @Test func `versions begin with latest and carry theirs beside the URN`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let urn = "urn:fss:cn-north-4:\(TestCloud.project):function:shop:cart"
            let all = try await cloud.get("\(Self.list)/\(urn)/versions")
            let versions = all.text.matches(of: /"version":"([^"]*)"/).map { String($0.1) }
            #expect(versions == ["latest", "v1", "v2"])
            #expect(all.text.ranges(of: "\"func_urn\":\"\(urn)\"").count == 3)
            #expect(all.text.contains("2024-05-01 10:00:00"))
            #expect(all.text.hasSuffix("\"next_marker\":3}"))
            let second = try await cloud.get("\(Self.list)/\(urn)/versions?marker=1&maxitems=1")
            #expect(second["version"] == "v1")
            #expect(second.text.hasSuffix("\"next_marker\":2}"))
        }
    }

    @Test func `aliases are an array at the top`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let urn = "urn:fss:cn-north-4:\(TestCloud.project):function:shop:cart"
            let answer = try await cloud.get("\(Self.list)/\(urn)/aliases")
            #expect(answer.text.hasPrefix("[{\"name\":\"prod\",\"version\":\"v2\""))
            #expect(answer.text.contains("\"alias_urn\":\"\(urn):!canary\",\"additional_version_weights\":{\"v1\":10}"))
            let none = try await cloud.get("\(Self.list)/\(TestCloud.base)worker-1/aliases")
            #expect(none.text == "[]")
            for part in ["versions", "aliases"] {
                let absent = try await cloud.get("\(Self.list)/\(TestCloud.base)absent/\(part)")
                #expect(absent.status == 404)
                #expect(absent["error_code"] == "FSS.1051")
            }
        }
    }

    @Test func `deleting a version takes its aliases, and the last one the function`() async throws {
        try await TestCloud.with(Self.scenario) { (cloud) async throws in
            let urn = "urn:fss:cn-north-4:\(TestCloud.project):function:shop:cart"
            cloud.cloud.delete(urn: "\(urn):v2")
            #expect(try await cloud.get("\(Self.list)/\(urn)/aliases").text == "[]")
            let version = try await cloud.state("\(urn):v2")
            #expect(version["error_code"] == "FSS.1052")
            cloud.cloud.delete(urn: "\(urn):v1")
            let function = try await cloud.state("\(urn):v1")
            #expect(function["error_code"] == "FSS.1051")
            let left = try await cloud.get(Self.list + "?package_name=shop")
            #expect(left.text.hasPrefix("{\"functions\":[]"))
        }
    }
}

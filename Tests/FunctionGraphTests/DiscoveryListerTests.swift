import HTTPTypes
import Synchronization
import Testing

@testable import FunctionGraph

@Suite struct DiscoveryListerTests {
    private static let base = "urn:fss:\(Sample.region):\(Sample.project):function"

    /// A listed function as JSON, with a clear-text environment that must not be read.
    private static func function(_ name: String, package: String = "default", runtime: String = "Java11") -> String {
        #"{"func_urn":"\#(base):\#(package):\#(name)","runtime":"\#(runtime)","version":"latest","user_data":{"broken":1}}"#
    }

    private static func version(_ version: String, _ modified: String? = nil) -> String {
        let time = modified.map { #","last_modified":"\#($0)""# } ?? ""
        return #"{"func_urn":"\#(base):default:x","version":"\#(version)"\#(time)}"#
    }

    /// Answers by path suffix: pages of functions by marker, versions and aliases by name.
    private static func cloud(
        pages: [Int: String], versions: [String: String] = [:], aliases: [String: String] = [:]
    ) -> FakeCloud {
        FakeCloud(
            FakeTransport { request, _ throws(TransportError) in
                let path = PercentEncoding.decode(request.encodedPath)
                let body: String?
                if path.hasSuffix("/fgs/functions") {
                    let marker = request.query.first { $0.0 == "marker" }.flatMap { Int($0.1) } ?? -1
                    body = pages[marker] ?? #"{"functions":[]}"#
                } else {
                    let name = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
                    let key = name.split(separator: ":").last.map(String.init) ?? ""
                    body = path.hasSuffix("/versions") ? versions[key] : aliases[key]
                }
                let missing = #"{"error_code":"FSS.1051","error_msg":"Not found the function"}"#
                return CloudResponse(status: body == nil ? 404 : 200, body: Array((body ?? missing).utf8))
            })
    }

    private static func page(_ items: [String], next: String = "0", count: String? = nil) -> String {
        let total = count.map { #","count":\#($0)"# } ?? ""
        return #"{"functions":[\#(items.joined(separator: ","))],"next_marker":\#(next)\#(total)}"#
    }

    private static func versionsBody(_ items: [String]) -> String {
        #"{"versions":[\#(items.joined(separator: ","))],"next_marker":\#(items.count)}"#
    }

    private func list(
        _ cloud: FakeCloud, _ selection: DiscoverySelection = DiscoverySelection(), gate: FakeGate = FakeGate()
    ) async throws(CloudFailure) -> [String] {
        try await DiscoveryLister(client: cloud.client).list(
            region: Sample.region, project: Sample.project, selection: selection, timeout: .seconds(1), gate: gate
        ).map { String($0.canonical.dropFirst(Self.base.count + 1)) }
    }

    @Test func `Java functions and their latest published version by default`() async throws {
        let cloud = Self.cloud(
            pages: [0: Self.page([Self.function("a"), Self.function("b", runtime: "Python3.9"), Self.function("c")])],
            versions: [
                "a": Self.versionsBody([
                    Self.version("latest", "2024-05-05 00:00:00"), Self.version("v1", "2024-03-01T10:00:00+08:00"),
                    Self.version("v2", "2024-02-01 10:00:00"),
                ]), "c": Self.versionsBody([Self.version("latest")]),
            ])
        let gate = FakeGate()
        #expect(try await list(cloud, gate: gate) == ["default:a:v1"])
        #expect(gate.begun == 3 && gate.ended == [nil, nil, nil])
        let requests = cloud.transport.requests
        #expect(requests[0].query.map { "\($0.0)=\($0.1)" } == ["marker=0", "maxitems=100"])
        #expect(requests[0].encodedPath == "/v2/\(Sample.project)/fgs/functions")
        #expect(requests.map { $0.headers[.authToken] } == ["token-1", "token-2", "token-3"])
        #expect(requests[1].encodedPath.hasSuffix("%3Afunction%3Adefault%3Aa/versions"))
        #expect(cloud.log.calls.map(\.operation) == [.listFunctions, .listVersions, .listVersions])
    }

    @Test func `what is found of a function is told before the next is asked for`() async throws {
        let cloud = Self.cloud(
            pages: [0: Self.page(["a", "b", "c"].map { Self.function($0) })],
            versions: [
                "a": Self.versionsBody([Self.version("latest"), Self.version("v1")]),
                "b": Self.versionsBody([Self.version("latest")]), "c": Self.versionsBody([Self.version("v3")]),
            ])
        let told = Mutex<[(versions: [String], requests: Int)]>([])
        _ = try await DiscoveryLister(client: cloud.client).list(
            region: Sample.region, project: Sample.project, selection: DiscoverySelection(), timeout: .seconds(1),
            gate: FakeGate(),
            progress: { urns in
                told.withLock { $0.append((urns.map { "\($0.name):\($0.version)" }, cloud.transport.requests.count)) }
            })
        #expect(told.withLock { $0.map(\.versions) } == [["a:v1"], ["c:v3"]])
        #expect(told.withLock { $0.map(\.requests) } == [2, 4])
    }

    @Test func `all published versions, or those that aliases send traffic to`() async throws {
        let cloud = Self.cloud(
            pages: [0: Self.page([Self.function("a")])],
            versions: ["a": Self.versionsBody(["latest", "v1", "v2", "1.0.3"].map { Self.version($0) })],
            aliases: [
                "a": """
                [{"name":"x","version":"v1","additional_version_weights":{"v2":10,"v9":0}},
                 {"name":"y","version":"latest","additional_version_weights":null},
                 {"name":"z","version":"v5","additional_version_weights":{"v6":"100"}},{"name":"broken"}]
                """
            ])
        #expect(
            try await list(cloud, DiscoverySelection(versions: .published))
                == ["default:a:1.0.3", "default:a:v1", "default:a:v2"])
        #expect(
            try await list(cloud, DiscoverySelection(versions: .aliases))
                == ["default:a:v1", "default:a:v2", "default:a:v6"])
    }

    @Test func `globs on package, name and runtime`() async throws {
        let cloud = Self.cloud(
            pages: [
                0: Self.page([
                    Self.function("prod-a", package: "shop"), Self.function("prod-b", package: "lab"),
                    Self.function("test-c", package: "shop"), Self.function("prod-d", package: "shop", runtime: "http"),
                ])
            ], versions: ["prod-a": Self.versionsBody([Self.version("v1")]), "prod-d": Self.versionsBody([])])
        let selection = DiscoverySelection(package: Glob("sh?p"), name: Glob("prod-*"))
        #expect(try await list(cloud, selection) == ["shop:prod-a:v1"])
        #expect(cloud.transport.requests.count == 2)
    }

    @Test func `pages are read until the stop rule says so, and repeated functions counted once`() async throws {
        let names = (0..<250).map { "f\($0)" }
        let functions = names.map { Self.function($0) }
        let versions = Dictionary(uniqueKeysWithValues: names.map { ($0, Self.versionsBody([Self.version("v1")])) })
        let cloud = Self.cloud(
            pages: [
                0: Self.page(Array(functions[0..<100]), next: "100"),
                100: Self.page(Array(functions[95..<195]), next: #""200""#),
                200: Self.page(Array(functions[195...]), next: "250"),
            ], versions: versions)
        #expect(try await list(cloud).count == 250)
        #expect(cloud.log.calls.count { $0.operation == .listFunctions } == 3)
    }

    @Test(
        arguments: [
            ("the marker stays", [0: page([function("a")], next: "0", count: "9")], 1),
            ("no next marker", [0: #"{"functions":[\#(function("a"))],"count":9}"#], 1),
            ("null as a list", [0: #"{"functions":null,"next_marker":5}"#], 1),
            ("the marker reaches the count", [0: page([function("a")], next: "1", count: "1")], 1),
            ("a short page without a count", [0: page([function("a")], next: "1")], 1),
            (
                "a short page that is not the last",
                [0: page([function("a")], next: "1", count: "2"), 1: page([function("b")])], 2
            ),
            (
                "an empty page", [0: page([function("a")], next: "1", count: "9"), 1: page([], next: "2", count: "9")],
                2
            ),
            (
                "the marker goes back",
                [0: page([function("a")], next: "5", count: "9"), 5: page([function("b")], next: "2", count: "9")], 2
            ),
        ] as [(String, [Int: String], Int)])
    func `a listing ends when`(_ why: String, _ pages: [Int: String], _ expected: Int) async throws {
        let cloud = Self.cloud(pages: pages)
        _ = try await list(cloud)
        #expect(cloud.log.calls.count { $0.operation == .listFunctions } == expected, "\(why)")
    }

    @Test func `markers without end are given up`() async throws {
        let cloud = FakeCloud(
            FakeTransport { request, _ throws(TransportError) in
                let marker = request.query.first { $0.0 == "marker" }.flatMap { Int($0.1) } ?? 0
                let page = Self.page([Self.function("a", runtime: "http")], next: "\(marker + 1)", count: "999999999")
                return CloudResponse(status: 200, body: Array(page.utf8))
            })
        #expect(try await list(cloud) == [])
        #expect(cloud.transport.requests.count == DiscoveryLister.maximumPages)
    }

    @Test func `unreadable and foreign elements are left out`() async throws {
        let foreign = Self.function("f").replacing(Sample.project, with: String(repeating: "0", count: 32))
        let elsewhere = Self.function("f").replacing(Sample.region, with: "eu-west-101")
        let cloud = Self.cloud(
            pages: [
                0: Self.page(["1", "null", "{}", #"{"func_urn":"nonsense"}"#, foreign, elsewhere, Self.function("a")])
            ],
            versions: [
                "a": Self.versionsBody([
                    "null", #"{"version":"v/1"}"#, #"{"version":"!x"}"#, Self.version("v1"),
                    #"{"func_urn":"\#(Self.base):default:a:v7"}"#,
                ])
            ])
        #expect(try await list(cloud, DiscoverySelection(versions: .published)) == ["default:a:v1", "default:a:v7"])
    }

    @Test func `a function that went meanwhile is left out`() async throws {
        let cloud = Self.cloud(
            pages: [0: Self.page([Self.function("gone"), Self.function("a")])],
            versions: ["a": Self.versionsBody([Self.version("v1")])])
        #expect(try await list(cloud) == ["default:a:v1"])
    }

    /// Answers 200 with an empty listing after failing `times` times.
    private static func failing(_ times: Int, _ status: Int) -> FakeCloud {
        FakeCloud(
            FakeTransport { _, number throws(TransportError) in
                CloudResponse(status: number <= times ? status : 200, body: Array(#"{"functions":[]}"#.utf8))
            })
    }

    @Test(arguments: [
        (2, 503, true, 3), (3, 503, false, 3), (2, 429, true, 3), (1, 401, true, 2), (2, 401, false, 2),
        (1, 403, false, 1), (1, 400, false, 1), (1, 302, false, 1),
    ])
    func `a request is tried again where that can help`(_ times: Int, _ status: Int, _ succeeds: Bool, _ tries: Int)
        async throws
    {
        let gate = FakeGate()
        let cloud = Self.failing(times, status)
        let failure = await failure { () async throws(CloudFailure) in try await list(cloud, gate: gate) }
        #expect((failure == nil) == succeeds)
        #expect(gate.begun == tries && gate.ended.count == tries)
    }

    @Test func `a failure of one function's versions fails the whole listing`() async throws {
        let cloud = FakeCloud(
            FakeTransport { request, _ throws(TransportError) in
                let isList = request.operation == .listFunctions
                return CloudResponse(status: isList ? 200 : 403, body: Array(Self.page([Self.function("a")]).utf8))
            })
        let failure = await failure { () async throws(CloudFailure) in try await list(cloud) }
        #expect(failure?.reason == .forbidden && failure?.operation == .listVersions)
    }

    @Test func `a gate that refuses ends the listing`() async throws {
        let refused = CloudFailure(operation: .createToken, reason: .unauthorized, httpStatus: 401, message: "")
        let gate = FakeGate { $0 == 2 ? refused : nil }
        let cloud = Self.cloud(pages: [0: Self.page([Self.function("a")])])
        let failure = await failure { () async throws(CloudFailure) in try await list(cloud, gate: gate) }
        #expect(failure == refused && gate.ended.count == 1)
    }

    @Test func `a page that is too large is asked for in smaller ones`() async throws {
        let cloud = FakeCloud(
            FakeTransport { request, _ throws(TransportError) in
                let size = request.query.first { $0.0 == "maxitems" }.flatMap { Int($0.1) } ?? 0
                guard size <= 25 else {
                    throw TransportError(reason: .decode, message: "over 1 MiB", head: CloudResponse(status: 200))
                }
                return CloudResponse(status: 200, body: Array(Self.page([]).utf8))
            })
        #expect(try await list(cloud) == [])
        let sizes = cloud.transport.requests.map { $0.query.first { $0.0 == "maxitems" }?.1 }
        #expect(sizes == ["100", "50", "25"])
    }

    @Test func `a page that never fits is a decode failure`() async throws {
        let cloud = FakeCloud(
            FakeTransport { _, _ throws(TransportError) in
                throw TransportError(reason: .decode, message: "over 1 MiB", head: CloudResponse(status: 200))
            })
        let failure = await failure { () async throws(CloudFailure) in try await list(cloud) }
        #expect(failure?.reason == .decode && cloud.transport.requests.count == 5)
    }

    @Test(arguments: ["", "[]", "{}", "null", #"{"functions":1}"#, #"{"functions":{}}"#])
    func `a listing that is none is a decode failure`(_ body: String) async throws {
        let cloud = FakeCloud(FakeTransport(200, body))
        let failure = await failure { () async throws(CloudFailure) in try await list(cloud) }
        #expect(failure?.reason == .decode && failure?.message.contains("the answer") == true)
    }
}

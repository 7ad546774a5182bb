import FunctionGraph
import Testing

@Suite struct FunctionURNTests {
    private static let prefix = "urn:fss:cn-north-4:7aad83af3e8d42e99ac194e8419e2c9b:function"

    @Test func `eight fields are kept as they are`() throws {
        let urn = try FunctionURN("\(Self.prefix):default:orders:v3")
        #expect(urn.region == "cn-north-4")
        #expect(urn.project == "7aad83af3e8d42e99ac194e8419e2c9b")
        #expect(urn.package == "default")
        #expect(urn.name == "orders")
        #expect(urn.version == "v3")
        #expect(urn.qualifier == .version("v3"))
        #expect(urn.listed == urn.canonical)
        #expect(urn.function == "\(Self.prefix):default:orders")
        #expect(!urn.isLatest && !urn.isAlias)
    }

    @Test func `seven fields mean latest and go on the wire as listed`() throws {
        let urn = try FunctionURN("\(Self.prefix):default:orders")
        #expect(urn.listed == "\(Self.prefix):default:orders")
        #expect(urn.canonical == "\(Self.prefix):default:orders:latest")
        #expect(urn.qualifier == .none)
        #expect(urn.version == "latest")
        #expect(urn.isLatest)
        let long = try FunctionURN("\(Self.prefix):default:orders:latest")
        #expect(urn == long)
        #expect(Set([urn, long]).count == 1)
        #expect(long.qualifier == .version("latest"))
    }

    @Test func `an alias has a bang`() throws {
        let urn = try FunctionURN("\(Self.prefix):default:orders:!prod")
        #expect(urn.qualifier == .alias("prod"))
        #expect(urn.version == "!prod")
        #expect(urn.isAlias && !urn.isLatest)
    }

    @Test(arguments: [
        "默认 应用:测试-é:v1", "default:orders:v20240321-081530", "default:orders:1.2.3", "a_b:c-d:!x_y-z",
        "default:" + String(repeating: "n", count: 128),
    ])
    func `whatever a console may call things is accepted`(_ rest: String) throws {
        #expect(try FunctionURN("\(Self.prefix):\(rest)").listed == "\(Self.prefix):\(rest)")
    }

    @Test(arguments: [
        ("", "it is empty"),
        ("orders", "expected 7 or 8 fields"),
        ("default:orders", "expected 7 or 8 fields"),
        ("\(prefix):default:orders:v1:x", "found 9"),
        ("arn:fss:r:p:function:default:orders", "expected 'urn' as field 1, found 'arn'"),
        ("urn:obs:r:p:function:default:orders", "expected 'fss' as field 2"),
        ("urn:fss:r:p:functions:default:orders", "expected 'function' as field 5"),
        ("urn:fss::p:function:default:orders", "the region (field 3) is empty"),
        ("urn:fss:r/../x:p:function:default:orders", "the region (field 3) must be"),
        ("urn:fss:-r:p:function:default:orders", "the region (field 3) must be"),
        ("urn:fss:r.evil.example:p:function:default:orders", "the region (field 3) must be"),
        ("urn:fss:r::function:default:orders", "the project id (field 4) is empty"),
        ("urn:fss:r:p p:function:default:orders", "the project id (field 4) must be"),
        ("urn:fss:r:p/x:function:default:orders", "the project id (field 4) must be"),
        ("\(prefix)::orders", "the package is empty"),
        ("\(prefix):default:", "the function name is empty"),
        ("\(prefix):default:orders:", "the version (field 8) is empty"),
        ("\(prefix):default:orders:!", "the alias after '!' is empty"),
        ("\(prefix):default:orders:!!a", "must not contain '!'"),
        ("\(prefix):default:!prod", "must not begin with '!'"),
        ("\(prefix):default:or/ders:v1", "must not contain '/'"),
        ("\(prefix):default:orders:v/1", "must not contain '/'"),
        ("\(prefix):default: orders", "white space"),
        ("\(prefix):default:orders\n:v1", "printable characters"),
        ("\(prefix):default:orders\u{202E}:v1", "printable characters"),
        ("\(prefix):default:orders\0:v1", "printable characters"),
        ("\(prefix):default:\(String(repeating: "n", count: 129))", "longer than 128"),
        ("\(prefix):default:\(String(repeating: "n", count: 600))", "at most 512 bytes"),
    ])
    func `a malformed one is told what was expected`(_ text: String, _ message: String) throws {
        let error = #expect(throws: FunctionURNError.self) { try FunctionURN(text) }
        let description = try #require(error?.description)
        #expect(description.contains(message))
        #expect(description.unicodeScalars.count < 500)
        #expect(!description.contains("\n"))
    }

    @Test func `another version of the same function`() throws {
        let urn = try FunctionURN("\(Self.prefix):default:orders:v3")
        #expect(try urn.with(version: "v4").canonical == "\(Self.prefix):default:orders:v4")
        #expect(throws: FunctionURNError.self) { try urn.with(version: "") }
    }

    @Test func `order is that of the canonical form`() throws {
        let a = try FunctionURN("\(Self.prefix):default:a:v1")
        let b = try FunctionURN("\(Self.prefix):default:b")
        #expect([b, a].sorted() == [a, b])
    }
}

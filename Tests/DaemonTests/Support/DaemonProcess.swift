import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1

/// The real program, run as a user would; it is always ended with its object.
final class DaemonProcess: Sendable {
    struct Failure: Error {
        let what: String
    }

    /// An HTTP answer of it.
    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Takes answers as they come, compressed ones too.
    private static let client = HTTPClient(eventLoopGroupProvider: .singleton)

    let pid: pid_t
    private let directory: TemporaryDirectory

    /// Where the programs are: beside the tests.
    static var products: String {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }

    /// Starts it. The environment is exactly the given one.
    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        directory = try TemporaryDirectory()
        let program = "\(Self.products)/functiongraph-exporter"
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_APPEND
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, directory.path(of: "out"), flags, 0o600)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, directory.path(of: "err"), flags, 0o600)
        // Sockets of other tests must not stay open in it: their ends would never be seen. Closing one that is not open
        // is no error here.
        for file in Int32(3)..<1_000 { unsafe posix_spawn_file_actions_addclose(&actions, file) }
        let words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
        let variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer { unsafe (words + variables).forEach { unsafe free($0) } }
        var pid: pid_t = 0
        let result = unsafe posix_spawn(&pid, program, &actions, nil, words, variables)
        guard result == 0 else { throw Failure(what: "\(program): errno \(result)") }
        self.pid = pid
    }

    deinit {
        // Nothing of it may stay, however the test ended. A process that was waited for is no more ours.
        if waitpid(pid, nil, WNOHANG) == 0 {
            kill(pid, SIGKILL)
            _ = waitpid(pid, nil, 0)
        }
    }

    /// What it printed, and what it logged.
    var output: String { directory.read("out") }
    var log: String { directory.read("err") }

    /// Whether a signal does not end it at once any more: it is caught or ignored (proc(5)).
    func handles(_ signal: Int32) -> Bool {
        let status = TemporaryDirectory.read("/proc/\(pid)/status")
        return status.split(separator: "\n").contains { line in
            guard line.hasPrefix("SigIgn:") || line.hasPrefix("SigCgt:") else { return false }
            let mask = UInt64(line.dropFirst(8).filter { !$0.isWhitespace }, radix: 16) ?? 0
            return mask & 1 << (UInt64(signal) - 1) != 0
        }
    }

    func signal(_ signal: Int32) { kill(pid, signal) }

    /// Its exit code, once it has ended; `nil` if it does not end in time, negative if a signal ended it.
    func exit(within limit: Duration = .seconds(20)) async -> Int32? {
        await eventually(within: limit) { [pid] in
            var status: Int32 = 0
            guard unsafe waitpid(pid, &status, WNOHANG) == pid else { return nil }
            let signal = status & 0x7F
            return signal == 0 ? (status >> 8) & 0xFF : -signal
        }
    }

    /// Where it listens, once it says so; an empty text if it never does.
    func address() async -> String {
        await eventually {
            guard let found = self.log.firstRange(of: "msg=listening address=") else { return nil }
            let rest = self.log[found.upperBound...]
            return rest.contains("\n") ? String(rest.prefix { !$0.isWhitespace }) : nil
        } ?? ""
    }

    /// Waits until it is ready.
    func isReady() async -> Bool {
        let address = await address()
        return await becomes { (try? await Self.get("http://\(address)/-/ready").status) == 200 }
    }

    /// Asks it for a path.
    func get(_ path: String, method: String = "GET", headers: [(String, String)] = []) async throws -> Answer {
        try await Self.get("http://\(await address())\(path)", method: method, headers: headers)
    }

    /// The page of metrics as it stands.
    func page() async throws -> MetricsPage { MetricsPage(try await get("/metrics").text) }

    private static func get(
        _ url: String, method: String = "GET", headers: [(String, String)] = []
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .init(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let response = try await client.execute(request, timeout: .seconds(20))
        let body = try await response.body.collect(upTo: 16 << 20)
        var fields: [String: String] = [:]
        for (name, value) in response.headers { fields[name.lowercased()] = value }
        return Answer(status: Int(response.status.code), headers: fields, body: Array(body.readableBytesView))
    }
}

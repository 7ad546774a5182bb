import ArgumentParser

/// The value of `--listen`: `host:port`, `:port` (which is 127.0.0.1) or `[::1]:port`.
struct ListenOption {
    let host: String
    let port: Int

    init(_ text: String) throws {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port)
        else { throw ValidationError("--listen: expected HOST:PORT such as 127.0.0.1:18977, found '\(text)'") }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        self.host = host.isEmpty ? "127.0.0.1" : String(host)
        self.port = port
    }
}

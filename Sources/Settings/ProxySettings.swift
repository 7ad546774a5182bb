/// The proxy towards the cloud; never used for the metadata service. Its URL may hold a password and is never shown.
public struct ProxySettings: Sendable, Equatable {
    /// The URL for `https` targets: `http://[user:password@]host[:port]`.
    public var httpsURL: String?
    /// The URL for `http` targets.
    public var httpURL: String?
    /// Hosts that are asked directly: `host`, `.domain`, `host:port`, an address, a network as `10.0.0.0/8`, or `*`.
    public var noProxy: [String]
    /// Whether loopback targets are asked directly, as Go's `httpproxy` does with the environment's proxies.
    /// One that config.yml names stands for every target that ``noProxy`` does not name.
    public var bypassesLoopback: Bool

    /// The proxy of a configuration, for all targets.
    public init(url: String, noProxy: [String]) {
        self.init(httpsURL: url, httpURL: url, noProxy: noProxy, bypassesLoopback: false)
    }

    /// Proxies by the scheme of the target.
    public init(httpsURL: String?, httpURL: String?, noProxy: [String], bypassesLoopback: Bool) {
        self.httpsURL = httpsURL
        self.httpURL = httpURL
        self.noProxy = noProxy
        self.bypassesLoopback = bypassesLoopback
    }

    /// The URL for `https` targets, or else the one for `http` targets.
    public var url: String { httpsURL ?? httpURL ?? "" }

    /// The proxies that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name (or their lower-case forms), nil if none that
    /// can be used. As in Go and curl, each stands for the targets of its scheme.
    public static func fromEnvironment(_ environment: [String: String]) -> ProxySettings? {
        func value(_ name: String) -> String? {
            let value = environment[name] ?? environment[name.lowercased()]
            return value.flatMap { $0.isEmpty ? nil : $0 }
        }
        func url(_ name: String) -> String? {
            guard let text = value(name) else { return nil }
            let url = text.contains("://") ? text : "http://" + text
            return ProxyAddress(url: url) == nil ? nil : url
        }
        // In a CGI program HTTP_PROXY would come from the client's header Proxy: not so in a daemon.
        let (https, http) = (url("HTTPS_PROXY"), url("HTTP_PROXY"))
        guard https != nil || http != nil else { return nil }
        let separators: Set<Character> = [",", " "]
        let hosts = (value("NO_PROXY") ?? "").split(whereSeparator: separators.contains).map(String.init)
        return ProxySettings(httpsURL: https, httpURL: http, noProxy: hosts, bypassesLoopback: true)
    }

    /// The names of the proxy variables whose value cannot be used.
    public static func unusableVariables(_ environment: [String: String]) -> [String] {
        ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].filter { name in
            guard let text = environment[name], !text.isEmpty else { return false }
            return ProxyAddress(url: text.contains("://") ? text : "http://" + text) == nil
        }
    }

    /// The proxy for requests to this base URL, nil if they go directly.
    public func proxy(for baseURL: String) -> ProxyAddress? {
        guard let target = URLText(baseURL), let url = target.scheme == "https" ? httpsURL : httpURL else { return nil }
        let port = target.port ?? (target.scheme == "https" ? 443 : 80)
        if bypassesLoopback, NoProxyRule.isLoopback(target.host) { return nil }
        if noProxy.contains(where: { NoProxyRule($0).matches(host: target.host, port: port) }) { return nil }
        return ProxyAddress(url: url)
    }
}

extension ProxySettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Without what may hold a password.
    public var description: String { "ProxySettings(<secret>, noProxy: \(noProxy))" }
    /// Without what may hold a password.
    public var debugDescription: String { description }
    /// Without what may hold a password.
    public var customMirror: Mirror { Mirror(self, children: ["noProxy": noProxy]) }
}

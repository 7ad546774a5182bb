/// Where the account kind `environment` finds its credential, in the contract's order: the SDK's variables, those of
/// the vendor's samples, the SDK's profile, the metadata service.
public enum EnvironmentCredentials {
    /// What was found.
    public enum Source: Sendable, Equatable {
        /// A key pair; `origin` names the variable or the file it is from.
        case accessKey(AccessKey, origin: String)
        /// Nothing but the metadata service is left to ask.
        case metadata
    }

    /// Looks through `environment`.
    /// - Parameter readFile: the text of a file; nil where there is none. What else it throws is passed on as a
    ///   fault of that file, so it must not tell anything of its contents. May block: so does this function.
    /// - Throws: a profile that was named and is missing, and any profile that cannot be read. A variable of a pair
    ///   without the other is not a pair, as in the SDK.
    public static func resolve(
        environment: [String: String], readFile: (String) throws(ProfileFault) -> String?
    ) throws(ProfileFault) -> Source {
        for prefix in ["HUAWEICLOUD_SDK", "CLOUD_SDK"] {
            guard let id = value(environment, prefix + "_AK"), let secret = value(environment, prefix + "_SK") else {
                continue
            }
            // The vendor's samples know no security token.
            let token = prefix == "HUAWEICLOUD_SDK" ? value(environment, prefix + "_SECURITY_TOKEN") : nil
            return .accessKey(
                AccessKey(id: id, secret: Secret(secret), securityToken: token.map(Secret.init)),
                origin: prefix + "_AK")
        }
        if let path = value(environment, "HUAWEICLOUD_SDK_CREDENTIALS_FILE") {
            guard let text = try readFile(path) else {
                throw ProfileFault(message: "\(path): no such file (HUAWEICLOUD_SDK_CREDENTIALS_FILE)")
            }
            guard let key = try parse(text, path) else {
                throw ProfileFault(message: "\(path): section [basic] with ak and sk is missing", isOfText: true)
            }
            return .accessKey(key, origin: path)
        }
        if let home = value(environment, "HOME") {
            let path = home + "/.huaweicloud/credentials"
            if let text = try readFile(path), let key = try parse(text, path) {
                return .accessKey(key, origin: path)
            }
        }
        return .metadata
    }

    /// What is set of a pair without its other half, and so is not used: one line for each.
    public static func halves(_ environment: [String: String]) -> [String] {
        ["HUAWEICLOUD_SDK", "CLOUD_SDK"].compactMap { prefix in
            let (id, secret) = (prefix + "_AK", prefix + "_SK")
            switch (value(environment, id), value(environment, secret)) {
            case (.some, nil): return "\(id) is set without \(secret): it is not used"
            case (nil, .some): return "\(secret) is set without \(id): it is not used"
            default: return nil
            }
        }
    }

    private static func parse(_ text: String, _ path: String) throws(ProfileFault) -> AccessKey? {
        do {
            return try ProfileParser.parse(text)
        } catch {
            throw ProfileFault(
                message: "\(path)\(error.line.map { ":\($0)" } ?? ""): \(error.message)", line: error.line,
                isOfText: error.isOfText)
        }
    }

    private static func value(_ environment: [String: String], _ name: String) -> String? {
        environment[name].map { Text.trim($0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}

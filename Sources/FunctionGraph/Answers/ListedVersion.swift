/// What is read of a version in a listing.
public struct ListedVersion: Sendable, Equatable, Decodable {
    /// As in `v3`, or `latest`.
    public let version: String
    /// Nil: not said, or in no known form.
    public let lastModifiedUnixSeconds: Double?

    /// A version.
    public init(version: String, lastModifiedUnixSeconds: Double?) {
        self.version = version
        self.lastModifiedUnixSeconds = lastModifiedUnixSeconds
    }

    /// Reads `version`, or the eighth field of `func_urn` where it is missing, and `last_modified`.
    public init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: AnyKey.self)
        let version = object.scalar("version").map { Text.trim($0) } ?? ""
        if version.isEmpty {
            guard let text = object.scalar("func_urn") else {
                throw DecodeFault(message: "the answer has no version")
            }
            self.version = try FunctionURN(text).version
        } else {
            self.version = version
        }
        lastModifiedUnixSeconds = object.scalar("last_modified").flatMap(TimestampParser.parse)
    }
}

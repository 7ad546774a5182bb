/// The name of one version or alias of a function:
/// `urn:fss:REGION:PROJECT:function:PACKAGE:NAME[:VERSION|:!ALIAS]`.
///
/// Source: the vendor's function model (functiongraph_06_0102). The shortened forms with one to four fields are not
/// accepted here, because a watch list spans regions and projects. Two URNs are equal when their canonical forms are.
public struct FunctionURN: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The eighth field.
    public enum Qualifier: Hashable, Sendable {
        /// Seven fields: the cloud answers for `latest`.
        case none
        /// A version, `latest` included when it was written out.
        case version(String)
        /// An alias, without its leading `!`.
        case alias(String)
    }

    /// Longest URN accepted, in UTF-8 bytes: the vendor documents no bound, this one fits every documented field.
    public static let maximumBytes = 512

    /// With all eight fields; the one string that is kept, because a watch list holds tens of thousands of URNs.
    private let text: String
    /// Whether the eighth field was not given.
    private let isShort: Bool

    /// Parses a URN with seven or eight fields. The error's message says what was expected.
    public init(_ text: String) throws(FunctionURNError) {
        let fields = try Self.checkedFields(text)
        isShort = fields.count == 7
        self.text = isShort ? text + ":latest" : text
    }

    /// The same function with another version (no leading `!`).
    public func with(version: String) throws(FunctionURNError) -> FunctionURN {
        try FunctionURN(function + ":" + version)
    }

    /// With eight fields always, `:latest` added where none was listed: the label `function_urn`.
    public var canonical: String { text }

    /// As listed, with seven or eight fields: what goes on the wire.
    public var listed: String { isShort ? function : text }

    /// The URN of the function itself: the first seven fields.
    public var function: String {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return text }
        return String(text[..<colon])
    }

    /// The region's code, as in `cn-north-4`.
    public var region: String { field(2) }
    /// The project's id.
    public var project: String { field(3) }
    /// The package (the console says application); `default` if nobody chose one.
    public var package: String { field(5) }
    /// The function's name.
    public var name: String { field(6) }
    /// The eighth field as it is written: `v3`, `!prod`, or `latest` (also where it was not given).
    public var version: String { field(7) }

    /// Version, alias or nothing.
    public var qualifier: Qualifier {
        if isShort { return .none }
        let version = version
        return version.hasPrefix("!") ? .alias(String(version.dropFirst())) : .version(version)
    }

    /// Whether this is the unpublished `latest`, which never has a snapshot.
    public var isLatest: Bool { version == "latest" }
    /// Whether this is an alias.
    public var isAlias: Bool { version.utf8.first == UInt8(ascii: "!") }

    /// The canonical form.
    public var description: String { text }

    /// Equal by canonical form: seven fields and the same with `:latest` name one function.
    public static func == (left: FunctionURN, right: FunctionURN) -> Bool { left.text == right.text }
    /// By canonical form.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
    /// By canonical form.
    public static func < (left: FunctionURN, right: FunctionURN) -> Bool { left.text < right.text }

    private func field(_ index: Int) -> String {
        let fields = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        return index < fields.count ? String(Substring(fields[index])) : ""
    }
}

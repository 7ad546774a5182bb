/// Where a watched function comes from.
public enum WatchSource: Sendable, Hashable {
    /// `watch.functions` of config.yml.
    case list
    /// The watch file of this path.
    case file(String)
    /// A listing of the cloud.
    case discovery

    /// The value of the label `source`.
    public var label: String {
        switch self {
        case .list: "list"
        case .file: "file"
        case .discovery: "discovery"
        }
    }
}

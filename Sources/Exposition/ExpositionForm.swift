/// The text formats that Prometheus reads.
public enum ExpositionForm: Sendable, CaseIterable {
    /// Prometheus' text format, version 0.0.4.
    case text

    /// OpenMetrics 1.0.0.
    case openMetrics

    /// The media type with its version and character set.
    public var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// What stands after the last family.
    var ending: [UInt8] {
        switch self {
        case .text: []
        case .openMetrics: Array("# EOF\n".utf8)
        }
    }
}

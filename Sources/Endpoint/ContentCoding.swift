/// Which coding of the body a client takes (RFC 9110 §12.5.3).
enum ContentCoding {
    /// Whether gzip is accepted, and not liked less than the plain body where that is named too.
    static func acceptsGzip(_ acceptEncoding: String) -> Bool {
        guard !acceptEncoding.isEmpty else { return false }
        let elements = QualityList(acceptEncoding).elements
        func quality(_ names: String...) -> Int? { elements.first { names.contains($0.value) }?.quality }
        guard let gzip = quality("gzip", "x-gzip") ?? quality("*"), gzip > 0 else { return false }
        return gzip >= quality("identity") ?? 0
    }
}

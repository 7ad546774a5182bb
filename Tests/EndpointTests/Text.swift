extension String {
    /// With the first `old` replaced.
    func replacingOne(_ old: String, _ new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return replacingSubrange(range, with: new)
    }

    private func replacingSubrange(_ range: Range<Index>, with new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}

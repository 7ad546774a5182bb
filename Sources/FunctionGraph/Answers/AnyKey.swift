/// A key of a JSON object by its text.
struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer where Key == AnyKey {
    /// The scalar under the first of `names` that has one.
    func scalar(_ names: String...) -> String? {
        for name in names {
            if let text = (try? decode(LooseScalar.self, forKey: AnyKey(name)))?.text { return text }
        }
        return nil
    }
}

/// A JSON array of which the elements that cannot be read are left out, but counted.
struct Lossy<Element: Decodable & Sendable>: Decodable {
    private struct Attempt: Decodable {
        let element: Element?
        init(from decoder: any Decoder) throws { element = try? Element(from: decoder) }
    }

    let elements: [Element]
    let size: Int

    init(from decoder: any Decoder) throws {
        let attempts = try decoder.singleValueContainer().decode([Attempt].self)
        elements = attempts.compactMap(\.element)
        size = attempts.count
    }
}

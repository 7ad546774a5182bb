/// A JSON scalar whose type nobody promised: text, number and boolean are all taken as text.
struct LooseScalar: Decodable {
    /// Nil: null, an array or an object.
    let text: String?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            text = value
        } else if let value = try? container.decode(Bool.self) {
            text = value ? "true" : "false"
        } else if let value = try? container.decode(Int64.self) {
            text = String(value)
        } else if let value = try? container.decode(Double.self) {
            text = String(value)
        } else {
            text = nil
        }
    }

    /// The text as a whole number.
    var integer: Int? { text.flatMap { Int(Text.trim($0)) } }
}

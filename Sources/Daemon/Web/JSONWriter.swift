/// Writes JSON (RFC 8259) piece by piece, so that a list of 20,000 functions is never held as one value.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Takes what was written so far out.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    mutating func beginObject() { open("{") }
    mutating func endObject() { close("}") }
    mutating func beginArray() { open("[") }
    mutating func endArray() { close("]") }

    /// The name of an object's next member.
    mutating func key(_ name: String) {
        separate()
        text(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A string, or `null`.
    mutating func value(_ string: String?) {
        separate()
        if let string { text(string) } else { bytes.append(contentsOf: "null".utf8) }
        needsComma = true
    }

    /// A number, or `null`.
    mutating func value(_ number: Double?) {
        separate()
        let printed = number.flatMap { $0.isFinite ? "\($0)" : nil } ?? "null"
        bytes.append(contentsOf: printed.utf8)
        needsComma = true
    }

    /// A whole number, or `null`.
    mutating func value(_ number: Int?) {
        separate()
        bytes.append(contentsOf: (number.map(String.init) ?? "null").utf8)
        needsComma = true
    }

    /// A truth value, or `null`.
    mutating func value(_ bool: Bool?) {
        separate()
        bytes.append(contentsOf: (bool.map { $0 ? "true" : "false" } ?? "null").utf8)
        needsComma = true
    }

    private mutating func open(_ bracket: Character) {
        separate()
        bytes.append(contentsOf: String(bracket).utf8)
        needsComma = false
    }

    private mutating func close(_ bracket: Character) {
        bytes.append(contentsOf: String(bracket).utf8)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func text(_ string: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

import FoundationEssentials

/// The forms in which a secret may come back in somebody's answer.
enum SecretForms {
    /// The value itself, and where they differ: in a JSON string (RFC 8259 §7, with and without an escaped slash, and in
    /// ASCII), in HTML, percent-encoded (RFC 3986 §2.1) and in base64 (RFC 4648 §4).
    static func all(of value: String) -> Set<String> {
        let json = escaped(value) { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            default: nil
            }
        }
        let html = escaped(value) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "'": "&#39;"
            default: nil
            }
        }
        return [
            value, json, json.replacing("/", with: "\\/"), ascii(json), html, PercentEncoding.encode(value),
            Data(value.utf8).base64EncodedString(),
        ]
    }

    private static func escaped(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let replacement = escape(scalar) { result += replacement } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    /// With `\\uXXXX` for what is not ASCII.
    private static func ascii(_ json: String) -> String {
        var result = ""
        for scalar in json.unicodeScalars {
            guard !scalar.isASCII else {
                result.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result
    }
}

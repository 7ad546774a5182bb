/// The lines before a family's samples.
struct FamilyHeader {
    /// The name in the text form.
    let name: String

    /// The type in OpenMetrics.
    let type: String

    /// The type in the text form where it is another: text knows neither `info` nor `stateset`.
    var textType: String?

    /// What OpenMetrics takes off the name of the samples to get that of the family.
    var suffix = ""

    /// What the value means.
    let help: String

    /// The unit, for OpenMetrics.
    let unit: Family.Unit

    /// The lines in a form, each with its newline. OpenMetrics escapes quotation marks in HELP too, the text form does
    /// not (its parsers would keep the backslash).
    func bytes(_ form: ExpositionForm) -> [UInt8] {
        var bytes: [UInt8] = []
        switch form {
        case .text:
            bytes.append(contentsOf: "# HELP \(name) ".utf8)
            appendEscaped(help, quotationMarks: false, to: &bytes)
            bytes.append(contentsOf: "\n# TYPE \(name) \(textType ?? type)\n".utf8)
        case .openMetrics:
            let name = name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
            bytes.append(contentsOf: "# HELP \(name) ".utf8)
            appendEscaped(help, quotationMarks: true, to: &bytes)
            bytes.append(contentsOf: "\n# TYPE \(name) \(type)\n".utf8)
            if unit != .none, name.hasSuffix("_\(unit.rawValue)") {
                bytes.append(contentsOf: "# UNIT \(name) \(unit.rawValue)\n".utf8)
            }
        }
        return bytes
    }
}

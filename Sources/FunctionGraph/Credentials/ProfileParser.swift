/// Reads the key pair out of the SDK's profile (`~/.huaweicloud/credentials`), an INI file:
/// `[basic]` with `ak`, `sk` and perhaps `security_token`.
public enum ProfileParser {
    /// The key pair of `[basic]`; nil where it has neither `ak` nor `sk`.
    public static func parse(_ text: String) throws(ProfileFault) -> AccessKey? {
        let values = try basicSection(text)
        let id = values["ak"] ?? ""
        let secret = values["sk"] ?? ""
        switch (id.isEmpty, secret.isEmpty) {
        case (true, true): return nil
        case (true, false): throw ProfileFault(message: "section [basic] has sk without ak", isOfText: true)
        case (false, true): throw ProfileFault(message: "section [basic] has ak without sk", isOfText: true)
        case (false, false):
            let token = values["security_token"].flatMap { $0.isEmpty ? nil : Secret($0) }
            return AccessKey(id: id, secret: Secret(secret), securityToken: token)
        }
    }

    /// Keys without regard to case, as Python's configparser reads them; other sections are not ours.
    private static func basicSection(_ text: String) throws(ProfileFault) -> [String: String] {
        var section = ""
        var values: [String: String] = [:]
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var line = Text.trim(line)
            if index == 0, line.hasPrefix("\u{FEFF}") { line.removeFirst() }
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("[") {
                guard line.hasSuffix("]") else {
                    throw ProfileFault(
                        message: "expected ']' at the end of the section's name", line: index + 1, isOfText: true)
                }
                section = Text.trim(line.dropFirst().dropLast())
                continue
            }
            guard let separator = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
                throw ProfileFault(message: "expected KEY = VALUE or [SECTION]", line: index + 1, isOfText: true)
            }
            guard section == "basic" else { continue }
            let key = Text.trim(line[..<separator]).lowercased()
            values[key] = Text.trim(line[line.index(after: separator)...])
        }
        return values
    }
}

extension FunctionURN {
    /// The fields of `text`, or what is wrong with them.
    ///
    /// Names are checked leniently, because the vendor documents no character set for packages and custom versions:
    /// whatever prints and cannot be mistaken for a separator is taken. Region and project are strict, because the
    /// region goes into a host name and the project into paths and labels.
    static func checkedFields(_ text: String) throws(FunctionURNError) -> [Substring] {
        func fault(_ message: String) -> FunctionURNError { FunctionURNError(text: text, message: message) }
        guard !text.isEmpty else { throw fault("it is empty") }
        guard text.utf8.count <= maximumBytes else { throw fault("expected at most \(maximumBytes) bytes") }
        guard text.unicodeScalars.allSatisfy(Printable.isPrintable) else {
            throw fault("expected printable characters only")
        }
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 7 || fields.count == 8 else {
            throw fault(
                "expected 7 or 8 fields (urn:fss:REGION:PROJECT:function:PACKAGE:NAME[:VERSION|:!ALIAS]),"
                    + " found \(fields.count)")
        }
        for (index, expected) in [(0, "urn"), (1, "fss"), (4, "function")] where fields[index] != expected {
            throw fault("expected '\(expected)' as field \(index + 1), found '\(fields[index])'")
        }
        if let message = regionFault(fields[2]) ?? projectFault(fields[3]) { throw fault(message) }
        if let message = nameFault(fields[5], "package") ?? nameFault(fields[6], "function name") {
            throw fault(message)
        }
        if fields.count == 8, let message = versionFault(fields[7]) { throw fault(message) }
        return fields
    }

    /// A region's code becomes part of a host name.
    static func regionFault(_ region: Substring) -> String? {
        guard !region.isEmpty else { return "the region (field 3) is empty" }
        let isLabel =
            region.utf8.count <= 63 && region.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            && !region.hasPrefix("-") && !region.hasSuffix("-")
        return isLabel ? nil : "the region (field 3) must be letters, digits and '-', as in cn-north-4"
    }

    /// The vendor's project ids are 32 letters and digits; other editions differ in length.
    static func projectFault(_ project: Substring) -> String? {
        guard !project.isEmpty else { return "the project id (field 4) is empty" }
        let isID =
            project.utf8.count <= 64
            && project.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        return isID ? nil : "the project id (field 4) must be 1 to 64 letters, digits, '-' or '_'"
    }

    private static func nameFault(_ name: Substring, _ what: String) -> String? {
        guard !name.isEmpty else { return "the \(what) is empty" }
        guard name.unicodeScalars.count <= 128 else { return "the \(what) is longer than 128 characters" }
        guard !name.contains("/") else { return "the \(what) must not contain '/'" }
        guard !name.hasPrefix("!") else { return "the \(what) must not begin with '!', which marks an alias" }
        return edgeFault(name, what)
    }

    private static func versionFault(_ version: Substring) -> String? {
        guard !version.isEmpty else { return "the version (field 8) is empty" }
        let isAlias = version.hasPrefix("!")
        let what = isAlias ? "alias" : "version"
        let name = isAlias ? version.dropFirst() : version
        guard !name.isEmpty else { return "the alias after '!' is empty" }
        guard !name.contains("!") else { return "the \(what) must not contain '!'" }
        guard name.unicodeScalars.count <= 128 else { return "the \(what) is longer than 128 characters" }
        guard !name.contains("/") else { return "the \(what) must not contain '/'" }
        return edgeFault(name, what)
    }

    private static func edgeFault(_ name: Substring, _ what: String) -> String? {
        let isSpace = { (scalar: Unicode.Scalar?) in scalar?.properties.isWhitespace ?? false }
        guard !isSpace(name.unicodeScalars.first), !isSpace(name.unicodeScalars.last) else {
            return "the \(what) must not begin or end with white space"
        }
        return nil
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

import Logging

/// A record as one line of logfmt: `time`, `level`, `msg`, then the metadata by key.
///
/// A value is quoted where it is empty or holds a space, a quotation mark, `=`, a backslash or anything that is not
/// printable; inside the quotation marks the escapes are those of JSON, which the common readers of logfmt know.
enum LogfmtEncoding {
    /// The line, with `<N>` before it where the journal reads standard error line by line (sd-daemon(3)).
    static func encode(_ record: LogRecord, withPriority: Bool) -> EncodedRecord {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        if withPriority { appendPriority(record.level, to: &bytes) }
        bytes.append(contentsOf: "time=".utf8)
        appendTimestamp(unixMilliseconds: record.unixMilliseconds, to: &bytes)
        bytes.append(contentsOf: " level=".utf8)
        bytes.append(contentsOf: LogRecord.name(of: record.level).utf8)
        bytes.append(contentsOf: " msg=".utf8)
        appendValue(record.message, to: &bytes)
        appendMetadata(record.metadata, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return EncodedRecord(bytes: bytes)
    }

    /// Appends ` key=value` for each entry.
    static func appendMetadata(
        _ metadata: [(key: String, value: Logger.MetadataValue)], to bytes: inout [UInt8]
    ) {
        for (key, value) in metadata {
            bytes.append(UInt8(ascii: " "))
            appendKey(key, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            appendValue(value.text, to: &bytes)
        }
    }

    /// Appends `<N>` with the record's priority.
    static func appendPriority(_ level: Logger.Level, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(UInt8(ascii: "0") + UInt8(LogRecord.priority(of: level)))
        bytes.append(UInt8(ascii: ">"))
    }

    /// A key cannot be quoted: what would end it becomes `_`. One that is the record's own gets a `_` at its end.
    private static func appendKey(_ key: String, to bytes: inout [UInt8]) {
        guard !key.isEmpty else { return bytes.append(UInt8(ascii: "_")) }
        for scalar in key.unicodeScalars {
            if needsQuotes(scalar) {
                bytes.append(UInt8(ascii: "_"))
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        if JSONEncoding.ownKeys.contains(key) { bytes.append(UInt8(ascii: "_")) }
    }

    private static func appendValue(_ text: String, to bytes: inout [UInt8]) {
        if text.isEmpty || text.unicodeScalars.contains(where: needsQuotes) {
            JSONText.append(text, to: &bytes)
        } else {
            bytes.append(contentsOf: text.utf8)
        }
    }

    private static func needsQuotes(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x20, 0x22, 0x3D, 0x5C, 0x7F...0xA0, 0x2028, 0x2029, 0xFFFD: true
        default: false
        }
    }
}

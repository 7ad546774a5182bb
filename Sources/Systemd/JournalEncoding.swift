/// A record as the fields of a journal entry (systemd.journal-fields(7)).
///
/// `MESSAGE` is one line and carries the metadata as logfmt too, because `journalctl` shows nothing else by default.
/// Field names may hold only A–Z, 0–9 and `_`, must not begin with `_` and are at most 64 long; the journal drops any
/// other without a word. So every metadata key becomes `FUNCTIONGRAPH_…`, but for those that have a name of their own.
enum JournalEncoding {
    /// The longest field name that the journal takes.
    static let longestName = 64

    /// Metadata keys whose field has no prefix.
    static let ownNames = [
        "function_urn": "FUNCTION_URN",
        "snapshot_state": "SNAPSHOT_STATE",
        "previous_state": "PREVIOUS_STATE",
        messageIDKey: "MESSAGE_ID",
    ]

    /// The metadata key of a message catalogue's entry: 32 hexadecimal digits. It is no part of `MESSAGE`.
    static let messageIDKey = "message_id"

    /// The entry's fields.
    static func encode(_ record: LogRecord, identifier: String) -> EncodedRecord {
        var entry = EncodedRecord(bytes: [])
        entry.bytes.reserveCapacity(512)
        append("PRIORITY", "\(LogRecord.priority(of: record.level))", to: &entry)
        append("SYSLOG_IDENTIFIER", identifier, to: &entry)
        append("MESSAGE", message(of: record), to: &entry)
        for (key, value) in record.metadata {
            append(fieldName(of: key), value.text, to: &entry)
        }
        return entry
    }

    /// The name of the field that a metadata key becomes.
    static func fieldName(of key: String) -> String {
        if let name = ownNames[key] { return name }
        let prefix = "FUNCTIONGRAPH_"
        let rest = key.unicodeScalars.prefix(longestName - prefix.utf8.count).map { scalar -> Character in
            switch scalar {
            case "a"..."z": Character(Unicode.Scalar(UInt8(scalar.value) - 0x20))
            case "A"..."Z", "0"..."9": Character(scalar)
            default: "_"
            }
        }
        return prefix + String(rest)
    }

    private static func message(of record: LogRecord) -> String {
        var bytes = Array(oneLine(record.message).utf8)
        LogfmtEncoding.appendMetadata(record.metadata.filter { $0.key != messageIDKey }, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ name: String, _ value: String, to entry: inout EncodedRecord) {
        entry.bytes.append(contentsOf: name.utf8)
        entry.bytes.append(UInt8(ascii: "="))
        entry.bytes.append(contentsOf: value.utf8)
        entry.fieldEnds.append(entry.bytes.count)
    }
}

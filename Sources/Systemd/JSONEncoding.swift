/// A record as one JSON object on one line: `time`, `level`, `msg`, then the metadata by key. A metadata key that is
/// one of those three gets a `_` at its end.
enum JSONEncoding {
    /// The keys that are the record's own.
    static let ownKeys: Set<String> = ["time", "level", "msg"]

    /// The line, with `<N>` before it where the journal reads standard error line by line (sd-daemon(3)).
    static func encode(_ record: LogRecord, withPriority: Bool) -> EncodedRecord {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        if withPriority { LogfmtEncoding.appendPriority(record.level, to: &bytes) }
        bytes.append(contentsOf: #"{"time":""#.utf8)
        appendTimestamp(unixMilliseconds: record.unixMilliseconds, to: &bytes)
        bytes.append(contentsOf: #"","level":"#.utf8)
        JSONText.append(LogRecord.name(of: record.level), to: &bytes)
        bytes.append(contentsOf: #","msg":"#.utf8)
        JSONText.append(record.message, to: &bytes)
        for (key, value) in record.metadata {
            bytes.append(UInt8(ascii: ","))
            JSONText.append(ownKeys.contains(key) ? key + "_" : key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            JSONText.append(value, to: &bytes)
        }
        bytes.append(contentsOf: "}\n".utf8)
        return EncodedRecord(bytes: bytes)
    }
}

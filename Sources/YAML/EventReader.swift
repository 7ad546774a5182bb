import CYAML

/// The only place that talks to libyaml: owns a parser and hands out events that are Swift's own values.
///
/// The parser is allocated on the heap, because it is large and keeps pointers into itself and into the input; the
/// input is a copy that lives as long as the reader.
@safe
struct EventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let file: String

    /// Prepares the reading of UTF-8 text without a byte order mark. Nil when memory is short.
    init?(_ bytes: ArraySlice<UInt8>, file: String) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            unsafe parser.deallocate()
            return nil
        }
        let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(bytes.count, 1))
        _ = unsafe input.initialize(from: bytes)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
        // Otherwise UTF-16 would be taken in silence where the text looks like it.
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe self.parser = parser
        unsafe self.input = input
        self.file = file
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next event; a fault where the text is not YAML.
    mutating func next() throws(Fault) -> Event {
        var raw = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &raw) == 1 else { throw fault() }
        defer { unsafe yaml_event_delete(&raw) }
        let mark = Mark(line: Int(unsafe raw.start_mark.line) + 1, column: Int(unsafe raw.start_mark.column) + 1)
        switch unsafe raw.type {
        case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, mark: mark)
        case YAML_STREAM_END_EVENT: return Event(kind: .streamEnd, mark: mark)
        case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, mark: mark)
        case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, mark: mark)
        case YAML_ALIAS_EVENT:
            return Event(kind: .alias(unsafe Self.text(raw.data.alias.anchor) ?? ""), mark: mark)
        case YAML_SCALAR_EVENT:
            let scalar = unsafe raw.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return Event(
                kind: .scalar(
                    unsafe String(decoding: bytes, as: UTF8.self),
                    plain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE),
                mark: mark, anchor: unsafe Self.text(scalar.anchor), tag: unsafe Self.text(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe raw.data.sequence_start
            return Event(
                kind: .sequenceStart, mark: mark,
                anchor: unsafe Self.text(start.anchor), tag: unsafe Self.text(start.tag))
        case YAML_MAPPING_START_EVENT:
            let start = unsafe raw.data.mapping_start
            return Event(
                kind: .mappingStart, mark: mark,
                anchor: unsafe Self.text(start.anchor), tag: unsafe Self.text(start.tag))
        case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, mark: mark)
        case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, mark: mark)
        default: throw Fault(file: file, mark: mark, message: "not understood as YAML")
        }
    }

    /// What libyaml found wrong. Its messages quote nothing of the text, so no secret can get into them.
    private func fault() -> Fault {
        let kind = unsafe parser.pointee.error
        if kind == YAML_MEMORY_ERROR { return Fault(file: file, mark: nil, message: "not enough memory to read it") }
        var message = unsafe Self.message(parser.pointee.problem) ?? "not YAML"
        if kind == YAML_READER_ERROR {
            // Errors of this kind have no mark; only the offset in bytes is right.
            let offset = min(Int(unsafe parser.pointee.problem_offset), unsafe input.count)
            let mark = unsafe TextPosition.mark(of: offset, in: UnsafeBufferPointer(rebasing: input[..<offset]))
            return Fault(file: file, mark: mark, message: message)
        }
        let place = unsafe parser.pointee.problem_mark
        if message == SyntaxHint.badStart {
            let scalar = unsafe TextPosition.scalar(at: Int(place.index), in: UnsafeBufferPointer(input))
            message = SyntaxHint.badStart(scalar)
        } else if let context = unsafe Self.message(parser.pointee.context) {
            let start = unsafe parser.pointee.context_mark
            message += " \(context)"
            if start.line != place.line || start.column != place.column {
                message += " that begins at \(start.line + 1):\(start.column + 1)"
            }
        }
        message += SyntaxHint.hint(message)
        return Fault(
            file: file, mark: Mark(line: Int(place.line) + 1, column: Int(place.column) + 1), message: message)
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }

    private static func message(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }
}

// Readers: each answers a value, or reports what was expected and answers nil. `what` names the setting.

extension Node {
    /// The text of a scalar, plain or quoted. A missing value is a fault, `""` is not.
    public func text(_ faults: FaultCollector, _ what: String) -> String? {
        scalar(faults, what, expected: "text")
    }

    /// A whole number in decimal digits within a range.
    public func integer(_ faults: FaultCollector, _ what: String, in range: ClosedRange<Int>) -> Int? {
        let expected = "a whole number" + Self.bounds(range, "\(range.lowerBound)", "\(range.upperBound)", .min, .max)
        guard let text = scalar(faults, what, expected: expected) else { return nil }
        if let value = Int(text), range.contains(value) { return value }
        faults.report("\(what): expected \(expected), found \(Quoted.text(text))", at: mark)
        return nil
    }

    /// A decimal number within a range.
    public func number(_ faults: FaultCollector, _ what: String, in range: ClosedRange<Double>) -> Double? {
        let (low, high) = (Self.written(range.lowerBound), Self.written(range.upperBound))
        let limit = Double.greatestFiniteMagnitude
        let expected = "a number" + Self.bounds(range, low, high, -limit, limit)
        guard let text = scalar(faults, what, expected: expected) else { return nil }
        // Swift reads hexadecimal, infinity and nan too: none is meant here.
        let isDecimal = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
        if isDecimal, let value = Double(text), range.contains(value) { return value }
        faults.report("\(what): expected \(expected), found \(Quoted.text(text))", at: mark)
        return nil
    }

    /// `true` or `false`, nothing else: `yes`, `on` and the like are faults.
    public func boolean(_ faults: FaultCollector, _ what: String) -> Bool? {
        guard let text = scalar(faults, what, expected: "true or false") else { return nil }
        if let value = Bool(text) { return value }
        faults.report("\(what): expected true or false, found \(Quoted.text(text))", at: mark)
        return nil
    }

    /// A Prometheus duration (`90s`, `1m30s`) within a range.
    public func duration(_ faults: FaultCollector, _ what: String, in range: ClosedRange<Duration>) -> Duration? {
        let low = PrometheusDuration.text(range.lowerBound)
        let high = PrometheusDuration.text(range.upperBound)
        let expected = "a duration such as 90s or 1m30s, from \(low) to \(high)"
        guard let text = scalar(faults, what, expected: expected) else { return nil }
        if let value = PrometheusDuration.parse(text), range.contains(value) { return value }
        faults.report("\(what): expected \(expected), found \(Quoted.text(text))", at: mark)
        return nil
    }

    /// The elements of a list.
    public func list(_ faults: FaultCollector, _ what: String) -> [Node]? {
        if case .sequence(let nodes) = content { return nodes }
        faults.report("\(what): expected a list, found \(kind)", at: mark)
        return nil
    }

    /// A mapping, to be read key by key.
    public func mapping(_ faults: FaultCollector, _ what: String) -> MappingReader? {
        if case .mapping(let entries) = content { return MappingReader(mark: mark, entries: entries, faults: faults) }
        faults.report("\(what): expected a mapping, found \(kind)", at: mark)
        return nil
    }

    /// What this node is, in words. Its text is not shown: where a mapping was expected, it may be a secret.
    public var kind: String {
        switch content {
        case .scalar("", plain: true): "nothing"
        case .scalar: "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    private func scalar(_ faults: FaultCollector, _ what: String, expected: String) -> String? {
        if case .scalar(let text, _) = content, !isMissing { return text }
        faults.report("\(what): expected \(expected), found \(kind)", at: mark)
        return nil
    }

    private static func bounds<Bound: Comparable>(
        _ range: ClosedRange<Bound>, _ low: String, _ high: String, _ least: Bound, _ greatest: Bound
    ) -> String {
        switch (range.lowerBound <= least, range.upperBound >= greatest) {
        case (true, true): ""
        case (false, true): ", \(low) or more"
        case (true, false): ", \(high) or less"
        case (false, false): " from \(low) to \(high)"
        }
    }

    private static func written(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}

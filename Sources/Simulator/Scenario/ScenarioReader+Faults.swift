import YAML

extension ScenarioReader {
    /// At most so large an answer on purpose: 4 GiB.
    private static let sizeMax = 1 << 32

    func fault(_ node: Node) -> FaultRule? {
        guard var reader = node.mapping(faults, "a fault") else { return nil }
        let faultsBefore = faults.faults.count
        var rule = FaultRule()
        rule.operation = word(reader.take("operation"), "operation", CloudOperation.self)
        rule.region = reader.take("region")?.text(faults, "region")
        rule.project = reader.take("project")?.text(faults, "project")
        rule.urn = reader.take("urn")?.text(faults, "urn").map { Glob($0) }
        rule.atNanoseconds = duration(reader.take("at"), "at", default: .zero).wholeNanoseconds
        rule.forNanoseconds = reader.take("for")?.duration(faults, "for", in: Self.longest)?.wholeNanoseconds
        rule.probability = reader.take("probability")?.number(faults, "probability", in: 0...1) ?? 1
        rule.times = reader.take("times")?.integer(faults, "times", in: 0...Int.max) ?? 0
        rule.status = reader.take("status")?.integer(faults, "status", in: 200...599)
        rule.code = reader.take("code")?.text(faults, "code")
        rule.message = reader.take("message")?.text(faults, "message")
        rule.shape = word(reader.take("shape"), "shape", ErrorShape.self)
        rule.body = reader.take("body")?.text(faults, "body")
        rule.size = reader.take("size")?.integer(faults, "size", in: 0...Self.sizeMax)
        rule.endless = reader.take("endless")?.boolean(faults, "endless") ?? false
        rule.garbage = reader.take("garbage").flatMap { garbage($0) }
        rule.cut = word(reader.take("cut"), "cut", FaultRule.Cut.self)
        rule.delay = duration(reader.take("delay"), "delay", default: .zero)
        rule.dateSkew = signedDuration(reader.take("date_skew"), "date_skew")
        rule.headers = reader.take("headers").map { fields($0) } ?? []
        reader.finish()
        if !rule.hasEffect, faults.faults.count == faultsBefore {
            faults.report(
                "fault: expected what it does: status, code, message, shape, body, size, endless, garbage, headers, cut, "
                    + "delay or date_skew", at: node.mark)
        }
        return rule
    }

    private func garbage(_ node: Node) -> FaultRule.Garbage? {
        switch node.text(faults, "garbage") {
        case "true", "body": return .body
        case "wire": return .wire
        case "false", nil: return nil
        default:
            faults.report("garbage: expected true, false, body or wire", at: node.mark)
            return nil
        }
    }

    private func fields(_ node: Node) -> [(name: String, value: String)] {
        guard let reader = node.mapping(faults, "headers") else { return [] }
        return reader.entries.compactMap { entry in
            guard let value = entry.value.text(faults, entry.key) else { return nil }
            guard (entry.key + value).utf8.allSatisfy({ $0 >= 32 && $0 != 127 }), !entry.key.isEmpty else {
                faults.report("headers: expected a name and a value without control characters", at: entry.keyMark)
                return nil
            }
            return (entry.key, value)
        }
    }
}

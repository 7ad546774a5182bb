extension Answer {
    /// What a fault makes of the answer: another one in its place, or the same later, cut, misdated.
    ///
    /// The gateway looks at credentials before anything else, so a refusal of them gives way only to its own failure.
    mutating func suffer(_ rule: FaultRule, _ call: CloudCall, requestID: String, random: inout SplitMix) {
        if rule.replacesAnswer, !isAuthenticationFailure || rule.replacingStatus >= 500 {
            self = Answer.replacement(rule, call, requestID: requestID, random: &random)
        }
        delay += rule.delay
        dateSkew += rule.dateSkew
        cut = rule.cut
        for (name, value) in rule.headers {
            headers.removeAll { $0.name.lowercased() == name.lowercased() }
            headers.append((name, value))
        }
    }

    private static func replacement(
        _ rule: FaultRule, _ call: CloudCall, requestID: String, random: inout SplitMix
    ) -> Answer {
        let status = rule.replacingStatus
        var answer = Answer(status, [])
        if let garbage = rule.garbage {
            answer.body = .bytes((0..<256).map { _ in UInt8(truncatingIfNeeded: random.next()) })
            answer.isWireGarbage = garbage == .wire
        } else if rule.endless || rule.size != nil {
            answer.body = filled(total: rule.endless ? nil : rule.size)
        } else if let body = rule.body {
            answer.body = .bytes(Array(body.utf8))
            if let shape = rule.shape { answer.contentType = shape.contentType }
        } else if status >= 400 || rule.shape != nil || rule.code != nil || rule.message != nil {
            let code = rule.code ?? "FSS.0\(status)"
            let error = CloudError(
                status: status, code: code, message: rule.message ?? HTTPReason.phrase(status),
                shape: rule.shape ?? usualShape(code, call))
            return Answer(error, requestID: requestID)
        }
        return answer
    }

    private static func usualShape(_ code: String, _ call: CloudCall) -> ErrorShape {
        if code.hasPrefix("APIG") { return .apig }
        return call.operation == .createToken ? .keystone : .fss
    }

    /// An answer of an exact length that is right but for its length, or one that never ends.
    private static func filled(total: Int?) -> Body {
        let prefix = Array(#"{"state":"enable","padding":""#.utf8)
        let suffix = Array(#""}"#.utf8)
        guard let total else { return .filled(prefix: prefix, suffix: suffix, total: nil) }
        guard total >= prefix.count + suffix.count else {
            return .bytes([UInt8](repeating: UInt8(ascii: " "), count: total))
        }
        return .filled(prefix: prefix, suffix: suffix, total: total)
    }
}

import FunctionGraph
import Settings

/// What of the status page is wanted: filter, order and page, all in the address, so that a link can be shared.
struct StatusView: Sendable, Equatable {
    /// The columns that can be sorted by.
    enum Order: String, Sendable, CaseIterable {
        /// What needs someone first: not as expected, failing, then the rest by URN.
        case urgency
        case function, state, since, poll
    }

    /// Functions on one page.
    static let pageSize = 200

    /// Only functions in this state; `none` for those without one.
    var state: String?
    /// Only functions not as expected, or failing.
    var onlyTrouble = false
    /// Only functions whose URN, labels or error hold this text, whatever its case.
    var text = ""
    var order = Order.urgency
    var isDescending = false
    /// From 1.
    var page = 1
    /// Seconds after which the browser loads the page again; 0: never.
    var refreshSeconds = 0

    init() {}

    /// Reads the query of the address; what it does not understand is left at its default.
    init(_ query: [(name: String, value: String)]) {
        for (name, value) in query {
            switch name {
            case "state" where value == "none" || SnapshotState(rawValue: value) != nil: state = value
            case "trouble": onlyTrouble = value == "1"
            case "q": text = String(value.prefix(200))
            case "sort": order = Order(rawValue: value) ?? .urgency
            case "order": isDescending = value == "desc"
            case "page": page = max(1, min(Int(value) ?? 1, 1_000_000))
            case "refresh": refreshSeconds = [0, 5, 15, 60].contains(Int(value) ?? 0) ? Int(value) ?? 0 : 0
            default: break
            }
        }
    }

    /// The address of this view with something else about it.
    func link(_ change: (inout StatusView) -> Void) -> String {
        var view = self
        change(&view)
        return view.address
    }

    /// The address of this view, relative to the page.
    var address: String {
        var parts: [String] = []
        if let state { parts.append("state=\(state)") }
        if onlyTrouble { parts.append("trouble=1") }
        if !text.isEmpty { parts.append("q=\(Self.escaped(text))") }
        if order != .urgency { parts.append("sort=\(order.rawValue)") }
        if isDescending { parts.append("order=desc") }
        if page > 1 { parts.append("page=\(page)") }
        if refreshSeconds > 0 { parts.append("refresh=\(refreshSeconds)") }
        return "?" + parts.joined(separator: "&")
    }

    /// The functions this view shows, all pages of them, in order.
    func select(_ records: [FunctionRecord]) -> [FunctionRecord] {
        let needle = text.lowercased()
        let chosen = records.filter { record in
            if let state, state != (record.state?.rawValue ?? "none") { return false }
            if onlyTrouble, record.isAsExpected != false, record.failure == nil { return false }
            return needle.isEmpty || Self.haystack(record).contains(needle)
        }
        let sorted = chosen.sorted { first, second in
            let (a, b) = isDescending ? (second, first) : (first, second)
            return precedes(a, b)
        }
        return sorted
    }

    private func precedes(_ a: FunctionRecord, _ b: FunctionRecord) -> Bool {
        switch order {
        case .urgency where a.urgency != b.urgency: return a.urgency < b.urgency
        case .state where a.state != b.state: return (a.state?.rawValue ?? "~") < (b.state?.rawValue ?? "~")
        case .since where a.sinceUnixSeconds != b.sinceUnixSeconds:
            return (a.sinceUnixSeconds ?? 0) < (b.sinceUnixSeconds ?? 0)
        case .poll where a.lastPollUnixSeconds != b.lastPollUnixSeconds:
            return (a.lastPollUnixSeconds ?? 0) < (b.lastPollUnixSeconds ?? 0)
        default: return a.watched.urn < b.watched.urn
        }
    }

    private static func haystack(_ record: FunctionRecord) -> String {
        var text = record.watched.urn.canonical
        for (name, value) in record.watched.labels { text += "\n\(name)=\(value)" }
        if let failure = record.failure {
            text +=
                "\n\(failure.reason.rawValue) \(failure.errorCode ?? "") \(failure.message) \(failure.requestID ?? "")"
        }
        return text.lowercased()
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                result.append(Character(UnicodeScalar(byte)))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" + digits : digits)
            }
        }
        return result
    }
}

extension FunctionRecord {
    /// What needs someone first has the smallest.
    var urgency: Int {
        switch (isAsExpected, failure) {
        case (false?, _): 0
        case (_, .some): 1
        case (nil, _) where state == nil: 2
        case (nil, _): 4
        case (true?, _): state == .creating ? 3 : 5
        }
    }
}

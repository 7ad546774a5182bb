import FunctionGraph

/// What of the status page is wanted: filter, order and page, all in the address, so that a link can be shared.
struct StatusView: Sendable, Equatable {
    /// The columns that can be sorted by.
    enum Order: String, Sendable, CaseIterable {
        /// What needs someone first: not as expected, failing, without a state, in the making, the rest.
        case urgency
        case state, function, since, poll, error
    }

    /// A filter for states: one of them, or functions without any.
    enum StateChoice: Sendable, Hashable, CaseIterable {
        case state(SnapshotState)
        case none

        static var allCases: [StateChoice] { SnapshotState.allCases.map(StateChoice.state) + [.none] }

        /// The value in the address, and the word on the page.
        var word: String {
            switch self {
            case .state(let state): state.rawValue
            case .none: "none"
            }
        }
    }

    /// Longest text to search for, in characters.
    static let textLimit = 200
    /// What the page may be loaded again after, in seconds; 0: never.
    static let refreshChoices = [0, 5, 15, 60]

    /// Only functions in one of these states; empty: all.
    var states: Set<StateChoice> = []
    /// Only functions not as expected; together with ``onlyFailing``, functions that are either.
    var onlyUnexpected = false
    /// Only functions whose last poll failed, or which are kept back.
    var onlyFailing = false
    /// Only functions that hold every word of this, whatever its case, in URN, account, labels, code or error.
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
            case "state": states.formUnion(StateChoice.allCases.filter { $0.word == value })
            case "unexpected": onlyUnexpected = value == "1"
            case "failing": onlyFailing = value == "1"
            case "q": text = String(value.prefix(Self.textLimit))
            case "sort": order = Order(rawValue: value) ?? .urgency
            case "order": isDescending = value == "desc"
            case "page": page = max(1, min(Int(value) ?? 1, 1_000_000))
            case "refresh":
                refreshSeconds = Int(value).flatMap { Self.refreshChoices.contains($0) ? $0 : nil } ?? 0
            default: break
            }
        }
    }

    /// Whether every function is shown.
    var isWhole: Bool { states.isEmpty && !onlyUnexpected && !onlyFailing && text.isEmpty }

    /// Everything, in the order and with the refresh of this view.
    var withoutFilter: StatusView {
        var view = StatusView()
        view.order = order
        view.isDescending = isDescending
        view.refreshSeconds = refreshSeconds
        return view
    }

    /// The address of this view with something else about it.
    func link(_ change: (inout StatusView) -> Void) -> String {
        var view = self
        change(&view)
        return view.address
    }

    /// The address of this view, relative to the page.
    var address: String {
        "?" + parameters.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
    }

    /// What differs from the page as it is without a query.
    var parameters: [(name: StaticString, value: String)] {
        var result: [(name: StaticString, value: String)] = []
        for choice in StateChoice.allCases where states.contains(choice) { result.append(("state", choice.word)) }
        if onlyUnexpected { result.append(("unexpected", "1")) }
        if onlyFailing { result.append(("failing", "1")) }
        if !text.isEmpty { result.append(("q", text)) }
        if order != .urgency { result.append(("sort", order.rawValue)) }
        if isDescending { result.append(("order", "desc")) }
        if page > 1 { result.append(("page", String(page))) }
        if refreshSeconds > 0 { result.append(("refresh", String(refreshSeconds))) }
        return result
    }

    /// Percent signs for everything but RFC 3986's unreserved characters.
    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A request that may be sent as far as its account and its project's hold are concerned.
enum Candidate: Sendable {
    case retry(lane: Int)
    case state(lane: Int)
    case `switch`(lane: Int)
    case permit(lane: Int)
}

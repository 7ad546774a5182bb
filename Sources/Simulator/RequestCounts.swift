/// What the simulated cloud was asked, and what it answered, since its start or the last scenario.
public struct RequestCounts: Sendable, Equatable {
    /// Requests of one kind.
    public struct Count: Sendable, Equatable {
        /// `snapshot_state`, `snapshot_switch`, `list_functions`, `list_versions`, `list_aliases`, `create_token`,
        /// `list_projects`, `metadata` or `other`.
        public let operation: String
        /// The project's id; empty where the call has none.
        public let project: String
        /// The status of the answer; 0 where no whole answer was sent.
        public let status: Int
        /// How many there were.
        public let count: Int
    }

    /// The answers about one function.
    public struct Answers: Sendable, Equatable {
        /// The state that the last answer gave.
        public let state: String
        /// How many answers gave a state.
        public let count: Int
    }

    /// All requests but control calls.
    public let total: Int
    /// By operation, project and status, in that order.
    public let by: [Count]
    /// Connections accepted, those of control calls included.
    public let connectionsOpened: Int
    /// Connections open now.
    public let connectionsOpen: Int
    /// Signed requests whose key or signature was refused.
    public let wrongKey: Int
    /// Requests whose token was refused with 401.
    public let wrongToken: Int
    /// Calls for a token refused for a wrong password or a locked user.
    public let wrongPassword: Int
    /// The functions whose state was answered, by URN of eight fields.
    public let answers: [String: Answers]

    /// The requests of one operation, of all projects and statuses unless named.
    public func count(operation: String, project: String? = nil, status: Int? = nil) -> Int {
        by.reduce(0) { sum, entry in
            let isMeant =
                entry.operation == operation && (project.map { $0 == entry.project } ?? true)
                && (status.map { $0 == entry.status } ?? true)
            return isMeant ? sum + entry.count : sum
        }
    }

    /// The counts as the control interface gives them.
    var json: [UInt8] {
        var json = JSONText()
        json.beginObject()
        json.field("total", total)
        json.key("by")
        json.beginArray()
        for entry in by {
            json.beginObject()
            json.field("operation", entry.operation)
            json.field("project", entry.project)
            json.field("status", entry.status)
            json.field("count", entry.count)
            json.endObject()
        }
        json.endArray()
        json.field("connections_opened", connectionsOpened)
        json.field("connections_open", connectionsOpen)
        json.field("wrong_key", wrongKey)
        json.field("wrong_token", wrongToken)
        json.field("wrong_password", wrongPassword)
        json.key("answers")
        json.beginObject()
        for (urn, answer) in answers.sorted(by: { $0.key < $1.key }) {
            json.key(urn)
            json.beginObject()
            json.field("state", answer.state)
            json.field("count", answer.count)
            json.endObject()
        }
        json.endObject()
        json.endObject()
        return json.bytes
    }
}

/// The answer to `…/snapshots/state`: `state` and `code`, nothing else is read.
struct SnapshotStateBody: Decodable {
    let state: String
    let code: String?

    init(from decoder: any Decoder) throws {
        guard let object = try? decoder.container(keyedBy: AnyKey.self) else {
            throw DecodeFault(message: "the answer is no JSON object")
        }
        let key = AnyKey("state")
        guard object.contains(key) else { throw DecodeFault(message: "the answer has no state") }
        if (try? object.decodeNil(forKey: key)) ?? false { throw DecodeFault(message: "the state is null") }
        guard let state = try? object.decode(String.self, forKey: key) else {
            throw DecodeFault(message: "the state is no text")
        }
        guard !Text.trim(state).isEmpty else { throw DecodeFault(message: "the state is empty") }
        self.state = Text.trim(state)
        code = object.scalar("code").map { Text.trim($0) }
    }
}

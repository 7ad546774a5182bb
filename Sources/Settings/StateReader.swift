import FunctionGraph
import YAML

/// Reads `expect`.
enum StateReader {
    private static let names = SnapshotState.allCases.map(\.rawValue)

    static func read(_ node: Node?, _ faults: FaultCollector) -> Set<SnapshotState>? {
        guard let node else { return nil }
        guard case .sequence(let nodes) = node.content else {
            faults.report(
                "expect: expected a list such as [enable, creating], or [], found \(node.kind)", at: node.mark)
            return nil
        }
        var states: Set<SnapshotState> = []
        for node in nodes {
            guard let text = node.text(faults, "expect") else { continue }
            if let state = SnapshotState(rawValue: text) {
                states.insert(state)
            } else if let near = NearMatch.find(text, in: names) {
                faults.report("expect: unknown state \(Quoted.text(text)), did you mean '\(near)'?", at: node.mark)
            } else {
                let known = names.joined(separator: ", ")
                faults.report("expect: unknown state \(Quoted.text(text)), expected one of \(known)", at: node.mark)
            }
        }
        return states
    }
}

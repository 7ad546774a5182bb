import YAML

extension ScenarioReader {
    /// A list of functions in which none stands twice.
    ///
    /// - Parameter isWhole: whether these are all functions of the cloud, so that each alias must find its version here.
    func functions(_ node: Node, isWhole: Bool) -> [FunctionEntry] {
        var seen: Set<String> = []
        var total = 0
        let faultsBefore = faults.faults.count
        let entries = each(node, "functions") { node -> FunctionEntry? in
            guard let entry = function(node) else { return nil }
            total += entry.count
            guard total <= Self.functionsMax else {
                faults.report("functions: expected at most \(Self.functionsMax) in all", at: node.mark)
                return nil
            }
            for (urn, _) in entry.expanded {
                let canonical = FunctionAddress(urn)?.canonical ?? urn
                guard seen.insert(canonical).inserted else {
                    faults.report("functions: \(canonical) stands here a second time", at: node.mark)
                    return nil
                }
            }
            return entry
        }
        // A function that was left out as faulty may be the one that an alias means.
        if isWhole, faults.faults.count == faultsBefore { checkAliases(entries, versions: seen) }
        return entries
    }

    private func function(_ node: Node) -> FunctionEntry? {
        guard var reader = node.mapping(faults, "a function") else { return nil }
        let urnNode = reader.require("urn")
        let urn = urnNode?.text(faults, "urn")
        let countNode = reader.take("count")
        let count = countNode?.integer(faults, "count", in: 1...Self.functionsMax) ?? 1
        let runtime = reader.take("runtime")?.text(faults, "runtime") ?? "Java11"
        let lifeNode = reader.take("life")
        let repeats = reader.take("repeat")?.boolean(faults, "repeat") ?? false
        let life = lifeNode.map { Life(steps: each($0, "life", step), repeats: repeats) }
        let stagger = duration(reader.take("stagger"), "stagger", default: .zero)
        let switchBody = reader.take("switch").flatMap { switchAnswer($0) }
        let aliases = reader.take("aliases").map { self.aliases($0) } ?? []
        let lastModified = reader.take("last_modified")?.text(faults, "last_modified")
        reader.finish()

        if let lifeNode, let life { check(life, at: lifeNode.mark) }
        guard let urn, let urnNode else { return nil }
        guard FunctionAddress(FunctionEntry.fill(urn, 1)) != nil else {
            faults.report(
                "urn: expected urn:fss:REGION:PROJECT:function:PACKAGE:NAME[:VERSION], found \(urn)", at: urnNode.mark)
            return nil
        }
        if countNode == nil, urn.contains("{n}") {
            faults.report(
                "urn: expected the key 'count' beside {n}, which stands for a number up to it", at: urnNode.mark)
        }
        if count > 1, !urn.contains("{n}") {
            faults.report("urn: expected {n}, where the number goes, as count is \(count)", at: urnNode.mark)
        }
        return FunctionEntry(
            urn: urn, count: count, runtime: runtime,
            life: life ?? Life(steps: [LifeStep(state: "enable", code: nil)], repeats: false),
            staggerNanoseconds: stagger.wholeNanoseconds, switchBody: switchBody, aliases: aliases,
            lastModified: lastModified)
    }

    private func step(_ node: Node) -> LifeStep? {
        guard var reader = node.mapping(faults, "a step of a life") else { return nil }
        let state = reader.require("state")?.text(faults, "state")
        let code = reader.take("code")?.text(faults, "code")
        let length = reader.take("for")?.duration(faults, "for", in: .milliseconds(1)...Self.longest.upperBound)
        reader.finish()
        guard let state else { return nil }
        return LifeStep(state: state, code: code, nanoseconds: length?.wholeNanoseconds)
    }

    /// Only the last step may last for ever, and none where the life begins anew.
    private func check(_ life: Life, at mark: Mark) {
        if life.steps.isEmpty {
            faults.report("life: expected at least one step", at: mark)
        } else if life.steps.dropLast().contains(where: { $0.nanoseconds == nil }) {
            faults.report("life: expected `for` in every step but the last", at: mark)
        } else if life.repeats, life.steps.last?.nanoseconds == nil {
            faults.report("life: expected `for` in every step, as the life repeats", at: mark)
        }
    }

    /// The body that answers `enableSnapshot`. What the cloud sends is documented nowhere but for the type of the
    /// answer, which it shares with `state`; so any scalar goes, plain `true`, `false`, `null` and numbers as such.
    private func switchAnswer(_ node: Node) -> [UInt8]? {
        guard case .scalar(let text, let plain) = node.content else {
            faults.report("switch: expected a scalar, found \(node.kind)", at: node.mark)
            return nil
        }
        var json = JSONText()
        json.beginObject()
        json.key("state")
        if plain, ["true", "false", "null"].contains(text) || Int(text) != nil {
            json.raw(text)
        } else if plain, text.isEmpty || text == "~" {
            json.raw("null")
        } else {
            json.string(text)
        }
        json.endObject()
        return json.bytes
    }
}

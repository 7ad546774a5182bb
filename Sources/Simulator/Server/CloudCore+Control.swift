extension CloudCore {
    func setState(urn: String, state: String, code: String?) throws(SimulatedCloudError) {
        let isThere = update { $0.setState(urn, LifeStep(state: state, code: code)) }
        guard isThere else { throw .unknownFunction(urn) }
    }

    func delete(urn: String) throws(SimulatedCloudError) {
        let isThere = update { $0.delete(urn) }
        guard isThere else { throw .unknownFunction(urn) }
    }

    func add(_ entries: [FunctionEntry]) {
        let now = now().monotonicNanoseconds
        update { state in
            for entry in entries { state.catalogue.add(entry, nowNanoseconds: now) }
        }
    }

    func setFaults(_ rules: [FaultRule]) {
        let now = now().monotonicNanoseconds
        update { $0.faults = FaultBook(rules, sinceNanoseconds: now) }
    }

    /// Locks stay: the vendor locks the key's id.
    func setKeys(_ entries: [AccessKeyEntry]) {
        update { $0.accessKeys = KnownKey.index(entries) }
    }
}

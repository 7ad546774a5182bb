extension CloudState {
    /// What FunctionGraph answers to a caller who may call.
    func serve(
        _ request: ReceivedRequest, _ call: CloudCall, _ time: CloudTime, requestID: String
    ) -> Answer {
        switch call.operation {
        case .snapshotState: snapshotState(call, time, requestID: requestID)
        case .snapshotSwitch: snapshotSwitch(call, requestID: requestID)
        case .listFunctions: functions(request, call, requestID: requestID)
        case .listVersions: versions(request, call, requestID: requestID)
        case .listAliases: aliases(call, requestID: requestID)
        case .createToken, .listProjects, .metadata, .other: Answer(.noSuchAPI, requestID: requestID)
        }
    }

    private func snapshotState(_ call: CloudCall, _ time: CloudTime, requestID: String) -> Answer {
        guard let row = call.row else {
            if isUnscriptedLatest(call) {
                // What the cloud says of `latest`, which can have no snapshot, is documented nowhere.
                return Answer(200, LifeStep(state: "disable", code: nil).body)
            }
            return Answer(missing(call), requestID: requestID)
        }
        guard let step = catalogue.rows[row].step(atNanoseconds: time.monotonicNanoseconds) else {
            return Answer(.service(500, "0500", "Internal error"), requestID: requestID)
        }
        var answer = Answer(200, step.body)
        answer.state = step.state
        return answer
    }

    private func snapshotSwitch(_ call: CloudCall, requestID: String) -> Answer {
        guard let row = call.row else {
            return Answer(isUnscriptedLatest(call) ? .noSuchAPI : missing(call), requestID: requestID)
        }
        guard let body = catalogue.rows[row].switchBody else { return Answer(.noSuchAPI, requestID: requestID) }
        return Answer(200, body)
    }

    private func isUnscriptedLatest(_ call: CloudCall) -> Bool {
        guard let address = call.address else { return false }
        return address.qualifier == "latest" && catalogue.base(address.base) != nil
    }

    /// Which part of a URN the cloud does not know.
    private func missing(_ call: CloudCall) -> CloudError {
        guard let address = call.address, catalogue.base(address.base) != nil else { return .noFunction }
        return address.alias == nil ? .noVersion : .noAlias
    }
}

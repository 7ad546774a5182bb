import FunctionGraph
import Polling

/// One request the schedule wants sent, with all it takes to send it.
struct AttemptJob: Sendable {
    let kind: RequestKind
    let urn: FunctionURN
    let account: AccountRuntime
    let client: CloudClient
    /// For credential and answer together.
    let timeout: Duration
    /// The credential that was refused and is to be renewed first.
    let refused: Credential?

    /// Sends it. Never throws and never takes much longer than the attempt's timeout.
    func run() async -> AttemptReport {
        let start = ContinuousClock.now
        var used: Credential?
        do throws(CloudFailure) {
            if let refused {
                await account.provider.invalidate(refused, region: urn.region, project: urn.project)
            }
            let credential = try await account.provider.credential(
                region: urn.region, project: urn.project, timeout: timeout)
            used = credential
            let left = max(timeout - (ContinuousClock.now - start), .milliseconds(1))
            switch kind {
            case .state:
                let answer = try await client.snapshotState(urn, credential: credential, timeout: left)
                return AttemptReport(result: .state(answer), credential: credential)
            case .switch:
                let answer = try await client.snapshotSwitch(urn, credential: credential, timeout: left)
                return AttemptReport(result: .switch(answer), credential: credential)
            }
        } catch {
            return AttemptReport(result: .failed(error), credential: used)
        }
    }
}

import FunctionGraph
import Polling
import Settings

/// One poll of each function, as fast as the limits of the configuration allow.
///
/// A credential that was refused is not sent again for the account's other functions: the vendor locks a key after
/// five failures, for every program that shares it.
struct QueryRound: Sendable {
    let configuration: Configuration
    let accounts: [String: AccountRuntime]
    let client: CloudClient
    let clock: DaemonClock
    let metrics: Metrics

    // MARK: What to poll

    /// The functions named, or the whole watch list, discovered ones included.
    func functions(_ texts: [String]) async throws(QueryFault) -> [WatchedFunction] {
        guard texts.isEmpty else { return try named(texts) }
        var discovered: [(settings: DiscoverySettings, urns: [FunctionURN])] = []
        for settings in configuration.watch.discoveries {
            guard let account = accounts[settings.account] else { continue }
            let gate = PacedGate(
                settings: settings, account: account, timeout: configuration.poll.timeout,
                requestsPerSecond: configuration.limits.requestsPerSecond)
            do throws(CloudFailure) {
                let urns = try await DiscoveryLister(client: client).list(
                    region: settings.region, project: settings.project, selection: settings.selection,
                    timeout: configuration.poll.timeout, gate: gate)
                discovered.append((settings, urns))
            } catch {
                throw QueryFault(
                    messages: ["discovery of \(settings.projectID) failed: \(error.reason.rawValue): \(error.message)"],
                    status: .failure)
            }
        }
        return WatchList(configuration, discovered: discovered, shard: .whole).functions
    }

    /// The functions named, each once.
    private func named(_ texts: [String]) throws(QueryFault) -> [WatchedFunction] {
        var functions: [WatchedFunction] = []
        var seen: Set<FunctionURN> = []
        var faults: [String] = []
        for text in texts {
            do throws(FunctionURNError) {
                let urn = try FunctionURN(text)
                guard seen.insert(urn).inserted else { continue }
                if let function = configuration.listed(urn) {
                    functions.append(function)
                } else {
                    faults.append("\(text): no account answers for its project")
                }
            } catch {
                faults.append("\(error)")
            }
        }
        guard faults.isEmpty else { throw QueryFault(messages: faults, status: .usage) }
        return functions
    }

    // MARK: Polling

    /// Polls each function once; the answers are in the order of `functions`.
    func poll(_ functions: [WatchedFunction]) async -> [FunctionRecord] {
        let byAccount = Dictionary(grouping: functions.indices) { functions[$0].account }
        return await withTaskGroup(of: [(Int, FunctionRecord)].self) { group in
            for indices in byAccount.values {
                group.addTask { await poll(functions, indices) }
            }
            var records: [Int: FunctionRecord] = [:]
            for await part in group {
                for (index, record) in part { records[index] = record }
            }
            return functions.indices.compactMap { records[$0] }
        }
    }

    /// One account's functions. The first goes alone, to see whether the credential is good.
    private func poll(_ functions: [WatchedFunction], _ indices: [Int]) async -> [(Int, FunctionRecord)] {
        var done: [(Int, FunctionRecord)] = []
        var refused: PollFailure?
        let pause = Duration.seconds(1 / configuration.limits.requestsPerSecond)
        await withTaskGroup(of: (Int, FunctionRecord).self) { group in
            var underWay = 0
            for (number, index) in indices.enumerated() {
                if let refused {
                    var record = record(functions[index])
                    record.failure = refused
                    done.append((index, record))
                    continue
                }
                while underWay > 0, underWay >= configuration.limits.maxInFlight || number == 1 {
                    guard let (index, record) = await group.next() else { break }
                    underWay -= 1
                    done.append((index, record))
                    if record.failure?.reason == .unauthorized { refused = record.failure }
                    if number == 1 { break }
                }
                if refused == nil {
                    group.addTask { (index, await poll(functions[index])) }
                    underWay += 1
                    if number > 0 { try? await Task.sleep(for: pause) }
                } else {
                    var record = record(functions[index])
                    record.failure = refused
                    done.append((index, record))
                }
            }
            for await (index, record) in group { done.append((index, record)) }
        }
        return done
    }

    private func record(_ function: WatchedFunction) -> FunctionRecord {
        FunctionRecord(watched: function, rowID: metrics.functions.insert(function, labelNames: []))
    }

    private func poll(_ function: WatchedFunction) async -> FunctionRecord {
        var record = record(function)
        guard let account = accounts[function.account] else { return record }
        let started = clock.moment()
        var refused: Credential?
        for number in 1...(configuration.poll.retries + 1) {
            let job = AttemptJob(
                kind: .state, urn: function.urn, account: account, client: client,
                timeout: configuration.poll.timeout, refused: refused)
            let report = await job.run()
            switch report.result {
            case .state(let answer):
                record.state = answer.state
                record.rawState = answer.rawState
                record.code = answer.code
                record.lastSuccessUnixSeconds = clock.unixSeconds()
                record.failure = nil
            case .switch: break
            case .failed(let failure): record.failure = PollFailure(failure)
            }
            record.lastPollUnixSeconds = clock.unixSeconds()
            guard let failure = record.failure, number <= configuration.poll.retries else { break }
            if failure.reason == .unauthorized {
                guard refused == nil, let credential = report.credential else { break }
                refused = credential
            } else if ![.dns, .connect, .tls, .timeout, .throttled, .serverError].contains(failure.reason) {
                break
            } else {
                try? await Task.sleep(for: .milliseconds(200 << number))
            }
        }
        record.tookSeconds = (clock.moment() - started).seconds
        return record
    }
}

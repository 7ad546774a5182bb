import Endpoint
import FunctionGraph
import Logging
import NIOPosix
import Polling
import ServiceLifecycle
import Settings
import Systemd
import UnixSignals
import YAML

/// Works off one trigger after the other; holds what is in force.
struct ReloadWorker<Signals: AsyncSequence & Sendable> where Signals.Element == UnixSignal {
    private let service: ReloadService<Signals>
    private var inForce: SettingsReading
    private var accounts: [String: AccountRuntime]
    private var watch: FileWatch
    private var logger: Logger { service.logger }

    init(_ service: ReloadService<Signals>) {
        self.service = service
        inForce = service.first
        accounts = service.accounts.accounts
        watch = FileWatch()
    }

    /// Puts what the start read in force and tells systemd.
    mutating func start() async {
        guard let configuration = inForce.configuration else { return }
        await service.polls.configure(
            PollPlan(
                configuration: configuration, accounts: accounts, changedAccounts: [],
                client: service.cloud.client(configuration), isReload: false))
        await accepted(inForce, isReload: true, isStart: true)
        service.readiness.advance(to: .ready)
        await tellReady()
        watch =
            await blocking { [inForce] in FileWatch(paths: inForce.watchedPaths, readSince: inForce.since) }
            ?? FileWatch()
    }

    /// - Returns: A transport that was replaced and is to be closed.
    mutating func work(_ trigger: ReloadTrigger) async -> AsyncHTTPTransport? {
        switch trigger {
        case .signal:
            return await reload().replaced
        case .request(let asked):
            let (faults, replaced) = await reload()
            asked.resume(returning: faults)
            return replaced
        case .look:
            return await look()
        }
    }

    /// Reads everything and puts it in force, or changes nothing.
    private mutating func reload() async -> (faults: [Fault], replaced: AsyncHTTPTransport?) {
        service.notifier.send([.reloading(monotonicMicroseconds: monotonicMicroseconds()), .status("reloading")])
        let source = service.source
        let previous = inForce.configuration
        // The files are looked at before they are read: what changes in between is read again, not missed.
        let read = await blocking { [paths = watch.paths] in
            let before = FileWatch(paths: paths)
            return (before, source.read(previous: previous))
        }
        let reading = read?.1
        if let before = read?.0 { watch = before }
        var replaced: AsyncHTTPTransport?
        var faults: [Fault] = []
        if let reading {
            let missing = reading.notChecked
            faults = reading.faults + missing
            if faults.isEmpty {
                replaced = await put(reading, isReload: true)
                faults = reading.loaded.badWatchFiles.sorted { $0.key < $1.key }.flatMap { $0.value }
            } else {
                refused(faults, reading)
            }
        }
        await tellReady()
        return (faults, replaced)
    }

    /// Looks whether files changed, and reads what hangs on them.
    private mutating func look() async -> AsyncHTTPTransport? {
        let looked = await blocking { [watch] in
            var files = watch
            let changed = files.look()
            return (files, changed)
        }
        guard let (files, changed) = looked else { return nil }
        watch = files
        guard !changed.isEmpty else { return nil }
        logger.info("files changed", metadata: ["files": "\(changed.sorted().joined(separator: ", "))"])
        let source = service.source
        let previous = inForce
        guard let reading = await blocking({ source.readAgain(previous) }) else { return nil }
        let faults = reading.faults + reading.notChecked
        guard faults.isEmpty else {
            refused(faults, reading)
            return nil
        }
        return await put(reading, isReload: false)
    }

    /// The one step in which everything changes.
    private mutating func put(_ reading: SettingsReading, isReload: Bool) async -> AsyncHTTPTransport? {
        guard let configuration = reading.configuration else { return nil }
        let replaced = service.cloud.apply(configuration, authorities: reading.authorities)
        let endpointsChanged = inForce.configuration?.endpoints != configuration.endpoints
        let client = service.cloud.client(configuration)
        let book = AccountBook(
            configuration, secrets: reading.secrets, previous: accounts, client: client,
            previousEndpoints: inForce.configuration?.endpoints)
        accounts = book.accounts
        service.server.replaceSecurity(reading.security)
        await service.polls.configure(
            PollPlan(
                configuration: configuration, accounts: accounts, changedAccounts: book.changed, client: client,
                isReload: isReload, isNewWay: endpointsChanged || replaced != nil))
        let before = inForce
        inForce = reading
        watch =
            await blocking { [watch] in
                var next = watch
                next.follow(reading.watchedPaths, readSince: reading.since)
                return next
            } ?? watch
        await accepted(reading, isReload: isReload, warned: isReload ? [] : before.warnings)
        return replaced
    }

    /// - Parameter warned: What was warned of before and need not be again.
    private func accepted(
        _ reading: SettingsReading, isReload: Bool, isStart: Bool = false, warned: [Fault] = []
    ) async {
        let now = service.clock.unixSeconds()
        let bad = reading.loaded.badWatchFiles
        warn(reading.warnings.filter { !warned.contains($0) })
        service.state.update { picture in
            picture.readUnixSeconds = now
            picture.acceptedUnixSeconds = now
            // A changed watch file says nothing of a config.yml that was refused before.
            if isReload || !picture.isConfigurationFile {
                picture.faults = []
                picture.isConfigurationFile = false
            }
            picture.badWatchFiles = bad
            picture.warnings = reading.warnings
        }
        let isGood = service.state.current.isGood
        // What a start puts in force is the configuration that was accepted last, also if a watch file was left out.
        service.metrics.exporter.setReload(successful: isGood, isAccepted: isGood || isStart, atUnixSeconds: now)
        let known = Set(
            (reading.configuration?.watch.functions ?? []).compactMap { function in
                if case .file(let path) = function.source { path } else { nil }
            })
        for (path, faults) in bad.sorted(by: { $0.key < $1.key }) {
            log(
                faults,
                known.contains(path)
                    ? "watch file refused; its last good entries are kept" : "watch file refused; it is left out")
        }
        let watched = await service.polls.summary()?.watched ?? 0
        logger.info("configuration in force", metadata: ["functions": "\(watched)"])
    }

    /// A list of thousands can have as many warnings; the page and `check` have them all.
    private func warn(_ warnings: [Fault]) {
        let most = 20
        for warning in warnings.prefix(most) {
            logger.warning("configuration", metadata: ["warning": "\(warning)"])
        }
        if warnings.count > most {
            logger.warning(
                "configuration",
                metadata: ["warning": "\(warnings.count - most) more warnings: `check` and the status page have them"])
        }
    }

    private func refused(_ faults: [Fault], _ reading: SettingsReading) {
        let now = service.clock.unixSeconds()
        log(faults, "configuration refused; nothing was changed")
        service.state.update { picture in
            picture.readUnixSeconds = now
            picture.faults = faults
            if let file = reading.loaded.readFiles.first {
                let ofText = Set(reading.loaded.faults).subtracting(reading.loaded.fileFaults)
                if ofText.contains(where: { $0.file == file }) { picture.isConfigurationFile = true }
            }
        }
        service.metrics.exporter.setReload(successful: false, isAccepted: false, atUnixSeconds: now)
    }

    private func log(_ faults: [Fault], _ message: Logger.Message) {
        for fault in faults {
            logger.error(
                message,
                metadata: [
                    "fault": "\(fault)", "faults": "\(faults.count)",
                    "message_id": "\(Exporter.configurationRefusedMessageID)",
                ])
        }
    }

    private func tellReady() async {
        let summary = await service.polls.summary() ?? PollSummary()
        let text = StatusLine.text(summary, reload: service.state.current, shard: service.shard)
        service.notifier.send([.ready, .status(text)])
    }

    private func blocking<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value? {
        try? await service.threads.runIfActive(body)
    }
}

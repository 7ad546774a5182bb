import Logging
import ServiceLifecycle
import Systemd

/// Tells systemd: the watchdog's keep-alive, `STATUS=` and `STOPPING=1`. `READY=1` and `RELOADING=1` are the
/// reload's to send.
struct NotifyService: Service {
    let notifier: any Notifier
    let probe: HealthProbe
    let mailbox: PollMailbox
    let reload: ReloadState
    let readiness: Readiness
    let shard: ShardID
    /// `WATCHDOG_USEC`; `nil` where nobody watches.
    let watchdogInterval: Duration?
    let logger: Logger

    private enum MessageID {
        static let probeFailed = "7e6d5c4b3a2948f1807f6e5d4c3b2a19"
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await keepAlive() }
                group.addTask { await tellStatus() }
                group.addTask { await shedStartUpCode() }
                // Ends with the group's shutdown.
                try? await gracefulShutdown()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            readiness.advance(to: .stopping)
            notifier.send([.stopping, .status("stopping")])
        }
    }

    /// At half of the interval, if the poll loop and the listener have just answered.
    private func keepAlive() async {
        guard let watchdogInterval else { return }
        var wasFailing = false
        while !Task.isCancelled {
            if let trouble = await probe.check(within: watchdogInterval / 4) {
                if !wasFailing {
                    logger.critical(
                        "watchdog probe failed: systemd will restart the daemon unless it recovers",
                        metadata: ["reason": "\(trouble)", "message_id": "\(MessageID.probeFailed)"])
                }
                wasFailing = true
            } else {
                notifier.send([.watchdog])
                wasFailing = false
            }
            try? await Task.sleep(for: watchdogInterval / 2)
        }
    }

    /// Half a minute after the start, when its code is no longer needed, and from time to time.
    private func shedStartUpCode() async {
        try? await Task.sleep(for: .seconds(30))
        while !Task.isCancelled {
            releaseResidentCode()
            try? await Task.sleep(for: .seconds(600))
        }
    }

    private func tellStatus() async {
        var last = ""
        while !Task.isCancelled {
            if readiness.current == .ready, let summary = await mailbox.summary() {
                let text = StatusLine.text(summary, reload: reload.current, shard: shard)
                if text != last {
                    notifier.send([.status(text)])
                    last = text
                }
            }
            try? await Task.sleep(for: .seconds(5))
        }
    }
}

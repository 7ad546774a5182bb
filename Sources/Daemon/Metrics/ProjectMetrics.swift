import Exposition

/// What is known of each region and project: its rate, hold, throttling and discovery.
struct ProjectMetrics: Sendable {
    /// Rate, hold and waiting.
    let limits = KeyedRows<ProjectID>(
        [
            Family(
                "functiongraph_api_rate_limit_requests_per_second",
                help: "Requests a second the exporter now allows itself for the project.", kind: .gauge),
            Family(
                "functiongraph_api_project_held",
                help: "1 while the project cannot be reached and only one trial is sent every 30 s.", kind: .gauge),
            Family(
                "functiongraph_api_throttle_wait_seconds_total",
                help: "Time requests have waited because the cloud throttled, summed over all that waited.",
                kind: .counter,
                unit: .seconds),
        ],
        labels: \.labels)
    /// Only where something is discovered.
    let discovery = KeyedRows<ProjectID>(
        [
            Family(
                "functiongraph_discovery_functions", help: "Functions that discovery found to watch.", kind: .gauge),
            Family(
                "functiongraph_discovery_last_success_timestamp_seconds",
                help: "End of the last complete listing, Unix time.", kind: .gauge, unit: .seconds),
            Family(
                "functiongraph_discovery_failures_total", help: "Listings that failed and changed nothing.",
                kind: .counter),
        ],
        labels: \.labels)

    /// Sets what ``limits`` holds.
    func set(_ project: ProjectID, rate: Double, held: Bool, throttleWaitSeconds: Double) {
        limits.update(project) { update, row in
            update.set(row, 0, rate)
            update.set(row, 1, held ? 1 : 0)
            update.set(row, 2, throttleWaitSeconds)
        }
    }

    /// So many functions of the project are known by discovery.
    func discovered(_ project: ProjectID, functions: Int) {
        discovery.update(project) { update, row in update.set(row, 0, Double(functions)) }
    }

    /// A complete listing.
    func listed(_ project: ProjectID, atUnixSeconds: Double) {
        discovery.update(project) { update, row in update.set(row, 1, atUnixSeconds) }
    }

    /// The project is listed from now on: its failures start at 0.
    func announceDiscovery(_ project: ProjectID) {
        discovery.update(project) { update, row in
            update.add(row, 2, 0)
        }
    }

    /// A listing failed.
    func discoveryFailed(_ project: ProjectID) {
        discovery.update(project) { update, row in update.add(row, 2, 1) }
    }
}

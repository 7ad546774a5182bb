import FunctionGraph
import Polling
import Settings

/// Listings: when they start, the permits their requests wait for, and what they bring.
extension PollCore {
    mutating func startListings(now: Moment) {
        guard let client, let configuration else { return }
        for settings in timetable.start(now: now) {
            guard let account = accounts[settings.account] else {
                timetable.ended(settings, succeeded: false, now: now)
                continue
            }
            jobs.append(
                .listing(
                    ListingJob(
                        settings: settings, account: account, client: client, timeout: configuration.poll.timeout,
                        isFirst: discovery.entries[settings]?.lastSuccessUnixSeconds == nil)))
        }
    }

    mutating func permitWanted(_ request: PermitRequest, now: Moment) {
        guard let project = projects.known(request.project), projectsInPlan.contains(project),
            accounts[request.account] != nil, timetable.current(request.settings) != nil
        else { return request.granted.resume(returning: false) }
        permits[request.id] = request
        schedule.requestPermit(
            request.id, project: project, account: accountKeys.number(request.account), now: now)
    }

    /// The first listing of an entry goes on.
    mutating func listingFound(_ settings: DiscoverySettings, _ urns: [FunctionURN], now: Moment) {
        guard let settings = timetable.current(settings), discovery.found(settings, urns) else { return }
        showFound(settings.projectID)
        rebuildList(now: now)
    }

    /// How many functions of a project discovery has found; nothing before the first.
    func showFound(_ project: ProjectID) {
        let count = discovery.count(in: project)
        if count > 0 || discovery.isListed(project) {
            metrics.projects.discovered(project, functions: count)
        }
    }

    mutating func listingEnded(
        _ settings: DiscoverySettings, _ result: Result<[FunctionURN], CloudFailure>, now: Moment
    ) {
        guard let settings = timetable.current(settings) else { return }
        let project = settings.projectID
        switch result {
        case .success(let urns):
            timetable.ended(settings, succeeded: true, now: now)
            let unixSeconds = clock.unixSeconds()
            let changed = discovery.listed(settings, urns, atUnixSeconds: unixSeconds)
            showFound(project)
            metrics.projects.listed(project, atUnixSeconds: unixSeconds)
            log.listed(project, functions: urns.count, changed: changed)
            if changed { rebuildList(now: now) }
        case .failure(let failure):
            let pause = timetable.ended(settings, succeeded: false, now: now)
            guard failure.reason != .cancelled, let pause else { return }
            discovery.failed(settings, failure)
            metrics.projects.discoveryFailed(project)
            log.listingFailed(project, PollFailure(failure), again: pause)
        }
    }
}

import Polling
import Testing

/// Credentials that the cloud refuses.
@Suite struct AccountTests {
    private static func twoAccounts(_ count: Int) -> [RowPlan] {
        (0..<count).map { RowPlan(row: $0, project: $0 % 3, account: $0 % 3 == 2 ? 1 : 0, interval: .seconds(60)) }
    }

    private static func isWrong(_ request: World.Sent) -> Bool {
        request.attempt.row % 3 != 2
    }

    @Test("A wrong key at start: two requests, then trials after 1, 2, 4, 8, 15 and 15 minutes; others go on")
    func wrongFromTheStart() throws {
        var world = World(
            Plan(policy: policy(switch: .seconds(60)), rows: Self.twoAccounts(900), discovered: [])
        ) { request, _ in
            (0.05, Self.isWrong(request) ? failed(.unauthorized) : good)
        }
        world.run(until: 46 * 60)
        #expect(world.faults == [])
        let wrong = world.sent.filter(Self.isWrong)
        try #require(wrong.count == 8)
        #expect(wrong.count { $0.at < 60 } == 2)
        #expect(wrong.prefix(2).map(\.attempt.renewCredential) == [false, true])
        let minutes = wrong.dropFirst(2).map { Int(($0.at - wrong[1].at) / 60) }
        #expect(minutes == [1, 3, 7, 15, 30, 45])
        #expect(wrong.dropFirst(2).allSatisfy { $0.attempt.isTrial && $0.attempt.renewCredential })
        let right = world.sent.filter { !Self.isWrong($0) && $0.attempt.kind == .state }
        #expect(right.count >= 300 * 45)
        #expect(world.schedule.accountStatus(0)?.paused == true)
        #expect(world.schedule.accountStatus(1) == AccountStatus.open)
        let end = Moment(nanoseconds: 46 * 60_000_000_000)
        #expect(world.schedule.lag(now: end) < .seconds(1))
    }

    @Test("A credential that is not proven carries one request at a time", arguments: [FailureKind.connect, .server])
    func oneAtATime(_ kind: FailureKind) {
        var open = 0.0
        var world = World(Plan(policy: policy(retries: 0), rows: Self.twoAccounts(90), discovered: [])) { request, at in
            guard Self.isWrong(request) else { return (0.05, good) }
            #expect(request.at >= open)
            open = request.at + 2
            return (2, at < 20 ? failed(kind) : good)
        }
        // Looked at only until the first good answer.
        world.run(until: 19)
        #expect(world.sent.count { Self.isWrong($0) } > 3)
        #expect(world.schedule.accountStatus(0)?.paused == false)
    }

    @Test("A key revoked while running: those under way and two more, in the first minutes", arguments: [1, 2, 3, 4])
    func revoked(_ seed: UInt64) throws {
        var noise = Noise(state: seed)
        var world = World(Plan(policy: policy(rate: 50), rows: rows(1500), discovered: []), seed: seed) { _, at in
            (Double.random(in: 0.1..<1, using: &noise), at < 100 ? good : failed(.unauthorized))
        }
        world.run(until: 100)
        world.run(until: 290)
        #expect(world.faults == [])
        let first = try #require(world.outcomes.first { $0.outcome != good }).at
        let later = world.sent.filter { $0.at >= first }
        try #require(later.count == 3)
        #expect(later.map(\.attempt.isTrial) == [false, true, true])
        #expect(later[0].attempt.renewCredential)
        #expect(later[1].at - first > 60)
        #expect(later[2].at - later[1].at > 119)
        // Those that were under way ended as failed as soon as the verdict was in, once each.
        #expect(world.ended.allSatisfy { $0.end.outcome != .timedOut && $0.end.took < .seconds(3) })
        let failedPolls = world.ended.filter { $0.end.outcome == .failed }
        #expect(Set(failedPolls.map(\.end.row)).count == failedPolls.count)
    }

    @Test("A renewal that helps pauses nothing and fails no poll, however many were under way")
    func renewed() throws {
        var renewedAt: Double?
        var world = World(Plan(policy: policy(rate: 50), rows: rows(1500), discovered: [])) { request, at in
            if at >= 100, request.attempt.renewCredential {
                renewedAt = renewedAt ?? at
            }
            let isGood = at < 100 || renewedAt.map { request.at + 0.01 >= $0 } ?? false
            return (0.5, isGood ? good : failed(.unauthorized))
        }
        world.run(until: 200)
        #expect(world.faults == [])
        #expect(world.told.isEmpty)
        #expect(world.ended.allSatisfy { $0.end.outcome == .answered })
        #expect(world.sent.count { $0.attempt.renewCredential } == 1)
        #expect(world.ended.count { $0.end.attempts == 2 } > 10)
    }

    @Test("A token call that is refused pauses at once")
    func tokenRefused() {
        var world = World(Plan(policy: policy(), rows: rows(100), discovered: [])) { _, _ in
            (0.05, failed(.tokenRefused))
        }
        world.run(until: 59)
        #expect(world.sent.count == 1)
        #expect(world.told.map(\.action) == [.paused(0, nextTrial: .seconds(60))])
    }

    @Test("A replaced credential ends the pause at once; old answers say nothing about it")
    func replaced() {
        var replacedAt = Double.infinity
        var world = World(Plan(policy: policy(), rows: rows(100), discovered: [])) { request, _ in
            (0.05, request.at >= replacedAt ? good : failed(.unauthorized))
        }
        world.run(until: 20)
        #expect(world.schedule.accountStatus(0)?.paused == true)
        replacedAt = 20
        world.credentialsChanged(0)
        world.run(until: 21)
        guard case .resumed(0, let after) = world.told.last?.action else {
            Issue.record("not resumed: \(world.told)")
            return
        }
        #expect(after > .seconds(19) && after < .seconds(20))
        #expect(world.schedule.accountStatus(0) == AccountStatus.open)
        #expect(world.sent.count { $0.at >= 20 } > 5)
    }

    @Test("After a change to another wrong key at most four requests carry it in the first minute")
    func replacedByWrong() {
        var world = World(Plan(policy: policy(rate: 50), rows: rows(1000), discovered: [])) { _, at in
            (0.2, at < 100 ? good : failed(.unauthorized))
        }
        world.run(until: 100)
        world.credentialsChanged(0)
        world.run(until: 160)
        #expect(world.sent.count { $0.at > 100 } <= 4)
    }

    @Test("A trial that is accepted ends the pause")
    func trialAccepted() {
        var world = World(Plan(policy: policy(), rows: rows(100), discovered: [])) { _, at in
            (0.05, at < 30 ? failed(.unauthorized) : good)
        }
        world.run(until: 120)
        #expect(world.told.count == 2)
        #expect(world.schedule.accountStatus(0) == AccountStatus.open)
        #expect(world.sent.count { $0.at > 60 && $0.at < 75 } >= 98)
    }

    @Test("A paused account in a held project is tried at last")
    func pausedAndHeld() {
        var world = World(Plan(policy: policy(), rows: rows(20), discovered: [])) { _, at in
            (0.05, at < 20 ? failed(.unauthorized) : at < 600 ? failed(.connect) : good)
        }
        world.run(until: 1000)
        #expect(world.schedule.accountStatus(0) == AccountStatus.open)
    }
}

extension AccountStatus {
    fileprivate static var open: AccountStatus? {
        var world = World(Plan(policy: policy(), rows: rows(1), discovered: [])) { _, _ in (0.01, good) }
        world.run(until: 5)
        return world.schedule.accountStatus(0)
    }
}

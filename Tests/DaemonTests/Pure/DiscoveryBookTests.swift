import FunctionGraph
import Settings
import Testing

@testable import Daemon

struct DiscoveryBookTests {
    private let settings = DiscoverySettings(account: "main", region: "cn-north-4", project: Samples.project)
    private let id = ProjectID(region: "cn-north-4", project: Samples.project)

    /// Listings in order, and what is watched after each.
    @Test(arguments: [
        [(["a", "b"], "ab", true), (["a", "b"], "ab", false)],
        [(["a", "b"], "ab", true), (["a"], "ab", false), (["a"], "a", true), (["a"], "a", false)],
        [(["a", "b"], "ab", true), (["a"], "ab", false), (["a", "b"], "ab", false), (["a"], "ab", false)],
        [(["a"], "a", true), ([], "a", false), ([], "", true), (["a"], "a", true)],
        [([], "", false), (["c"], "c", true)],
    ])
    func `a function joins with its first listing and leaves after two without it`(
        _ steps: [(listing: [String], watched: String, isChange: Bool)]
    ) throws {
        var book = DiscoveryBook()
        book.configure([settings])
        for (index, step) in steps.enumerated() {
            let urns = try step.listing.map { try Samples.urn($0) }
            #expect(book.listed(settings, urns, atUnixSeconds: Double(index)) == step.isChange, "step \(index)")
            #expect(book.discovered.first?.urns.map(\.name).joined() == step.watched, "step \(index)")
            #expect(book.count(in: id) == step.watched.count)
        }
        #expect(book.entries[settings]?.lastSuccessUnixSeconds == Double(steps.count - 1))
    }

    @Test func `a failed listing keeps what was found and stands until one succeeds`() throws {
        var book = DiscoveryBook()
        book.configure([settings])
        _ = book.listed(settings, [try Samples.urn("a")], atUnixSeconds: 1)
        for _ in 1...3 { book.failed(settings, Samples.failure(.timeout, operation: .listFunctions)) }
        #expect(book.entries[settings]?.failure?.reason == .timeout)
        #expect(book.entries[settings]?.failures == 3)
        #expect(book.entries[settings]?.lastSuccessUnixSeconds == 1)
        #expect(book.count(in: id) == 1)
        _ = book.listed(settings, [try Samples.urn("a")], atUnixSeconds: 2)
        #expect(book.entries[settings]?.failure == nil)
    }

    @Test func `a new configuration keeps what entries found that select the same`() throws {
        var relabelled = settings
        relabelled.labels = ["team": "shop"]
        relabelled.interval = .seconds(30)
        relabelled.listInterval = .seconds(60)
        relabelled.expect = [.enable]
        var other = settings
        other.name = "prod-*"
        var book = DiscoveryBook()
        book.configure([settings])
        _ = book.listed(settings, [try Samples.urn("a")], atUnixSeconds: 1)
        book.configure([relabelled])
        #expect(book.discovered.map(\.settings) == [relabelled])
        #expect(book.count(in: id) == 1)
        #expect(book.listed(settings, [try Samples.urn("b")], atUnixSeconds: 2) == false)
        _ = book.listed(relabelled, [try Samples.urn("a"), try Samples.urn("prod-b")], atUnixSeconds: 3)
        book.configure([other])
        #expect(book.discovered.map { $0.urns.map(\.name) } == [["prod-b"]])
        #expect(!book.isListed(id))
        #expect(book.listed(other, [], atUnixSeconds: 4) == true)
        #expect(book.count(in: id) == 0)
    }

    @Test func `a function that two entries find counts once`() throws {
        var other = settings
        other.name = "a*"
        var book = DiscoveryBook()
        book.configure([settings, other])
        _ = book.listed(settings, [try Samples.urn("a"), try Samples.urn("b")], atUnixSeconds: 1)
        _ = book.listed(other, [try Samples.urn("a")], atUnixSeconds: 1)
        #expect(book.count(in: id) == 2)
        #expect(book.count(in: ProjectID(region: "cn-north-4", project: Samples.otherProject)) == 0)
    }
}

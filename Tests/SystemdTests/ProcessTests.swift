import Glibc
import Testing

@testable import Systemd

/// What is read from the kernel.
@Suite("The process and its descriptors")
struct ProcessTests {
    @Test("the statistics of this process are plausible")
    func statistics() throws {
        let statistics = ProcessStatistics.read()
        let resident = try #require(statistics.residentBytes)
        let virtual = try #require(statistics.virtualBytes)
        #expect(resident > 1_048_576)
        #expect(virtual > resident)
        #expect(statistics.cpuSeconds > 0)
        #expect(try #require(statistics.openFDs) >= 3)
        #expect(try #require(statistics.maxFDs) > 3)
        let now = realTimeUnixSeconds()
        #expect(statistics.startTimeUnixSeconds <= now)
        #expect(statistics.startTimeUnixSeconds > now - 86_400)
        #expect(ProcessStatistics.read().startTimeUnixSeconds == statistics.startTimeUnixSeconds)
    }

    @Test(
        "the limit of descriptors is the soft one",
        arguments: [
            ("Max open files            1024                 524288               files", 1_024),
            ("Max cpu time              unlimited\nMax open files            unlimited  unlimited  files\n", .infinity),
            ("Max processes             1                    2                    processes", nil), ("", nil),
            ("Max open files", nil),
        ] as [(String, Double?)])
    func limits(text: String, expected: Double?) {
        #expect(ProcessStatistics.softDescriptorLimit(ofLimits: text) == expected)
    }

    @Test(
        "memory is read from the first two fields",
        arguments: [("8192 1024 512 1 0 200 0\n", [8_192, 1_024]), ("7", nil), ("a b", nil)] as [(String, [UInt64]?)])
    func memory(text: String, expected: [UInt64]?) {
        #expect(ProcessStatistics.pages(ofStatm: text).map { [$0.total, $0.resident] } == expected)
    }

    @Test("a descriptor is the journal's only if device and inode agree")
    func journalStream() throws {
        var ends: [Int32] = [0, 0]
        try #require(unsafe pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        var status = stat()
        unsafe fstat(ends[1], &status)
        let (device, inode) = (status.st_dev, status.st_ino)
        #expect(isJournalStream("\(device):\(inode)", fd: ends[1]))
        for wrong in [
            "\(device):\(inode + 1)", "\(device + 1):\(inode)", "\(inode)", "", ":", "\(device):\(inode):", "a:b",
        ] {
            #expect(!isJournalStream(wrong, fd: ends[1]))
        }
        #expect(!isJournalStream("\(device):\(inode)", fd: -1))
    }

    @Test("of what was passed only stream sockets that listen are taken")
    func listeningStreams() throws {
        let stream = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let datagram = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        let idle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { for fd in [stream, datagram, idle] { close(fd) } }
        // Unbound, so the kernel picks a port of its own.
        try #require(listen(stream, 1) == 0)
        #expect(isListeningStream(stream))
        for fd in [datagram, idle, -1] { #expect(!isListeningStream(fd)) }
    }

    @Test("without LISTEN_FDS nothing is inherited")
    func noSockets() {
        #expect(inheritedSockets().isEmpty)
    }
}

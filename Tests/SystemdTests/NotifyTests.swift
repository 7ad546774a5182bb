import Glibc
import Testing

@testable import Systemd

/// What the service manager is told. Serialized, because one test sets a variable of the process.
@Suite("Notifications", .serialized)
struct NotifyTests {
    @Test(
        "a field reads as the protocol wants",
        arguments: [
            (.ready, "READY=1"),
            (.reloading(monotonicMicroseconds: 12_345_678_901), "RELOADING=1\nMONOTONIC_USEC=12345678901"),
            (.stopping, "STOPPING=1"),
            (.watchdog, "WATCHDOG=1"),
            (.status("polling 1,204 functions, 3 failing"), "STATUS=polling 1,204 functions, 3 failing"),
            (.status("a\nREADY=1\0b\r\u{85}\u{2028}c"), "STATUS=a READY=1 b   c"),
            (.errno(98), "ERRNO=98"),
            (.extendTimeout(.milliseconds(1_500)), "EXTEND_TIMEOUT_USEC=1500000"),
            (.extendTimeout(.seconds(-1)), "EXTEND_TIMEOUT_USEC=0"),
        ] as [(NotifyField, String)])
    func fields(field: NotifyField, expected: String) {
        #expect(field.assignments == expected)
    }

    @Test("fields that are sent together arrive in one datagram")
    func oneDatagram() throws {
        let receiver = try DatagramReceiver()
        unsafe setenv("NOTIFY_SOCKET", receiver.path, 1)
        defer { unsafe unsetenv("NOTIFY_SOCKET") }
        let notifier = SystemdNotifier()
        notifier.send([])
        notifier.send([.ready, .status("polling 3 functions")])
        notifier.send([.reloading(monotonicMicroseconds: 7), .status("快照")])
        #expect(receiver.receive() == "READY=1\nSTATUS=polling 3 functions")
        #expect(receiver.receive() == "RELOADING=1\nMONOTONIC_USEC=7\nSTATUS=快照")
        #expect(receiver.receive() == nil)
        // The variable must stay: a second message needs it.
        #expect(unsafe getenv("NOTIFY_SOCKET") != nil)
    }

    @Test("without a service manager nothing happens, nor where its socket is gone")
    func nobodyListens() {
        SystemdNotifier().send([.ready])
        unsafe setenv("NOTIFY_SOCKET", "/nonexistent/notify", 1)
        defer { unsafe unsetenv("NOTIFY_SOCKET") }
        SystemdNotifier().send([.ready])
    }

    @Test(
        "the watchdog's interval is whole, and only this process' own",
        arguments: [
            ("30000000", nil, .seconds(30)), ("1", nil, .microseconds(1)), (nil, nil, nil), ("0", nil, nil),
            ("x", nil, nil), ("30000000", "1", nil), ("30000000", "own", .seconds(30)),
        ] as [(String?, String?, Duration?)])
    func watchdog(microseconds: String?, pid: String?, expected: Duration?) {
        if let microseconds { unsafe setenv("WATCHDOG_USEC", microseconds, 1) }
        if let pid { unsafe setenv("WATCHDOG_PID", pid == "own" ? "\(getpid())" : pid, 1) }
        defer {
            unsafe unsetenv("WATCHDOG_USEC")
            unsafe unsetenv("WATCHDOG_PID")
        }
        #expect(watchdogInterval() == expected)
    }

    @Test("the monotonic clock is the kernel's and in microseconds")
    func monotonic() {
        var before = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &before)
        let now = monotonicMicroseconds()
        var after = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &after)
        #expect(now >= UInt64(before.tv_sec) * 1_000_000 + UInt64(before.tv_nsec) / 1_000)
        #expect(now <= UInt64(after.tv_sec) * 1_000_000 + UInt64(after.tv_nsec) / 1_000)
    }
}

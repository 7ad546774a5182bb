import Glibc
import Testing

@testable import Daemon

struct FileWatchTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func twoLooks(_ watch: inout FileWatch) -> [Set<String>] { [watch.look(), watch.look()] }

    @Test func `a new content is told once, at the second look that finds it`() throws {
        let path = try directory.write("a.yml", "one")
        var watch = FileWatch(paths: [path])
        #expect(twoLooks(&watch) == [[], []])
        try directory.overwrite("a.yml", "two, and longer")
        #expect(twoLooks(&watch) == [[], [path]])
        #expect(twoLooks(&watch) == [[], []])
    }

    @Test func `a file that changed since it was read is told of, one that did not is not`() throws {
        let since = FileWatch.moment()
        let path = try directory.write("a.yml", "one")
        var watch = FileWatch(paths: [path], readSince: since)
        #expect(twoLooks(&watch) == [[path], []])
        watch = FileWatch(paths: [path], readSince: since + 3_600_000_000_000)
        #expect(twoLooks(&watch) == [[], []])
        let later = try directory.write("later.yml", "one")
        watch.follow([path, later], readSince: since)
        #expect(twoLooks(&watch) == [[later], []])
    }

    @Test func `a file that was read half way is told of once it is quiet, though it is as before`() throws {
        let certificate = try directory.write("cert.pem", "good")
        let key = try directory.write("key.pem", "one")
        var watch = FileWatch(paths: [certificate, key])
        try directory.overwrite("key.pem", "another")
        #expect(watch.look() == [])
        try directory.overwrite("cert.pem", "broken")
        // Everything is read now, the broken certificate as well.
        #expect(watch.look() == [key])
        try directory.overwrite("cert.pem", "good")
        #expect(twoLooks(&watch) == [[], [certificate]])
        #expect(twoLooks(&watch) == [[], []])
    }

    @Test func `a file that is still being written is waited for`() throws {
        let path = try directory.write("a.yml", "one")
        var watch = FileWatch(paths: [path])
        for text in ["t", "tw", "two"] {
            try directory.overwrite("a.yml", text)
            #expect(watch.look() == [])
        }
        #expect(watch.look() == [path])
    }

    @Test func `a content that comes back within a second is no change`() throws {
        let path = try directory.write("a.yml", "one")
        var watch = FileWatch(paths: [path])
        try directory.overwrite("a.yml", "two!")
        #expect(watch.look() == [])
        try directory.overwrite("a.yml", "one")
        #expect(twoLooks(&watch) == [[], []])
    }

    @Test func `a file that was only touched or replaced by the same is no change`() throws {
        let path = try directory.write("a.yml", "one")
        var watch = FileWatch(paths: [path])
        try directory.write("a.yml", "one")
        #expect(twoLooks(&watch) == [[], []])
        let times = [timespec(tv_sec: 1_000, tv_nsec: 0), timespec(tv_sec: 1_000, tv_nsec: 0)]
        #expect(unsafe utimensat(AT_FDCWD, path, times, 0) == 0)
        #expect(twoLooks(&watch) == [[], []])
    }

    @Test func `the same length at the same second is a change all the same`() throws {
        let path = try directory.write("a.yml", "one")
        var watch = FileWatch(paths: [path])
        try directory.write("a.yml", "two")
        #expect(twoLooks(&watch) == [[], [path]])
    }

    @Test func `a link that is swapped, the file's or a directory's on the way, is a change`() throws {
        try directory.makeDirectory("v1")
        try directory.makeDirectory("v2")
        try directory.write("v1/a.yml", "one")
        try directory.write("v2/a.yml", "two")
        try directory.link("data", to: "v1")
        try directory.link("a.yml", to: "data/a.yml")
        let path = directory.path(of: "a.yml")
        var watch = FileWatch(paths: [path])
        try directory.link("data", to: "v2")
        #expect(twoLooks(&watch) == [[], [path]])
        try directory.link("a.yml", to: "v1/a.yml")
        #expect(twoLooks(&watch) == [[], [path]])
    }

    @Test func `a file that goes and one that comes are changes`() throws {
        let path = try directory.write("a.yml", "one")
        let later = directory.path(of: "later.yml")
        var watch = FileWatch(paths: [path, later])
        #expect(twoLooks(&watch) == [[], []])
        directory.remove("a.yml")
        #expect(twoLooks(&watch) == [[], [path]])
        try directory.write("later.yml", "")
        #expect(twoLooks(&watch) == [[], [later]])
        try directory.write("a.yml", "one")
        #expect(twoLooks(&watch) == [[], [path]])
    }

    @Test func `a directory changes with the names in it, not with what they hold`() throws {
        try directory.makeDirectory("watch.d")
        let path = directory.path(of: "watch.d")
        try directory.write("watch.d/a.yml", "one")
        var watch = FileWatch(paths: [path])
        try directory.overwrite("watch.d/a.yml", "two")
        #expect(twoLooks(&watch) == [[], []])
        try directory.write("watch.d/b.yml", "")
        #expect(twoLooks(&watch) == [[], [path]])
        directory.remove("watch.d/a.yml")
        #expect(twoLooks(&watch) == [[], [path]])
        directory.remove("watch.d")
        #expect(twoLooks(&watch) == [[], [path]])
    }

    @Test func `what is no file is watched without waiting for it`() throws {
        let path = directory.path(of: "pipe")
        #expect(unsafe mkfifo(path, 0o600) == 0)
        var watch = FileWatch(paths: [path, "/dev/null"])
        #expect(twoLooks(&watch) == [[], []])
    }
}

import FunctionGraph
import Settings
import Testing

@Suite struct WatchFileTests {
    let directory = TemporaryDirectory()

    private func urn(_ name: String) -> String { "urn:fss:r:p:function:d:\(name):v1" }

    private func load(_ config: String, previous: Configuration? = nil) -> LoadedConfiguration {
        let path = directory.write("config.yml", config)
        return ConfigurationLoader(path: path, environment: [:]).load(previous: previous)
    }

    private func texts(_ faults: [some Any]) -> [String] {
        faults.map { "\($0)".replacing(directory.path + "/", with: "") }
    }

    private func names(_ loaded: LoadedConfiguration) -> [String]? {
        loaded.configuration?.watch.functions.map(\.urn.name)
    }

    @Test("Functions come from the list, then from the files by path, each with its source")
    func order() {
        directory.write("watch.d/b.yml", "- \(urn("b"))\n")
        directory.write("watch.d/a.yml", "- \(urn("a2"))\n- urn: \(urn("a1"))\n  labels: {tier: x}\n")
        directory.write("watch.d/c.yaml", "- \(urn("c"))\n")
        directory.write("watch.d/.hidden.yml", "- \(urn("hidden"))\n")
        directory.write("watch.d/directory.yml/x", "")
        let config =
            "watch: {files: [watch.d/*.yml, extra.yml], functions: [\"\(urn("z"))\"], defaults: {labels: {team: t}}}"
        directory.write("extra.yml", "- \(urn("e"))\n")
        let loaded = load(config)
        #expect(texts(loaded.faults) == [])
        #expect(names(loaded) == ["z", "e", "a2", "a1", "b"])
        #expect(
            loaded.configuration?.watch.functions.map(\.source) == [
                .list, .file(directory.path + "/extra.yml"), .file(directory.path + "/watch.d/a.yml"),
                .file(directory.path + "/watch.d/a.yml"), .file(directory.path + "/watch.d/b.yml"),
            ])
        #expect(loaded.configuration?.watch.functions.map(\.labels["team"]) == ["t", "t", "t", "t", "t"])
        #expect(loaded.configuration?.watch.labelNames == ["team", "tier"])
        #expect(texts(loaded.readFiles) == ["config.yml", "extra.yml", "watch.d/a.yml", "watch.d/b.yml"])
        #expect(loaded.watchedDirectories == [directory.path + "/watch.d"])
    }

    @Test("A wildcard may match nothing, and an empty file is an empty list")
    func nothing() {
        let loaded = load("watch:\n  files: [watch.d/*.yml, none/*/x.yml]\n")
        #expect(texts(loaded.faults) == [])
        #expect(names(loaded) == [])
        #expect(texts(loaded.warnings) == ["config.yml:2:3: no function is watched: the list is empty"])
        directory.write("watch.d/empty.yml", "")
        directory.write("watch.d/comment.yml", "# nothing yet\n")
        directory.write("watch.d/list.yml", "[]\n")
        #expect(load("watch: {files: [watch.d/*.yml]}").badWatchFiles.isEmpty)
    }

    @Test("A file named without a wildcard must be there and be right")
    func named() {
        let missing = load("watch: {files: [a.yml, watch.d/*.yml]}")
        #expect(texts(missing.faults) == ["config.yml:1:17: the watch file a.yml does not exist"])
        directory.write("a.yml", "functions: []\n")
        directory.write("b.yml", "- x: 1\n  urn: nonsense\n")
        let bad = load("watch: {files: [b.yml, a.yml]}\npoll: {retries: x}\n")
        #expect(bad.configuration == nil)
        #expect(
            texts(bad.faults) == [
                "config.yml:2:17: retries: expected a whole number from 0 to 100, found 'x'",
                "a.yml:1:1: watch file: expected a list, found a mapping",
                "b.yml:1:3: unknown key 'x', expected one of urn, interval, expect, labels, account",
                "b.yml:2:8: 'nonsense' is no function URN: expected 7 or 8 fields"
                    + " (urn:fss:REGION:PROJECT:function:PACKAGE:NAME[:VERSION|:!ALIAS]), found 1",
            ])
    }

    @Test("A bad file found by a wildcard is left out at start, and keeps its last good entries later")
    func lastGood() {
        let config = "watch: {files: [watch.d/*.yml]}\n"
        directory.write("watch.d/a.yml", "- \(urn("a1"))\n- \(urn("a2"))\n")
        directory.write("watch.d/b.yml", "- oops\n")
        let start = load(config)
        #expect(names(start) == ["a1", "a2"])
        #expect(texts(start.faults) == [])
        #expect(
            start.badWatchFiles.mapValues { texts($0) } == [
                directory.path + "/watch.d/b.yml": [
                    "watch.d/b.yml:1:3: 'oops' is no function URN: expected 7 or 8 fields"
                        + " (urn:fss:REGION:PROJECT:function:PACKAGE:NAME[:VERSION|:!ALIAS]), found 1"
                ]
            ])
        directory.write("watch.d/a.yml", "- \(urn("new"))\n- [\n")
        directory.write("watch.d/b.yml", "- \(urn("b"))\n")
        let later = load(config, previous: start.configuration)
        #expect(names(later) == ["a1", "a2", "b"])
        #expect(texts(Array(later.badWatchFiles.keys)) == ["watch.d/a.yml"])
        directory.delete("watch.d/a.yml")
        #expect(names(load(config, previous: later.configuration)) == ["b"])
    }

    @Test("Kept entries are asked for by the accounts of now, and dropped where none answers")
    func keptAccounts() {
        directory.write("watch.d/a.yml", "- \(urn("a"))\n")
        let start = load("watch: {files: [watch.d/*.yml]}\n")
        directory.write("watch.d/a.yml", "oops\n")
        let renamed =
            "accounts: [{name: other, projects: [p], auth: {environment: {}}}]\nwatch: {files: [watch.d/*.yml]}"
        #expect(load(renamed, previous: start.configuration).configuration?.watch.functions.map(\.account) == ["other"])
        let gone = "accounts: [{name: other, projects: [p2], auth: {environment: {}}}]\nwatch: {files: [watch.d/*.yml]}"
        #expect(names(load(gone, previous: start.configuration)) == [])
    }

    @Test("A file that cannot be read is a bad one, not an end of everything")
    func unreadable() {
        directory.write("watch.d/ok.yml", "- \(urn("a"))\n")
        directory.link("watch.d/dangling.yml", to: "nowhere")
        let loaded = load("watch: {files: [watch.d/*.yml]}\n")
        #expect(names(loaded) == ["a"])
        #expect(loaded.badWatchFiles.values.map { texts($0) } == [["watch.d/dangling.yml: does not exist"]])
    }

    @Test("A function that is listed twice counts once: the list, then the files by path; other settings are a warning")
    func duplicates() {
        directory.write(
            "watch.d/b.yml",
            "- {urn: \"\(urn("a"))\", interval: 30s, labels: {x: y}}\n- {urn: \"\(urn("b"))\", expect: []}\n- \(urn("c"))\n"
        )
        directory.write("watch.d/a.yml", "- \(urn("b"))\n- \(urn("c"))\n")
        let loaded = load("watch: {files: [watch.d/*.yml], functions: [\"\(urn("a"))\"]}\n")
        #expect(names(loaded) == ["a", "b", "c"])
        #expect(loaded.configuration?.watch.functions.map(\.interval) == Array(repeating: .seconds(60), count: 3))
        #expect(
            texts(loaded.warnings) == [
                "watch.d/b.yml:1:3: urn:fss:r:p:function:d:a:v1 is listed at config.yml:1:45 already, which counts;"
                    + " differing: interval, labels",
                "watch.d/b.yml:2:3: urn:fss:r:p:function:d:b:v1 is listed at watch.d/a.yml:1:3 already, which counts;"
                    + " differing: expect",
            ])
    }

    @Test("latest never has a snapshot: a warning, whether it is written out or not")
    func latest() {
        directory.write("a.yml", "- urn:fss:r:p:function:d:f:latest\n")
        let loaded = load("watch:\n  functions:\n  - {urn: \"urn:fss:r:p:function:d:f\"}\n  files: [a.yml]\n")
        #expect(names(loaded) == ["f"])
        #expect(
            texts(loaded.warnings) == [
                "config.yml:3:11: latest never has a snapshot: list a published version of urn:fss:r:p:function:d:f",
                "a.yml:1:3: latest never has a snapshot: list a published version of urn:fss:r:p:function:d:f",
            ])
    }

    @Test("Watch files are read anew against the text that is in force, whatever config.yml says by now")
    func reloadWatchFiles() {
        directory.write("watch.d/a.yml", "- \(urn("a"))\n")
        let path = directory.write("config.yml", "watch: {files: [watch.d/*.yml]}\n")
        let loader = ConfigurationLoader(path: path, environment: [:])
        let inForce = loader.load(previous: nil)
        directory.write("config.yml", "broken: [\n")
        directory.write("watch.d/b.yml", "- \(urn("b"))\n")
        #expect(names(loader.reloadWatchFiles(inForce)) == ["a", "b"])
        #expect(inForce.configuration.map { texts(loader.watchFiles($0)) } == ["watch.d/a.yml", "watch.d/b.yml"])
    }

    @Test("Wildcards in the directory's own name are no wildcards")
    func escapedDirectory() {
        directory.write("odd[1]*/watch.d/a.yml", "- \(urn("a"))\n")
        let path = directory.write("odd[1]*/config.yml", "watch: {files: [watch.d/?.yml]}\n")
        #expect(names(ConfigurationLoader(path: path, environment: [:]).load(previous: nil)) == ["a"])
    }
}

import Glibc
import Settings
import Testing
import YAML

/// What `check` warns of because the unit's user may not be able to read it.
@Suite struct ReadabilityTests {
    let directory = TemporaryDirectory()
    private static let itself = "others cannot read it, and the unit runs as a user of its own"

    private func closed(_ name: String) -> String {
        "others cannot read it (the directory \(name) is closed to them), and the unit runs as a user of its own"
    }

    /// The warnings and the hints, with the directory's own path left out.
    private func found(
        _ config: String, mode: mode_t = 0o644, more: [String] = [], environment: [String: String] = [:]
    ) -> (warnings: [String], hints: [String]) {
        // Directories of this kind are made for their owner alone.
        unsafe chmod(directory.path, 0o755)
        let path = directory.write("config.yml", config, mode: mode)
        let loaded = ConfigurationLoader(path: path, environment: [:]).load(previous: nil)
        #expect(loaded.faults.isEmpty)
        let found = loaded.readability(environment: environment, more: more)
        func texts(_ faults: [Fault]) -> [String] {
            faults.map { "\($0)".replacing(directory.path + "/", with: "") }
        }
        return (texts(found.warnings), texts(found.hints))
    }

    @Test("What others cannot read is warned of, but not what systemd handed over")
    func files() {
        let hidden = directory.write("keys/hidden", "x", mode: 0o600)
        let open = directory.write("keys/open", "x")
        let credential = directory.write("credentials/c", "x", mode: 0o600)
        directory.write("watch.d/a.yml", "[]\n", mode: 0o640)
        directory.write("watch.d/b.yml", "[]\n")
        let found = found(
            """
            accounts:
            - {name: a, projects: [p1], auth: {token: {file: \(hidden)}}}
            - {name: b, projects: [p2], auth: {token: {file: \(open)}}}
            - {name: c, projects: [p3], auth: {token: {file: \(credential)}}}
            watch: {files: [watch.d/*.yml]}
            """, environment: ["CREDENTIALS_DIRECTORY": directory.path + "/credentials"])
        #expect(
            found.warnings == [
                "config.yml:2:50: token: others cannot read keys/hidden, and the unit runs as a user of its own",
                "watch.d/a.yml: \(Self.itself)",
            ])
        #expect(found.hints == [])
    }

    @Test("A file that all may read is out of reach in a directory that others may not pass, however far above")
    func directories() {
        let secret = directory.write("closed/below/secret", "x")
        let searchable = directory.write("searchable/secret", "x")
        unsafe chmod(directory.path + "/closed", 0o700)
        // Passing needs no right to list.
        unsafe chmod(directory.path + "/searchable", 0o711)
        let found = found(
            """
            accounts:
            - {name: a, projects: [p1], auth: {token: {file: \(secret)}}}
            - {name: b, projects: [p2], auth: {token: {file: \(searchable)}}}
            watch: {files: []}
            """)
        #expect(found.warnings == [])
        #expect(
            found.hints == [
                "config.yml:2:50: token: others cannot read closed/below/secret (the directory closed is closed to them),"
                    + " and the unit runs as a user of its own"
            ])
    }

    @Test("Where a link leads counts, and the way to the link too")
    func links() {
        directory.write("closed/secret", "x")
        directory.write("open/secret", "x")
        directory.link("open/inward", to: "../closed/secret")
        directory.link("closed/outward", to: "../open/secret")
        unsafe chmod(directory.path + "/closed", 0o700)
        let paths = ["open/inward", "closed/outward", "open/secret", "none/at/all"].map { directory.path + "/" + $0 }
        #expect(
            found("watch: {files: []}\n", more: paths).hints == [
                "open/inward: \(closed("closed"))", "closed/outward: \(closed("closed"))",
            ])
    }

    @Test("The configuration, the CA file and the web configuration are looked at as well")
    func more() {
        directory.write("ca.pem", "x", mode: 0o640)
        let web = directory.write("web.yml", "{}", mode: 0o600)
        #expect(
            found("tls: {ca_file: ca.pem}\nwatch: {files: []}\n", mode: 0o600, more: [web]).hints == [
                "config.yml: \(Self.itself)", "ca.pem: \(Self.itself)", "web.yml: \(Self.itself)",
            ])
        #expect(
            found(
                "watch: {files: []}\n", more: [web], environment: ["CREDENTIALS_DIRECTORY": directory.path]
            ).hints == [])
    }
}

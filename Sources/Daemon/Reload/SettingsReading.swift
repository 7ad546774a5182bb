import Endpoint
import NIOSSL
import Settings
import YAML

/// Everything that was read at one moment, with every fault of it.
struct SettingsReading: Sendable {
    let loaded: LoadedConfiguration
    /// By account name; complete where there are no faults.
    var secrets: [String: AccountSecrets] = [:]
    /// Trusted besides the system's roots; empty without `tls.ca_file`.
    var authorities: [NIOSSLCertificate] = []
    /// The web side; `none` without `--web.config.file`.
    var security: WebSecurity = .none
    /// All faults, in the order they were found.
    private(set) var faults: [Fault] = []
    /// Whether time can mend all of them: a missing secret or certificate, not a file's text.
    private(set) var isMendable = true
    /// What stops nothing.
    var warnings: [Fault]
    /// When the first file was opened: the moment of ``FileWatch/moment()``.
    var since = Int64.max
    /// Credentials that only the unit sees.
    var notChecked: [Fault] = []
    /// Watch and secret files: a change of one is noticed by itself.
    var watchedFiles: Set<String> = []
    /// Where wildcards look for watch files.
    var watchedDirectories: Set<String> = []
    /// The web configuration and its certificates.
    var watchedWebFiles: Set<String> = []

    init(loaded: LoadedConfiguration) {
        self.loaded = loaded
        warnings = loaded.warnings
    }

    /// Notes a fault.
    mutating func report(_ fault: Fault, isMendable: Bool) {
        faults.append(fault)
        if !isMendable { self.isMendable = false }
    }

    /// Every path whose change is noticed.
    var watchedPaths: Set<String> { watchedFiles.union(watchedDirectories).union(watchedWebFiles) }

    /// The configuration, if nothing is wrong.
    var configuration: Configuration? { faults.isEmpty ? loaded.configuration : nil }
}

import Endpoint
import FunctionGraph
import Glibc
import NIOSSL
import Settings
import YAML

/// Reads everything a start or a reload needs: configuration, watch files, secrets, web configuration, certificates.
///
/// Blocking, so it is used from the thread pool only; nothing here touches the network. `serve`, `check` and `query`
/// read the same way, so that they agree.
struct SettingsSource: Sendable {
    let configPath: String
    let webConfigPath: String?
    let environment: [String: String]

    /// Reads all of it. - Parameter previous: What is in force: a bad watch file keeps its entries of then.
    func read(previous: Configuration?) -> SettingsReading {
        let loader = ConfigurationLoader(path: configPath, environment: environment)
        let since = FileWatch.moment()
        return complete(loader.load(previous: previous), since)
    }

    /// Reads watch files, secrets and the web side anew, against the configuration in force.
    func readAgain(_ inForce: SettingsReading) -> SettingsReading {
        let loader = ConfigurationLoader(path: configPath, environment: environment)
        let since = FileWatch.moment()
        return complete(loader.reloadWatchFiles(inForce.loaded), since)
    }

    private func complete(_ loaded: LoadedConfiguration, _ since: Int64) -> SettingsReading {
        var reading = SettingsReading(loaded: loaded)
        reading.since = since
        reading.watchedFiles = Set(loaded.readFiles.dropFirst())
        reading.watchedDirectories = Set(loaded.watchedDirectories)
        for fault in loaded.faults { reading.report(fault, isMendable: loaded.fileFaults.contains(fault)) }
        readSecrets(&reading)
        readAuthorities(&reading)
        readWeb(&reading)
        return reading
    }

    /// The authorities of `tls.ca_file`, read here so that a changed file is noticed and a bad one refused.
    private func readAuthorities(_ reading: inout SettingsReading) {
        guard let path = reading.loaded.configuration?.tls.caFile else { return }
        reading.watchedFiles.insert(path)
        func fault(_ message: String) -> Fault {
            Fault(file: configPath, mark: reading.loaded.authoritiesMark, message: "ca_file: \(message)")
        }
        do throws(SmallTextFile.Failure) {
            guard let text = try SmallTextFile.read(path, bytesMax: 1 << 20) else {
                return reading.report(fault("'\(path)': no such file"), isMendable: true)
            }
            guard let authorities = try? NIOSSLCertificate.fromPEMBytes(Array(text.utf8)), !authorities.isEmpty else {
                return reading.report(fault("'\(path)' holds no certificate in PEM form"), isMendable: false)
            }
            reading.authorities = authorities
        } catch {
            reading.report(fault(error.message), isMendable: true)
        }
    }

    // MARK: Secrets

    private func readSecrets(_ reading: inout SettingsReading) {
        let reader = SecretReader(environment: environment)
        var values: [SecretReference: Secret] = [:]
        for use in reading.loaded.secrets {
            if case .file(let path) = use.reference { reading.watchedFiles.insert(path) }
            do throws(SecretFault) {
                values[use.reference] = try reader.read(use.reference)
            } catch {
                let fault = Fault(
                    file: configPath, mark: use.mark,
                    message: "account '\(use.account)': \(use.setting): \(error.message)")
                if error.kind == .notCheckable {
                    reading.notChecked.append(fault)
                } else {
                    reading.report(fault, isMendable: true)
                }
            }
        }
        guard let configuration = reading.loaded.configuration else { return }
        for account in configuration.accounts {
            if let secrets = secrets(of: account, values, &reading) { reading.secrets[account.name] = secrets }
        }
    }

    private func secrets(
        of account: AccountSettings, _ values: [SecretReference: Secret], _ reading: inout SettingsReading
    ) -> AccountSecrets? {
        switch account.auth {
        case .accessKey(let id, let secret, let securityToken):
            guard let id = values[id], let secret = values[secret] else { return nil }
            if let securityToken, values[securityToken] == nil { return nil }
            return .accessKey(
                AccessKey(id: id.reveal(), secret: secret, securityToken: securityToken.flatMap { values[$0] }),
                origin: "access_key")
        case .password(let domain, let user, let password):
            return values[password].map { .password(domain: domain, user: user, password: $0) }
        case .token(let token):
            return values[token].map { .token($0) }
        case .ecsAgency:
            return .metadata(origin: "ecs_agency")
        case .environment:
            return environmentSecrets(of: account, &reading)
        }
    }

    private func environmentSecrets(of account: AccountSettings, _ reading: inout SettingsReading) -> AccountSecrets? {
        do throws(ProfileFault) {
            var profile: String?
            let source = try EnvironmentCredentials.resolve(environment: environment) { path throws(ProfileFault) in
                profile = path
                do throws(SmallTextFile.Failure) {
                    return try SmallTextFile.read(path, bytesMax: 64 * 1024)
                } catch {
                    throw ProfileFault(message: error.message)
                }
            }
            if let profile { reading.watchedFiles.insert(profile) }
            for half in EnvironmentCredentials.halves(environment) {
                reading.warnings.append(
                    Fault(
                        file: configPath, mark: reading.loaded.authMarks[account.name],
                        message: "account '\(account.name)': environment: \(half)"))
            }
            switch source {
            case .accessKey(let key, let origin): return .accessKey(key, origin: "environment (\(origin))")
            case .metadata: return .metadata(origin: "environment (metadata service)")
            }
        } catch {
            reading.report(
                Fault(
                    file: configPath, mark: reading.loaded.authMarks[account.name],
                    message: "account '\(account.name)': environment: \(error.message)"),
                isMendable: !error.isOfText)
            return nil
        }
    }

    // MARK: The web side

    private func readWeb(_ reading: inout SettingsReading) {
        guard let webConfigPath else { return }
        reading.watchedWebFiles.insert(webConfigPath)
        let (loaded, textFaults) = WebConfigurationLoader.load(path: webConfigPath)
        for fault in textFaults { reading.report(fault, isMendable: fault.mark == nil) }
        guard var web = loaded else { return }
        reading.warnings += web.warnings
        for path in [web.tls?.certFile, web.tls?.keyFile, web.tls?.clientCAFile].compactMap(\.self) {
            reading.watchedWebFiles.insert(path)
        }
        if let path = [web.tls?.certFile, web.tls?.keyFile, web.tls?.clientCAFile].compactMap(\.self)
            .first(where: isForeignCredential)
        {
            reading.notChecked.append(
                Fault(file: webConfigPath, mark: nil, message: "\(path) can only be read by the unit's main process"))
            web.tls = nil
        }
        var faults = WebSecurity.inputs(web).map { WebSecurity.faults(of: $0) } ?? []
        if faults.isEmpty {
            do throws(WebSecurityFault) { reading.security = try WebSecurity.make(web) } catch { faults = [error] }
        }
        for fault in faults {
            reading.report(
                Fault(file: webConfigPath, mark: web.marks[fault.field], message: fault.description),
                isMendable: fault.isFileFault)
        }
    }

    /// Whether it lies in systemd's credentials directory and is closed to this process: systemd gives credentials to the
    /// main process of a unit, not to its control processes, such as the `check` of `ExecReload=`.
    private func isForeignCredential(_ path: String) -> Bool {
        guard let directory = environment["CREDENTIALS_DIRECTORY"], !directory.isEmpty,
            path.hasPrefix(directory + "/")
        else { return false }
        return unsafe access(path, R_OK) != 0 && errno == EACCES
    }
}

/// The release and commit of this build. `scripts/stamp` writes the commit here for a release build; a build
/// from a checkout says `unknown`.
enum BuildInformation {
    static let version = "0.1.0"
    static let revision = "unknown"
}

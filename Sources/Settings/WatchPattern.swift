import YAML

/// An element of `watch.files`.
struct WatchPattern {
    let text: String
    let mark: Mark
}

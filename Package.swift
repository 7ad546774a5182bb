// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with: Swift 6 and the upcoming features that the next language
/// version will turn on, no warning tolerated, and unsafe code visible as the word `unsafe`.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "functiongraph-exporter",
    products: [
        .executable(name: "functiongraph-exporter", targets: ["functiongraph-exporter"]),
        .executable(name: "functiongraph-simulator", targets: ["functiongraph-simulator"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // C libraries of the system.
        .systemLibrary(
            name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CCrypt", pkgConfig: "libxcrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The rooms, lowest first; architecture.md says what each is for and may import.
        .target(name: "Systemd", dependencies: ["CSystemd", logging], swiftSettings: strict),
        .target(name: "Exposition", dependencies: ["CZlib"], swiftSettings: strict),
        .target(
            name: "Polling",
            dependencies: [.product(name: "HeapModule", package: "swift-collections")],
            swiftSettings: strict),
        .target(name: "FunctionGraph", dependencies: [crypto, httpTypes], swiftSettings: strict),
        .target(name: "YAML", dependencies: ["CYAML"], swiftSettings: strict),
        .target(name: "Settings", dependencies: ["YAML", "FunctionGraph"], swiftSettings: strict),
        .target(
            name: "Endpoint",
            dependencies: ["CCrypt", nioCore, nioPosix, nioHTTP1, nioSSL, crypto, logging],
            swiftSettings: strict),
        .target(
            name: "Daemon",
            dependencies: [
                "Systemd", "Exposition", "Polling", "FunctionGraph", "YAML", "Settings", "Endpoint",
                asyncHTTPClient, serviceLifecycle, unixSignals, logging, httpTypes,
                nioCore, nioPosix, nioHTTP1, nioSSL,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "functiongraph-exporter",
            dependencies: ["Daemon", "Endpoint", "Systemd", argumentParser, logging],
            swiftSettings: strict),

        // The stand-in for the cloud. It checks signatures with code of its own.
        .target(
            name: "Simulator",
            dependencies: ["YAML", crypto, nioCore, nioPosix, nioHTTP1, logging],
            swiftSettings: strict),
        .executableTarget(
            name: "functiongraph-simulator",
            dependencies: ["Simulator", argumentParser, logging],
            swiftSettings: strict),

        // Tests.
        .testTarget(name: "SystemdTests", dependencies: ["Systemd", logging], swiftSettings: strict),
        .testTarget(name: "ExpositionTests", dependencies: ["Exposition", "CZlib"], swiftSettings: strict),
        .testTarget(name: "PollingTests", dependencies: ["Polling"], swiftSettings: strict),
        .testTarget(
            name: "FunctionGraphTests", dependencies: ["FunctionGraph", httpTypes, crypto],
            resources: [.copy("Resources")], swiftSettings: strict),
        .testTarget(name: "YAMLTests", dependencies: ["YAML"], swiftSettings: strict),
        .testTarget(
            name: "SettingsTests", dependencies: ["Settings", "FunctionGraph"], swiftSettings: strict),
        .testTarget(
            name: "EndpointTests",
            dependencies: ["Endpoint", nioCore, nioPosix, nioHTTP1, nioSSL, logging],
            swiftSettings: strict),
        .testTarget(
            name: "SimulatorTests",
            dependencies: ["Simulator", nioCore, nioPosix, nioHTTP1, logging], swiftSettings: strict),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "Daemon", "Simulator", "YAML", "Settings", "FunctionGraph", "Polling", "Exposition", "Endpoint",
                "Systemd", asyncHTTPClient, httpTypes, logging, nioCore, nioPosix,
                nioHTTP1, nioSSL,
            ],
            swiftSettings: strict),
    ]
)

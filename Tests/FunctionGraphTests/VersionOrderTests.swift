import Testing

@testable import FunctionGraph

@Suite struct VersionOrderTests {
    private func newest(_ versions: [(String, Double?)]) -> String? {
        VersionOrder.newest(of: versions.map { ListedVersion(version: $0.0, lastModifiedUnixSeconds: $0.1) })?.version
    }

    @Test(
        arguments: [
            ([], nil), ([("v1", nil)], "v1"), ([("v2", 20), ("v1", 30)], "v1"), ([("v1", 10), ("v2", 20)], "v2"),
            ([("v1", nil), ("v2", 20)], "v2"), ([("v10", nil), ("v9", nil)], "v10"), ([("v10", 5), ("v9", 5)], "v10"),
            ([("v20240321-081530", nil), ("v20240320-235959", nil)], "v20240321-081530"),
            ([("blue", nil), ("green", nil)], "green"), ([("blue", 5), ("green", 5), ("red", 1)], "green"),
            ([("1.10.0", nil), ("1.9.9", nil)], "1.10.0"), ([("v1", nil), ("v01", nil)], "v01"),
            ([("v1", nil), ("w0", nil)], "w0"),
        ] as [([(String, Double?)], String?)])
    func `time decides, then the numbers of the names, then the listing`(
        _ versions: [(String, Double?)], _ expected: String?
    ) {
        #expect(newest(versions) == expected)
    }
}

import FunctionGraph
import Testing

@Suite struct SnapshotStateTests {
    @Test(arguments: [
        ("enable", SnapshotState.enable), ("disable", .disable), ("creating", .creating),
        ("create_fail", .createFail), ("expire", .expire), ("circuit_breaking", .circuitBreaking),
        (" Enable\n", .enable), ("CREATE_FAIL", .createFail), ("\u{00A0}Expire ", .expire),
        ("enabled", .unknown), ("", .unknown), ("createfail", .unknown), ("unknown", .unknown), ("ｅnable", .unknown),
    ])
    func `states are compared trimmed and without regard to case`(_ answer: String, _ state: SnapshotState) {
        #expect(SnapshotState(answer: answer) == state)
    }

    @Test func `there are six and unknown`() {
        #expect(
            SnapshotState.allCases.map(\.rawValue)
                == ["enable", "disable", "creating", "create_fail", "expire", "circuit_breaking", "unknown"])
    }

    @Test func `texts of an answer are bounded and printable`() {
        let answer = SnapshotAnswer(
            rawState: "x\u{1B}[31m" + String(repeating: "y", count: 100), code: "a\r\nb\u{202E}c", requestID: nil)
        #expect(answer.rawState.unicodeScalars.count == 64)
        #expect(!answer.rawState.contains("\u{1B}"))
        #expect(answer.code == "a bc")
        #expect(answer.state == .unknown)
        #expect(SnapshotAnswer(rawState: "enable", code: " \n", requestID: nil).code == nil)
    }
}

import Exposition
import Testing

/// The text of a small registry with every kind of family, letter for letter.
@Suite("Both forms of a page")
struct FormsTests {
    private static func registry() -> Registry {
        let functions = MetricTable([
            Family(
                "snapshot_state", help: "The state.\nPolled in the \"background\", not \\ now.",
                kind: .stateset(label: "snapshot_state", states: ["enable", "create_fail"])),
            Family("change_timestamp_seconds", help: "When.", kind: .gauge, unit: .seconds),
            Family("changes_total", help: "How often.", kind: .counter),
            Family("function_info", help: "What.", kind: .info),
            Family("response_info", help: "Code.", kind: .textInfo(label: "code")),
            Family("empty_bytes", help: "Nothing.", kind: .gauge, unit: .bytes),
        ])
        let first = functions.insert(
            [Label("function_urn", "urn:a")],
            blocks: [3: [Label("function_urn", "urn:a"), Label("team", "pay \"now\" \\ or\nnever")]])
        let second = functions.insert([Label("function_urn", "urn:b")], blocks: [3: [Label("function_urn", "urn:b")]])
        functions.update { table in
            table.setState(first, 0, 1)
            table.set(first, 1, 1_782_734_567.25)
            table.set(first, 2, 3)
            table.setText(second, 4, "FSS.\"1\"")
            table.add(second, 2, 0)
        }
        let whole = MetricTable([
            Family("cpu_seconds_total", help: "CPU.", kind: .counter, unit: .seconds),
            Family("up_info", help: "Up.", kind: .info),
            Family("last_info", help: "Last.", kind: .textInfo(label: "why")),
            Family("mode", help: "Mode.", kind: .stateset(label: "mode", states: ["on"])),
            Family("wrong_seconds_ago", help: "No unit, the name ends otherwise.", kind: .gauge, unit: .seconds),
        ])
        let row = whole.insert([])
        whole.update { table in
            table.set(row, 0, 0.125)
            table.set(row, 1, 1)
            table.setText(row, 2, "")
            table.setState(row, 3, 0)
            table.set(row, 4, -0.5)
        }
        let durations = HistogramTable(
            "took_seconds", help: "How long.", boundsSeconds: [0.025, 1, 10],
            series: [[], [Label("operation", "list")]])
        durations.observe(0, seconds: 0.025)
        durations.observe(0, seconds: 0.5)
        durations.observe(1, seconds: 60)
        return Registry([functions, whole, durations])
    }

    private static let text = #"""
        # HELP snapshot_state The state.\nPolled in the "background", not \\ now.
        # TYPE snapshot_state gauge
        snapshot_state{function_urn="urn:a",snapshot_state="enable"} 0
        snapshot_state{function_urn="urn:a",snapshot_state="create_fail"} 1
        # HELP change_timestamp_seconds When.
        # TYPE change_timestamp_seconds gauge
        change_timestamp_seconds{function_urn="urn:a"} 1782734567.25
        # HELP changes_total How often.
        # TYPE changes_total counter
        changes_total{function_urn="urn:a"} 3
        changes_total{function_urn="urn:b"} 0
        # HELP function_info What.
        # TYPE function_info gauge
        function_info{function_urn="urn:a",team="pay \"now\" \\ or\nnever"} 1
        function_info{function_urn="urn:b"} 1
        # HELP response_info Code.
        # TYPE response_info gauge
        response_info{function_urn="urn:b",code="FSS.\"1\""} 1
        # HELP empty_bytes Nothing.
        # TYPE empty_bytes gauge
        # HELP cpu_seconds_total CPU.
        # TYPE cpu_seconds_total counter
        cpu_seconds_total 0.125
        # HELP up_info Up.
        # TYPE up_info gauge
        up_info 1
        # HELP last_info Last.
        # TYPE last_info gauge
        last_info{why=""} 1
        # HELP mode Mode.
        # TYPE mode gauge
        mode{mode="on"} 1
        # HELP wrong_seconds_ago No unit, the name ends otherwise.
        # TYPE wrong_seconds_ago gauge
        wrong_seconds_ago -0.5
        # HELP took_seconds How long.
        # TYPE took_seconds histogram
        took_seconds_bucket{le="0.025"} 1
        took_seconds_bucket{le="1.0"} 2
        took_seconds_bucket{le="10.0"} 2
        took_seconds_bucket{le="+Inf"} 2
        took_seconds_count 2
        took_seconds_sum 0.525
        took_seconds_bucket{operation="list",le="0.025"} 0
        took_seconds_bucket{operation="list",le="1.0"} 0
        took_seconds_bucket{operation="list",le="10.0"} 0
        took_seconds_bucket{operation="list",le="+Inf"} 1
        took_seconds_count{operation="list"} 1
        took_seconds_sum{operation="list"} 60

        """#

    private static let openMetrics = #"""
        # HELP snapshot_state The state.\nPolled in the \"background\", not \\ now.
        # TYPE snapshot_state stateset
        snapshot_state{function_urn="urn:a",snapshot_state="enable"} 0
        snapshot_state{function_urn="urn:a",snapshot_state="create_fail"} 1
        # HELP change_timestamp_seconds When.
        # TYPE change_timestamp_seconds gauge
        # UNIT change_timestamp_seconds seconds
        change_timestamp_seconds{function_urn="urn:a"} 1782734567.25
        # HELP changes How often.
        # TYPE changes counter
        changes_total{function_urn="urn:a"} 3
        changes_total{function_urn="urn:b"} 0
        # HELP function What.
        # TYPE function info
        function_info{function_urn="urn:a",team="pay \"now\" \\ or\nnever"} 1
        function_info{function_urn="urn:b"} 1
        # HELP response Code.
        # TYPE response info
        response_info{function_urn="urn:b",code="FSS.\"1\""} 1
        # HELP empty_bytes Nothing.
        # TYPE empty_bytes gauge
        # UNIT empty_bytes bytes
        # HELP cpu_seconds CPU.
        # TYPE cpu_seconds counter
        # UNIT cpu_seconds seconds
        cpu_seconds_total 0.125
        # HELP up Up.
        # TYPE up info
        up_info 1
        # HELP last Last.
        # TYPE last info
        last_info{why=""} 1
        # HELP mode Mode.
        # TYPE mode stateset
        mode{mode="on"} 1
        # HELP wrong_seconds_ago No unit, the name ends otherwise.
        # TYPE wrong_seconds_ago gauge
        wrong_seconds_ago -0.5
        # HELP took_seconds How long.
        # TYPE took_seconds histogram
        # UNIT took_seconds seconds
        took_seconds_bucket{le="0.025"} 1
        took_seconds_bucket{le="1.0"} 2
        took_seconds_bucket{le="10.0"} 2
        took_seconds_bucket{le="+Inf"} 2
        took_seconds_count 2
        took_seconds_sum 0.525
        took_seconds_bucket{operation="list",le="0.025"} 0
        took_seconds_bucket{operation="list",le="1.0"} 0
        took_seconds_bucket{operation="list",le="10.0"} 0
        took_seconds_bucket{operation="list",le="+Inf"} 1
        took_seconds_count{operation="list"} 1
        took_seconds_sum{operation="list"} 60
        # EOF

        """#

    @Test("a page reads as its form wants", arguments: [(ExpositionForm.text, text), (.openMetrics, openMetrics)])
    func golden(form: ExpositionForm, expected: String) {
        #expect(plainText(Self.registry(), form) == expected)
    }

    @Test("the compressed page holds the same", arguments: [(ExpositionForm.text, text), (.openMetrics, openMetrics)])
    func goldenCompressed(form: ExpositionForm, expected: String) {
        #expect(decompressedText(Self.registry(), form) == expected)
    }

    @Test(
        "a page of nothing is empty, or the end alone",
        arguments: [(ExpositionForm.text, ""), (.openMetrics, "# EOF\n")])
    func empty(form: ExpositionForm, expected: String) {
        let registry = Registry([])
        #expect(plainText(registry, form) == expected)
        #expect(decompressedText(registry, form) == expected)
    }

    @Test("a histogram leaves out what is no number and counts a negative one as 0")
    func oddObservations() {
        let table = HistogramTable("a_seconds", help: "A.", boundsSeconds: [1], series: [[]])
        for value in [.nan, -5, 1, .infinity] { table.observe(0, seconds: value) }
        table.observe(1, seconds: 1)
        table.observe(-1, seconds: 1)
        let lines = plainText(Registry([table]), .text).split(separator: "\n").dropFirst(2)
        #expect(
            lines == [
                #"a_seconds_bucket{le="1.0"} 2"#, #"a_seconds_bucket{le="+Inf"} 3"#, "a_seconds_count 3",
                "a_seconds_sum +Inf",
            ])
    }
}

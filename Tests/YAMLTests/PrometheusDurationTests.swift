import Testing
import YAML

@Suite struct PrometheusDurationTests {
    @Test(
        "Durations are read as Prometheus reads them",
        arguments: [
            ("0", Duration.zero), ("0s", .zero), ("90s", .seconds(90)), ("1m30s", .seconds(90)),
            ("5ms", .milliseconds(5)),
            ("1d2h3m4s5ms", .milliseconds(93_784_005)), ("1w", .seconds(604_800)), ("1y", .seconds(31_536_000)),
            ("1y1w", .seconds(32_140_800)),
        ])
    func good(_ text: String, _ duration: Duration) {
        #expect(PrometheusDuration.parse(text) == duration)
    }

    @Test(
        "What Prometheus refuses is refused",
        arguments: [
            "", "1", "s", "1 s", " 1s", "-1s", "+1s", "1.5s", "1s1m", "1s1s", "1M", "1S", "1us", "1ns", "1h1", "1hh",
            "99999999999999999999s", "9223372036854775807y", "300y", "１s",
        ])
    func bad(_ text: String) {
        #expect(PrometheusDuration.parse(text) == nil)
    }

    @Test("Durations are written as they are read", arguments: ["0s", "5ms", "10s", "1m30s", "1d", "7d", "1h1ms"])
    func roundTrip(_ text: String) throws {
        #expect(PrometheusDuration.text(try #require(PrometheusDuration.parse(text))) == text)
    }
}

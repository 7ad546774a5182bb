import Testing

@testable import Endpoint

struct MetricsFormTests {
    private static let text = "text/plain; version=0.0.4; charset=utf-8"
    private static let open1 = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    /// What Prometheus 2.42, Prometheus 3 and browsers send stands among them as sent.
    static let table: [(String, String)] = [
        ("", text), ("*/*", text), ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", text),
        (
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", open1
        ),
        (
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2", open1 + "; escaping=allow-utf-8"
        ),
        (
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
                + "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5", open1
        ),
        ("application/openmetrics-text; version=0.0.1", text), ("application/openmetrics-text", open1),
        ("application/openmetrics-text; version=2.0.0", text),
        ("application/openmetrics-text; version=2.0.0, application/openmetrics-text; version=1.0.0; q=0.1", open1),
        ("text/plain;version=0.0.4, application/openmetrics-text;version=1.0.0;q=0.9", text),
        ("application/openmetrics-text;version=1.0.0;q=0.5, text/plain;version=1.0.0", open1),
        ("application/openmetrics-text;version=1.0.0;q=0", text),
        ("application/openmetrics-text;version=1.0.0;q=0, */*;q=0.1", text),
        ("application/openmetrics-text;version=1.0.0, */*", open1),
        ("application/openmetrics-text;version=1.0.0;q=0.1, */*;q=0.2", text),
        ("text/plain;q=0, application/openmetrics-text;version=1.0.0;q=0.5, */*;q=0.8", open1),
        ("text/plain, application/openmetrics-text;version=1.0.0", text),
        ("application/openmetrics-text;version=1.0.0, text/plain", open1),
        ("application/json", text), ("APPLICATION/OpenMetrics-Text; Version=1.0.0", open1),
        ("application/openmetrics-text; version=\"1.0.0\"", open1),
        ("text/plain;version=0.0.4;escaping=underscores", text + "; escaping=underscores"),
        ("text/plain;version=0.0.4;escaping=values", text + "; escaping=values"),
        ("text/plain;version=0.0.4;escaping=dots", text + "; escaping=underscores"),
        ("text/plain;version=0.0.4;escaping=nonsense", text),
        (";;,,q=1,=,text/plain;q=x", text), ("application/openmetrics-text;version=1.0.0;q=nan", text),
        ("application/openmetrics-text;version=1.0.0;q=2", text),
    ]

    @Test(arguments: table)
    func `the form that is wanted most is the answer`(_ accept: String, _ contentType: String) {
        let form = MetricsForm.negotiate(accept: accept)
        #expect(form.contentType == contentType)
        #expect((form.form == .openMetrics) == contentType.hasPrefix("application/openmetrics-text"))
    }

    static let codings: [(String, Bool)] = [
        ("", false), ("gzip", true), ("GZIP", true), ("x-gzip", true), ("deflate, gzip;q=0.5", true),
        ("gzip;q=0", false),
        ("gzip; q=0.000", false), ("*", true), ("*;q=0", false), ("gzip;q=0, *", false), ("identity", false),
        ("identity, gzip;q=0.5", false), ("identity;q=0.5, gzip", true), ("gzipped", false), ("br, deflate", false),
        ("gzip;q=x", false),
    ]

    @Test(arguments: codings)
    func `gzip is used where it is accepted`(_ field: String, _ isAccepted: Bool) {
        #expect(WebRequest(method: "GET", path: "/", headers: [("Accept-Encoding", field)]).acceptsGzip == isAccepted)
    }

    @Test func `several Accept fields count as one`() {
        let request = WebRequest(
            method: "GET", path: "/",
            headers: [("Accept", "text/plain;q=0.1"), ("accept", "application/openmetrics-text;version=1.0.0")])
        #expect(MetricsForm.negotiate(accept: request.accept).form == .openMetrics)
    }
}

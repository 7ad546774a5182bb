/// The forms of exposition that are spoken.
public enum MetricsForm: Sendable, Hashable {
    /// Prometheus text, version 0.0.4.
    case text
    /// OpenMetrics 1.0.0.
    case openMetrics

    /// Chooses a form by the weights of an `Accept` field.
    ///
    /// Text is what everyone gets who does not ask for OpenMetrics 1.0 by name: no field, `*/*`, browsers. Named versions
    /// that are not spoken, OpenMetrics 0.0.1 among them, count as not there, so that the next best is taken; where nothing fits the answer is text
    /// and never 406, because a scrape in the wrong form says more than none. `escaping` is answered as Prometheus
    /// 3 and client_golang's expfmt do: all our names are legacy names, so `allow-utf-8`, `underscores` and `values`
    /// leave them as they are; `dots` would double their underscores, so it is answered by `underscores`.
    ///
    /// - Parameter accept: all `Accept` fields joined by commas; empty where there is none.
    public static func negotiate(accept: String) -> NegotiatedForm {
        let elements = QualityList(accept).elements
        var openMetrics: (quality: Int, index: Int)?
        var text: (quality: Int, index: Int, precision: Int)?
        for (index, element) in elements.enumerated() {
            switch element.value {
            case "application/openmetrics-text":
                guard ["1.0.0", nil].contains(element.parameter("version")) else { continue }
                guard element.quality > openMetrics?.quality ?? 0 else { continue }
                openMetrics = (element.quality, index)
            case "text/plain", "text/*", "*/*":
                guard ["0.0.4", nil].contains(element.parameter("version")) else { continue }
                let precision = element.value == "text/plain" ? 2 : element.value == "text/*" ? 1 : 0
                if let text, (text.precision, text.quality) >= (precision, element.quality) { continue }
                text = (element.quality, index, precision)
            default: continue
            }
        }
        if let openMetrics, openMetricsWins(openMetrics, over: text) {
            let element = elements[openMetrics.index]
            return NegotiatedForm(
                form: .openMetrics,
                contentType: "application/openmetrics-text; version=1.0.0; charset=utf-8" + escaping(of: element))
        }
        return NegotiatedForm(
            form: .text,
            contentType: "text/plain; version=0.0.4; charset=utf-8" + escaping(of: text.map { elements[$0.index] }))
    }

    private static func openMetricsWins(
        _ openMetrics: (quality: Int, index: Int), over text: (quality: Int, index: Int, precision: Int)?
    ) -> Bool {
        guard let text else { return true }
        guard openMetrics.quality == text.quality else { return openMetrics.quality > text.quality }
        // What is named beats a wildcard of the same weight; of two that are named the first does.
        return text.precision < 2 || openMetrics.index < text.index
    }

    private static func escaping(of element: QualityList.Element?) -> String {
        switch element?.parameter("escaping") {
        case "allow-utf-8": "; escaping=allow-utf-8"
        case "values": "; escaping=values"
        case "underscores", "dots": "; escaping=underscores"
        default: ""
        }
    }
}

import Synchronization

/// A histogram of durations with classic buckets, in a fixed number of series.
public final class HistogramTable: ExpositionBlock {
    private struct Counts: Sendable {
        /// Observations per series and bucket, not accumulated; the last bucket is `+Inf`.
        var buckets: [[UInt64]]
        var sums: [Double]
        var version: UInt64 = 0
    }

    private let name: String
    private let help: String
    private let bounds: [Double]

    /// Per series, the beginning of each bucket's line up to its value, then those of `_count` and `_sum`.
    private let lines: [[[UInt8]]]
    private let counts: Mutex<Counts>

    /// A histogram without observations.
    ///
    /// - Parameters:
    ///   - name: ends with `_seconds`.
    ///   - boundsSeconds: the buckets' upper bounds, ascending, without infinity.
    ///   - series: the label block of each series; a series is known by its position. One empty block: a series without
    ///     labels.
    public init(_ name: String, help: String, boundsSeconds: [Double], series: [[Label]]) {
        self.name = name
        self.help = help
        bounds = boundsSeconds.sorted()
        // OpenMetrics wants `le` as a canonical number, `1.0`, which is how Swift describes one; text takes it too.
        let texts = bounds.map(\.description) + ["+Inf"]
        lines = series.map { labels in
            let plain = labels.isEmpty ? [] : labelBlock(labels) + Array("}".utf8)
            return texts.map {
                Array("\(name)_bucket".utf8) + labelBlock(labels + [Label("le", $0)]) + Array("} ".utf8)
            }
                + ["_count", "_sum"].map { Array("\(name)\($0)".utf8) + plain + Array(" ".utf8) }
        }
        counts = Mutex(
            Counts(
                buckets: Array(repeating: Array(repeating: 0, count: bounds.count + 1), count: series.count),
                sums: Array(repeating: 0, count: series.count)))
    }

    /// Counts one duration. What is no number is left out, what is negative counts as 0.
    public func observe(_ series: Int, seconds: Double) {
        guard lines.indices.contains(series), !seconds.isNaN else { return }
        let value = max(0, seconds)
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        counts.withLock { counts in
            counts.buckets[series][bucket] += 1
            counts.sums[series] += value
            counts.version += 1
        }
    }

    /// For a registry.
    public var pages: BlockPages { BlockPages(block: self) }
}

extension HistogramTable: PagedBlock {
    var familyCount: Int { 1 }

    func mark() -> UInt64 { 0 }

    func pageVersions(family: Int) -> [UInt64] {
        counts.withLock { [$0.version] }
    }

    func render(
        family: Int, page: Int, form: ExpositionForm, mark: UInt64, into writer: inout PageWriter
    ) -> UInt64? {
        guard family == 0, page == 0 else { return nil }
        let now = counts.withLock { $0 }
        writer.write(FamilyHeader(name: name, type: "histogram", help: help, unit: .seconds).bytes(form))
        for series in lines.indices {
            var total: UInt64 = 0
            for bucket in 0...bounds.count {
                total += now.buckets[series][bucket]
                writer.write(lines[series][bucket])
                writer.write(digitsOf: total)
                writer.write(UInt8(ascii: "\n"))
            }
            writer.write(lines[series][bounds.count + 1])
            writer.write(digitsOf: total)
            writer.write(UInt8(ascii: "\n"))
            writer.write(lines[series][bounds.count + 2])
            writer.write(number: now.sums[series])
            writer.write(UInt8(ascii: "\n"))
        }
        return now.version
    }
}

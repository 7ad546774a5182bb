/// Everything that stands on the metrics page, in order, with the cache of its compressed forms.
public final class Registry: Sendable {
    private let blocks: [any PagedBlock]
    private let textCache: PageCache
    private let openMetricsCache: PageCache

    /// A page of these blocks in this order. A family's name may stand in one block only.
    public init(_ blocks: [any ExpositionBlock]) {
        self.blocks = blocks.map(\.pages.block)
        textCache = PageCache(self.blocks, form: .text)
        openMetricsCache = PageCache(self.blocks, form: .openMetrics)
    }

    /// The page as plain text, in pieces that are rendered when they are asked for. A row that is inserted after this
    /// call is not on it; one that is removed is missing from then on; no line is ever torn.
    public func pieces(_ form: ExpositionForm) -> PieceSource {
        PieceSource(blocks, form: form)
    }

    /// The page as one gzip member, in pieces to be sent one after the other. Only what has changed since the last call
    /// is compressed anew. Up to 4 µs of CPU for each KiB that changed: call it off the event loop.
    public func gzip(_ form: ExpositionForm) -> [[UInt8]] {
        switch form {
        case .text: textCache.member()
        case .openMetrics: openMetricsCache.member()
        }
    }
}

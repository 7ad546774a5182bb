/// Families that stand together on the page and are kept together: `MetricTable` and `HistogramTable`.
public protocol ExpositionBlock: Sendable {
    /// How a registry gets at the samples.
    var pages: BlockPages { get }
}

/// What a registry renders of a block. Only the blocks of this module can make one.
public struct BlockPages: Sendable {
    let block: any PagedBlock
}

/// A block as it is rendered: its families in order, each in pages of neighbouring rows. The first page of a family
/// begins with the family's header; a family has at least that page.
protocol PagedBlock: Sendable {
    /// How many families it has.
    var familyCount: Int { get }

    /// The number of rows inserted so far. Rendering with it leaves out the rows that came later, so that a row which
    /// is removed and inserted again elsewhere during a scrape is not there twice.
    func mark() -> UInt64

    /// A version for each page of a family: as long as it stays, so do the bytes of the page.
    func pageVersions(family: Int) -> [UInt64]

    /// Writes one page and returns its version; nil where there is no such page. Where the writer overflows, what was
    /// written must be thrown away.
    func render(family: Int, page: Int, form: ExpositionForm, mark: UInt64, into writer: inout PageWriter) -> UInt64?
}

/// One page of a listing.
public struct ListingPage<Element: Sendable>: Sendable {
    /// The elements that could be read.
    public let elements: [Element]
    /// How many the page held, the unreadable ones included.
    public let size: Int
    /// Where the next page begins; nil where the cloud names none.
    public let nextMarker: Int?
    /// How many there are in all; nil where the cloud does not say.
    public let count: Int?
}

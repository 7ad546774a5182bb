/// A page as it comes: an array under `name`, `next_marker` (a number or its text) and `count`.
private func page<Element: Decodable & Sendable>(_ name: String, _ decoder: any Decoder) throws
    -> ListingPage<Element>
{
    let object = try decoder.container(keyedBy: AnyKey.self)
    guard object.contains(AnyKey(name)) else { throw DecodeFault(message: "the answer has no \(name)") }
    // An empty list may come as null.
    let list = try object.decodeIfPresent(Lossy<Element>.self, forKey: AnyKey(name))
    return ListingPage(
        elements: list?.elements ?? [], size: list?.size ?? 0,
        nextMarker: object.scalar("next_marker").flatMap { Int(Text.trim($0)) },
        count: object.scalar("count").flatMap { Int(Text.trim($0)) })
}

/// The answer to `GET …/fgs/functions`.
struct FunctionsBody: Decodable {
    let page: ListingPage<ListedFunction>
    init(from decoder: any Decoder) throws { page = try FunctionGraph.page("functions", decoder) }
}

/// The answer to `GET …/versions`.
struct VersionsBody: Decodable {
    let page: ListingPage<ListedVersion>
    init(from decoder: any Decoder) throws { page = try FunctionGraph.page("versions", decoder) }
}

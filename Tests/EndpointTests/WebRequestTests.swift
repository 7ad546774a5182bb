import Testing

@testable import Endpoint

struct WebRequestTests {
    static let queries: [(String, [String])] = [
        ("", []), ("a=1&b=2", ["a=1", "b=2"]), ("a", ["a="]), ("a=b=c", ["a=b=c"]), ("a=x+y%20z", ["a=x y z"]),
        ("a=%C3%A9", ["a=é"]), ("a=%ff", ["a=\u{fffd}"]), ("a=%zz%", ["a=%zz%"]), ("&&a=1&", ["a=1"]),
        ("%61=1", ["a=1"]),
        ("=1", ["=1"]),
    ]

    @Test(arguments: queries)
    func `a query is taken apart`(_ query: String, _ pairs: [String]) {
        let request = WebRequest(method: "GET", path: "/", rawQuery: query)
        #expect(request.query.map { "\($0.name)=\($0.value)" } == pairs)
    }

    static let targets: [(String, String?, String)] = [
        ("/", "/", ""), ("/metrics", "/metrics", ""), ("/%6detrics?a", "/metrics", "a"), ("/?", "/", ""),
        ("/a?b?c", "/a", "b?c"), ("http://host/metrics?x=1", "/metrics", "x=1"), ("HTTPS://host", "/", ""),
        ("http://host?x", "/", "x"), ("*", "*", ""), ("http:///x", nil, ""), ("metrics", nil, ""),
        ("ftp://a/", nil, ""),
        ("/%", nil, ""), ("/%1", nil, ""), ("/%zz", nil, ""), ("/%ff", nil, ""), ("//a", "//a", ""),
    ]

    @Test(arguments: targets)
    func `a target is taken apart`(_ target: String, _ path: String?, _ query: String) {
        let read = RequestTarget(target)
        #expect(read?.path == path)
        #expect((read?.rawQuery ?? "") == query)
    }

    static let dates: [(Int, String)] = [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
        (1_709_251_200, "Fri, 01 Mar 2024 00:00:00 GMT"), (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
    ]

    @Test(arguments: dates)
    func `a date is written as HTTP writes it`(_ second: Int, _ text: String) {
        #expect(HTTPDate.text(unixSeconds: second) == text)
    }
}

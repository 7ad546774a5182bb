import FunctionGraph
import Testing

@Suite struct GlobTests {
    @Test(arguments: [
        ("*", ""), ("*", "anything"), ("", ""), ("Java*", "Java11"), ("Java*", "Java"), ("prod-*", "prod-"),
        ("*-prod", "a-prod"), ("a*b*c", "aXXbYYbc"), ("?", "é"), ("v?", "v1"), ("**", "x"), ("a*?", "ab"),
        ("*a*a*a", "aaaa"), ("C#(.NET Core ?.?)", "C#(.NET Core 2.1)"), ("[ab]", "[ab]"),
    ])
    func `the whole text matches`(_ pattern: String, _ text: String) {
        #expect(Glob(pattern).matches(text))
    }

    @Test(arguments: [
        ("", "x"), ("Java*", "java11"), ("Java*", "OpenJava11"), ("?", ""), ("?", "ab"), ("a*?", "a"),
        ("prod", "prod-1"),
        ("*a*b", "ba"), ("[ab]", "a"), ("a.b", "axb"),
    ])
    func `anything else does not`(_ pattern: String, _ text: String) {
        #expect(!Glob(pattern).matches(text))
    }

    @Test func `a hostile pattern takes no exponential time`() {
        #expect(!Glob(String(repeating: "a*", count: 60) + "b").matches(String(repeating: "a", count: 500)))
    }
}

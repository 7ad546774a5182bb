import FunctionGraph
import Settings
import Testing

@Suite struct SecretReaderTests {
    let directory = TemporaryDirectory()

    @Test(
        "A secret is read without the line breaks at its end",
        arguments: ["hunter2", "hunter2\n", "hunter2\r\n", "hunter2\n\n"])
    func read(_ text: String) throws {
        let path = directory.write("secret", text)
        let reader = SecretReader(environment: ["CREDENTIALS_DIRECTORY": directory.path, "SECRET": text])
        #expect(try reader.read(.file(path)).reveal() == "hunter2")
        #expect(try reader.read(.credential("secret")).reveal() == "hunter2")
        #expect(try reader.read(.env("SECRET")).reveal() == "hunter2")
    }

    @Test("Blanks belong to a secret")
    func blanks() throws {
        #expect(try SecretReader(environment: ["S": " a b "]).read(.env("S")).reveal() == " a b ")
    }

    @Test(
        "What cannot be read is told by its place",
        arguments: [
            (SecretReference.env("NONE"), SecretFault.Kind.missing, "the environment variable NONE is not set"),
            (.env("EMPTY"), .missing, "the environment variable EMPTY is empty"),
            (
                .env("LINES"), .unusable,
                "the environment variable LINES holds control characters, expected one line of text"
            ),
            (.file("/nonexistent/secret"), .missing, "the file /nonexistent/secret does not exist"),
            (.file("/"), .missing, "the file / is a directory, expected a file"),
            (.file("/dev/zero"), .unusable, "the file /dev/zero is too large: expected at most 65536 bytes"),
            (.credential("none"), .notCheckable, "the credential none can only be seen within the unit"),
        ])
    func fault(_ reference: SecretReference, _ kind: SecretFault.Kind, _ message: String) {
        let reader = SecretReader(environment: ["EMPTY": "\n", "LINES": "hunter2\nX-Injected: 1"])
        #expect(throws: SecretFault(kind, message)) { try reader.read(reference) }
    }

    @Test("A missing credential within the unit, and bytes that are no text")
    func credentials() {
        let reader = SecretReader(environment: ["CREDENTIALS_DIRECTORY": directory.path])
        #expect(throws: SecretFault(.missing, "the credential none does not exist")) {
            try reader.read(.credential("none"))
        }
        directory.write("binary", [0xFF, 0xFE])
        #expect(throws: SecretFault(.unusable, "the credential binary is not UTF-8 text")) {
            try reader.read(.credential("binary"))
        }
    }
}

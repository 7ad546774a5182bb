/// What is read of a function in a listing. Its environment (`user_data`) is never decoded.
public struct ListedFunction: Sendable, Equatable, Decodable {
    /// With or without version.
    public let urn: FunctionURN
    /// As in `Java11`; empty where the cloud does not say.
    public let runtime: String

    /// A function.
    public init(urn: FunctionURN, runtime: String) {
        self.urn = urn
        self.runtime = runtime
    }

    /// Reads `func_urn` and `runtime`.
    public init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: AnyKey.self)
        guard let text = object.scalar("func_urn") else { throw DecodeFault(message: "the answer has no func_urn") }
        urn = try FunctionURN(text)
        runtime = object.scalar("runtime") ?? ""
    }
}

/// An answer that refuses, with the vendor's code.
struct CloudError: Sendable, Equatable {
    let status: Int
    let code: String
    let message: String
    var shape = ErrorShape.fss

    static func gateway(_ status: Int, _ number: String, _ message: String) -> CloudError {
        CloudError(status: status, code: "APIGW.\(number)", message: message, shape: .apig)
    }

    static func service(_ status: Int, _ number: String, _ message: String) -> CloudError {
        CloudError(status: status, code: "FSS.\(number)", message: message)
    }

    /// A refusal of the credentials, in the words of the gateway.
    static func authentication(_ reason: String) -> CloudError {
        gateway(401, "0301", "Incorrect IAM authentication information: \(reason)")
    }

    static let noSuchAPI = gateway(
        404, "0101", "The API does not exist or has not been published in the environment")
    static let tokenMustBeUpdated = gateway(401, "0307", "The token must be updated.")
    static let notAllowed = gateway(403, "0302", "The IAM user is not allowed to access the API.")
    static let invalidURN = service(400, "1309", "Invalid function urn")
    static let noFunction = service(404, "1051", "Not found the function")
    static let noVersion = service(404, "1052", "Not found the function version")
    static let noAlias = service(404, "1053", "Not found the function alias")
}

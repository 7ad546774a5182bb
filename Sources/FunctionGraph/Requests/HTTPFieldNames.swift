import HTTPTypes

extension HTTPField.Name {
    static let authToken = cloud("X-Auth-Token")
    /// Said outright, because it is signed: the transport must not make one of its own.
    static let signedHost = cloud("Host")
    static let metadataToken = cloud("X-Metadata-Token")
    static let metadataTokenLifetime = cloud("X-Metadata-Token-Ttl-Seconds")
    static let projectID = cloud("X-Project-Id")
    static let requestID = cloud("X-Request-Id")
    static let sdkDate = cloud("X-Sdk-Date")
    static let securityToken = cloud("X-Security-Token")
    static let subjectToken = cloud("X-Subject-Token")

    private static func cloud(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else {
            preconditionFailure("not a field name: \(name)")  // precondition: only called with the literals above
        }
        return name
    }
}

/// Where the cloud is. URLs are `scheme://host[:port][/prefix]` without a slash at the end.
public protocol CloudEndpoints: Sendable {
    /// FunctionGraph of a region.
    func functionGraph(region: String) -> String
    /// IAM of a region, without `/v3`.
    func iam(region: String) -> String
    /// The metadata service of the virtual machine.
    var metadata: String { get }
}

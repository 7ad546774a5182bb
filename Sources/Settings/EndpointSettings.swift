/// Where the cloud is: base URLs without a trailing slash.
public struct EndpointSettings: Sendable, Equatable {
    /// Template for FunctionGraph with `{region}`; nil: the vendor's public endpoints.
    public var functionGraphTemplate: String?
    /// Template for IAM with `{region}`; nil: the vendor's public endpoints.
    public var iamTemplate: String?
    /// The ECS metadata service.
    public var metadata: String = "http://169.254.169.254"
    /// Endpoints of single regions, which go before the templates.
    public var regions: [String: RegionEndpoints] = [:]

    /// The vendor's public endpoints.
    public init() {}

    /// The base URL of FunctionGraph in a region.
    public func functionGraph(region: String) -> String {
        if let url = regions[region]?.functionGraph { return url }
        let template = functionGraphTemplate ?? "https://functiongraph.{region}.\(Self.domain(of: region))"
        return template.replacing("{region}", with: region)
    }

    /// The base URL of IAM in a region.
    public func iam(region: String) -> String {
        if let url = regions[region]?.iam { return url }
        if let iamTemplate { return iamTemplate.replacing("{region}", with: region) }
        guard Self.iamRegions.contains(region) else { return "https://iam.myhuaweicloud.com" }
        return "https://iam.\(region).\(Self.domain(of: region))"
    }

    /// The European cloud has a domain of its own.
    private static func domain(of region: String) -> String {
        region == "eu-west-101" ? "myhuaweicloud.eu" : "myhuaweicloud.com"
    }

    /// Regions with an IAM endpoint of their own. Source: `huaweicloudsdkcore/auth/endpoint.py` of the vendor's Python
    /// SDK; and eu-west-101, which is a cloud apart.
    private static let iamRegions: Set<String> = [
        "cn-north-1", "cn-north-2", "cn-north-4", "cn-north-9", "cn-north-12", "cn-east-2", "cn-east-3", "cn-east-4",
        "cn-east-5", "cn-south-1", "cn-south-2", "cn-southwest-2", "ap-southeast-1", "ap-southeast-2",
        "ap-southeast-3", "ap-southeast-4", "af-south-1", "sa-brazil-1", "la-south-2", "la-north-2", "na-mexico-1",
        "eu-west-0", "my-kualalumpur-1", "ru-moscow-1", "me-east-1", "ae-ad-1", "tr-west-1", "eu-west-101",
    ]
}

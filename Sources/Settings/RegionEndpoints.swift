/// The endpoints of one region, where they differ from the templates.
public struct RegionEndpoints: Sendable, Equatable {
    /// Base URL of FunctionGraph.
    public var functionGraph: String?
    /// Base URL of IAM.
    public var iam: String?

    /// The endpoints of a region; nil: by the template.
    public init(functionGraph: String?, iam: String?) {
        self.functionGraph = functionGraph
        self.iam = iam
    }
}

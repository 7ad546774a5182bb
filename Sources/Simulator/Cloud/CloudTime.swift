/// One moment on both clocks of the cloud.
struct CloudTime: Sendable, Equatable {
    /// Of a clock that nobody sets.
    var monotonicNanoseconds: Int64
    /// The cloud's wall clock, its skew included.
    var unixSeconds: Double
}

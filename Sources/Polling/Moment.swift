/// A moment on the daemon's monotonic clock. The room never reads a clock; it is told the time.
public struct Moment: Sendable, Hashable, Comparable {
    /// Nanoseconds since an origin that the caller chooses and keeps.
    public var nanoseconds: Int64

    /// A moment so many nanoseconds after the caller's origin.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The moment that lies `duration` after `moment`.
    public static func + (moment: Moment, duration: Duration) -> Moment {
        Moment(nanoseconds: moment.nanoseconds + duration.wholeNanoseconds)
    }

    /// How long after `earlier` the moment `later` lies; negative if it lies before it.
    public static func - (later: Moment, earlier: Moment) -> Duration {
        .nanoseconds(later.nanoseconds - earlier.nanoseconds)
    }

    /// The order of time.
    public static func < (left: Moment, right: Moment) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

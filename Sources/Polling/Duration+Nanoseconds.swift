extension Duration {
    /// Whole nanoseconds, rounded towards zero. Inside this room times are `Int64`: a `Duration` is 128 bits wide,
    /// and a hundred thousand rows hold five times each.
    var wholeNanoseconds: Int64 {
        let parts = components
        return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    }
}

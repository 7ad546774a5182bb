extension Duration {
    /// The length in seconds.
    var seconds: Double {
        let parts = components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }

    /// Seconds for a person: `0.012 s`, `4.2 s`, `3 min`, `2 h 5 min`, `4 d 2 h`.
    var forPeople: String {
        let total = seconds
        if total < 1 { return "\((total * 1000).rounded() / 1000) s" }
        if total < 60 { return "\((total * 10).rounded() / 10) s" }
        let minutes = Int(total / 60)
        if minutes < 60 { return "\(minutes) min" }
        let hours = minutes / 60
        if hours < 48 { return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(minutes % 60) min" }
        return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
    }
}

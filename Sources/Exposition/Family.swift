/// A metric family: what stands in its header, and of what kind its samples are.
public struct Family: Sendable, Equatable {
    /// What the samples of a family are.
    public enum Kind: Sendable, Equatable {
        /// A value that goes up and down.
        case gauge

        /// A value that only goes up; the name ends with `_total`.
        case counter

        /// The constant 1 on a label block; the name ends with `_info`.
        case info

        /// The constant 1 with one more label whose text changes; the name ends with `_info`.
        case textInfo(label: String)

        /// One series for each state, of which one is 1 and the others are 0. OpenMetrics wants the label named like
        /// the family. At most 255 states.
        case stateset(label: String, states: [String])
    }

    /// The unit that `# UNIT` names in OpenMetrics.
    public enum Unit: String, Sendable {
        /// No unit is named.
        case none

        /// The name (without `_total`) ends with `_seconds`.
        case seconds

        /// The name (without `_total`) ends with `_bytes`.
        case bytes
    }

    /// The name in the text form, which is that of the samples: counters with `_total`, infos with `_info`.
    public let name: String

    /// What the value means, in one sentence.
    public let help: String

    /// Of what kind the samples are.
    public let kind: Kind

    /// The unit.
    public let unit: Unit

    /// A family of samples.
    public init(_ name: String, help: String, kind: Kind, unit: Unit = .none) {
        self.name = name
        self.help = help
        self.kind = kind
        self.unit = unit
    }

    /// The header in a form.
    func header(_ form: ExpositionForm) -> [UInt8] {
        switch kind {
        case .gauge: FamilyHeader(name: name, type: "gauge", help: help, unit: unit).bytes(form)
        case .counter:
            FamilyHeader(name: name, type: "counter", suffix: "_total", help: help, unit: unit).bytes(form)
        case .info, .textInfo:
            FamilyHeader(name: name, type: "info", textType: "gauge", suffix: "_info", help: help, unit: .none)
                .bytes(form)
        case .stateset:
            FamilyHeader(name: name, type: "stateset", textType: "gauge", help: help, unit: .none).bytes(form)
        }
    }
}

import Exposition

/// `functiongraph_account_*`, one row per account.
struct AccountMetrics: Sendable {
    private let rows = KeyedRows<String>(
        [
            Family(
                "functiongraph_account_paused",
                help: "1 while the account's polls pause because its credentials were refused.", kind: .gauge),
            Family(
                "functiongraph_account_credentials_expiry_timestamp_seconds",
                help: "Soonest end of the account's token or temporary key, Unix time.", kind: .gauge, unit: .seconds),
        ],
        labels: { [Label(name: "account", value: $0)] })

    var table: MetricTable { rows.table }

    /// Whether the account is paused.
    func set(_ account: String, paused: Bool) {
        rows.update(account) { update, row in update.set(row, 0, paused ? 1 : 0) }
    }

    /// When its credentials end; `nil` where they do not.
    func set(_ account: String, expiryUnixSeconds: Double?) {
        rows.update(account) { update, row in
            guard let expiryUnixSeconds else { return update.clear(row, 1) }
            update.set(row, 1, expiryUnixSeconds)
        }
    }

    /// Forgets accounts that are configured no more.
    func keep(only accounts: Set<String>) { rows.keep(only: accounts) }
}

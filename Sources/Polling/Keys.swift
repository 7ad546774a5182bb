/// The number of a watched function; handed out by the daemon from 0 on, dense, reused after removal.
public typealias RowKey = Int

/// The number of an account; handed out by the daemon from 0 on, dense, reused after removal.
public typealias AccountKey = Int

/// The number of a project in a region; handed out by the daemon from 0 on, dense, reused after removal.
public typealias ProjectKey = Int

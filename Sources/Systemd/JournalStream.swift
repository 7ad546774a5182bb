import Glibc

/// Whether standard error is a stream to the journal: `$JOURNAL_STREAM` names the device and inode of descriptor 2.
/// The variable alone proves nothing, because a child whose standard error was redirected inherits it too
/// (systemd.exec(5)).
public func stderrIsJournal() -> Bool {
    guard let value = unsafe getenv("JOURNAL_STREAM") else { return false }
    return unsafe isJournalStream(String(cString: value), fd: STDERR_FILENO)
}

/// Whether `DEVICE:INODE`, both decimal, is what the descriptor refers to.
func isJournalStream(_ value: String, fd: Int32) -> Bool {
    let parts = value.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let device = UInt64(parts[0]), let inode = UInt64(parts[1]) else { return false }
    var status = stat()
    guard unsafe fstat(fd, &status) == 0 else { return false }
    return UInt64(status.st_dev) == device && UInt64(status.st_ino) == inode
}

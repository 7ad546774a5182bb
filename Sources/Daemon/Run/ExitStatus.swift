/// How the program ends; systemd is told not to restart on ``usage`` and ``configuration``.
public enum ExitStatus: Int32, Sendable {
    /// Stopped as asked.
    case success = 0
    /// What time can mend: an address in use, a secret or certificate missing, failed while running.
    case failure = 1
    /// A wrong command line (`EX_USAGE` of sysexits.h).
    case usage = 64
    /// What is wrong in a file's text (`EX_CONFIG` of sysexits.h).
    case configuration = 78
}

import CSystemd
import Glibc

/// Where encoded records go in the end. Both ways may wait as long as the reader is stuck: only the queue's own thread
/// calls them.
enum LogOutput {
    /// One entry through `sd_journal_sendv(3)`. It returns 0 even where there is no journal, so its result says nothing.
    static func sendToJournal(_ record: EncodedRecord) {
        var bytes = record.bytes
        unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            var start = 0
            var vectors: [iovec] = unsafe []
            unsafe vectors.reserveCapacity(record.fieldEnds.count)
            for end in record.fieldEnds {
                unsafe vectors.append(iovec(iov_base: base + start, iov_len: end - start))
                start = end
            }
            _ = unsafe sd_journal_sendv(vectors, Int32(vectors.count))
        }
    }

    /// A whole line to a descriptor; ends early only where the descriptor reports an error.
    static func write(_ record: EncodedRecord, to fd: Int32) {
        unsafe record.bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            var written = 0
            while written < buffer.count {
                let count = unsafe Glibc.write(fd, base + written, buffer.count - written)
                if count >= 0 {
                    written += count
                } else if errno == EAGAIN {
                    // Standard error may share its open file with a program that made it non-blocking.
                    var ready = pollfd(fd: fd, events: Int16(POLLOUT), revents: 0)
                    _ = unsafe poll(&ready, 1, -1)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}

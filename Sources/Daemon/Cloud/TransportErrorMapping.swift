import AsyncHTTPClient
import FunctionGraph
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// From the errors of AsyncHTTPClient and NIO to our reasons. Each row was provoked against a real server.
enum TransportErrorMapping {
    /// The answer's body was larger than it may be.
    static func bodyTooLarge(limit: Int, head: CloudResponse) -> TransportError {
        TransportError(reason: .decode, message: "answer larger than \(limit) bytes", head: head)
    }

    /// The reason and one line of text for whatever the client throws.
    static func map(_ error: any Error) -> TransportError {
        switch error {
        case let error as TransportError: return error
        case let error as HTTPClientError: return map(error)
        case let error as NIOConnectionError: return map(error)
        case let error as IOError:
            return TransportError(reason: .connect, message: text(errno: error.errnoCode))
        case let error as ChannelError: return map(error)
        case is NIOSSLExtraError:
            return TransportError(reason: .tls, message: "the certificate is for another host name")
        case let error as NIOSSLError: return map(error)
        case let error as BoringSSLError:
            return TransportError(reason: .tls, message: "TLS: \(tlsWords("\(error)"))")
        case is HTTPParserError:
            // Closed in the middle of the body, or bytes that are no HTTP: no whole answer came.
            return TransportError(reason: .connect, message: "closed before a whole answer, or no HTTP: \(error)")
        case is CancellationError:
            return TransportError(reason: .cancelled, message: "ended by us")
        case is NIOTooManyBytesError:
            return TransportError(reason: .decode, message: "answer too large")
        default:
            return TransportError(reason: .connect, message: "\(type(of: error)): \(error)")
        }
    }

    private static func map(_ error: HTTPClientError) -> TransportError {
        let reason: FailureReason
        switch error {
        case .cancelled, .alreadyShutdown: reason = .cancelled
        case .deadlineExceeded, .readTimeout, .writeTimeout, .connectTimeout, .getConnectionFromPoolTimeout,
            .tlsHandshakeTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
            reason = .timeout
        default: reason = .connect
        }
        return TransportError(reason: reason, message: text(error))
    }

    /// What it means to whoever reads it at night.
    private static func text(_ error: HTTPClientError) -> String {
        switch error {
        case .deadlineExceeded, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout:
            "no whole answer within the time of a request"
        case .connectTimeout: "connect timed out"
        case .tlsHandshakeTimeout: "the TLS handshake timed out"
        case .httpProxyHandshakeTimeout: "the proxy did not answer in time"
        case .proxyAuthenticationRequired: "the proxy wants a password (407)"
        case .invalidProxyResponse: "the proxy refused to connect"
        case .remoteConnectionClosed: "closed before a whole answer"
        case .cancelled, .alreadyShutdown: "ended by us"
        default: error.shortDescription
        }
    }

    private static func map(_ error: NIOConnectionError) -> TransportError {
        if error.connectionErrors.isEmpty, error.dnsAError != nil || error.dnsAAAAError != nil {
            return TransportError(reason: .dns, message: "\(error.host): the name has no address")
        }
        guard let first = error.connectionErrors.first?.error else {
            return TransportError(reason: .connect, message: "cannot connect to \(error.host):\(error.port)")
        }
        if case .connectTimeout = first as? ChannelError {
            return TransportError(reason: .timeout, message: "\(error.host):\(error.port): connect timed out")
        }
        let detail = (first as? IOError).map { text(errno: $0.errnoCode) } ?? "\(first)"
        return TransportError(reason: .connect, message: "\(error.host):\(error.port): \(detail)")
    }

    private static func map(_ error: ChannelError) -> TransportError {
        if case .connectTimeout = error { return TransportError(reason: .timeout, message: "connect timed out") }
        return TransportError(reason: .connect, message: "the connection was closed")
    }

    private static func map(_ error: NIOSSLError) -> TransportError {
        switch error {
        case .handshakeFailed(let cause):
            return TransportError(reason: .tls, message: "TLS: \(tlsWords("\(cause)"))")
        case .uncleanShutdown:
            return TransportError(reason: .connect, message: "closed before a whole answer")
        default:
            return TransportError(reason: .tls, message: "TLS: \(tlsWords("\(error)"))")
        }
    }

    /// BoringSSL's word for what went wrong, out of `Error: 268435703 error:100000f7:SSL
    /// routines:OPENSSL_internal:WRONG_VERSION_NUMBER at FILE:LINE`, and what it means where that is known. The rest is
    /// of no use to an operator.
    private static func tlsWords(_ text: String) -> String {
        let word = text.ranges(of: "OPENSSL_internal:").first.map { text[$0.upperBound...].prefix { $0.isTLSWord } }
        switch word {
        case "CERTIFICATE_VERIFY_FAILED":
            return "certificate verification failed: unknown authority, or expired, or not valid yet"
        case "WRONG_VERSION_NUMBER": return "the other side does not speak TLS here (WRONG_VERSION_NUMBER)"
        case "UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION":
            return "no TLS version that both sides allow (\(word ?? ""))"
        case let word? where !word.isEmpty: return String(word)
        default: break
        }
        if text.contains("EOF") { return "the other side closed during the handshake" }
        return text.contains("/") ? "handshake failed" : text
    }

    private static func text(errno: CInt) -> String {
        switch errno {
        case 111: "connection refused"
        case 113: "no route to host"
        case 101: "network is unreachable"
        case 104: "connection reset before a whole answer"
        case 32: "connection closed while sending"
        default: "connection failed, errno \(errno)"
        }
    }
}

extension Character {
    /// Of BoringSSL's names of errors.
    fileprivate var isTLSWord: Bool { isASCII && (isUppercase || isNumber || self == "_") }
}

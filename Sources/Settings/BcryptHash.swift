/// The form of a bcrypt hash: `$2y$CC$` and 53 characters of salt and hash.
public enum BcryptHash {
    /// The cost, 4 to 31; nil if the text is no bcrypt hash that crypt(3) computes rightly (`$2x$` is the flawed one).
    public static func cost(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 60, text.hasPrefix("$2"), "aby".utf8.contains(bytes[2]), bytes[3] == UInt8(ascii: "$"),
            bytes[6] == UInt8(ascii: "$"), bytes[4...5].allSatisfy({ (0x30...0x39).contains($0) }),
            Printable.isName(String(text.suffix(53)), and: "./", bytesMax: 53)
        else { return nil }
        let cost = Int(bytes[4] - 0x30) * 10 + Int(bytes[5] - 0x30)
        return (4...31).contains(cost) ? cost : nil
    }
}

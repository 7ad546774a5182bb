import FoundationEssentials

/// JSON to a value, with a message that quotes nothing of the body.
enum JSONBody {
    static func decode<Value: Decodable>(_ type: Value.Type, from body: [UInt8]) throws(DecodeFault) -> Value {
        guard !body.isEmpty else { throw DecodeFault(message: "the answer is empty") }
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch let fault as DecodeFault {
            throw fault
        } catch DecodingError.keyNotFound(let key, _) {
            throw DecodeFault(message: "the answer has no \(key.stringValue)")
        } catch DecodingError.dataCorrupted {
            throw DecodeFault(message: "the answer is no JSON")
        } catch {
            throw DecodeFault(message: "the answer has an unexpected form")
        }
    }
}

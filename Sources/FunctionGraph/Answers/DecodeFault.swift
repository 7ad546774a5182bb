/// A successful answer that cannot be understood. The message quotes nothing of the body.
struct DecodeFault: Error {
    let message: String
}

import Testing

@testable import FunctionGraph

@Suite struct ErrorBodyTests {
    @Test(
        arguments: [
            (
                #"{"error_code":"FSS.1051","error_msg":"Not found the function"}"#, "FSS.1051",
                "Not found the function", nil
            ),
            (#"{"error_code":"APIG.0308","error_msg":"m","request_id":"r-1"}"#, "APIG.0308", "m", "r-1"),
            (#"{"errorCode":"A.1","errorMsg":"m"}"#, "A.1", "m", nil),
            (#"{"code":"A.1","message":"m"}"#, "A.1", "m", nil),
            (#"{"error":{"code":401,"message":"m","title":"Unauthorized"}}"#, "401", "m", nil),
            (#"{"error":{"code":"IAM.0066","title":"Unauthorized"}}"#, "IAM.0066", "Unauthorized", nil),
            (#"{"error_code":"A.1","error_msg":"m","encoded_authorization_message":"x"}"#, "A.1", "m", nil),
            (#"{"error_code":301,"error_msg":null}"#, "301", nil, nil),
            (#"{"error_code":" ","error_msg":[],"code":"B.2"}"#, nil, nil, nil),
            (#"{"error":"unauthorized"}"#, nil, "unauthorized", nil),
            (
                "<html><head><title>502 Bad Gateway</title></head>\n<body>nginx</body></html>", nil,
                "502 Bad Gateway nginx", nil
            ),
            (
                "Please configure a cloud service agency first", nil, "Please configure a cloud service agency first",
                nil
            ),
            ("", nil, nil, nil), ("[1,2]", nil, nil, nil), ("{\"cut", nil, nil, nil), ("null", nil, "null", nil),
        ] as [(String, String?, String?, String?)])
    func `every shape is read`(_ body: String, _ code: String?, _ message: String?, _ requestID: String?) {
        let parsed = ErrorBody(Array(body.utf8))
        #expect(parsed.code == code)
        #expect(parsed.message.map { Printable.line($0, limit: 200) } == message)
        #expect(parsed.requestID == requestID)
    }
}

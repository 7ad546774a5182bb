/// Certificates and keys that are good for nothing but these tests: made by openssl, valid for a hundred years.
enum TestCertificates {
    /// Signs all but the stranger.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBnjCCAUWgAwIBAgIUHn9G+r7tjQphZKJDK4R2Qx5QMIcwCgYIKoZIzj0EAwIw
        JDEiMCAGA1UEAwwZdGhyb3ctYXdheSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjQw
        ODAzNTZaGA8yMTI2MTAzMTA4MDM1NlowJDEiMCAGA1UEAwwZdGhyb3ctYXdheSB0
        ZXN0IGF1dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL8f+Su/gjxV
        mInR/abP6/NyeWU/PTKdq5tdarNxo8kMSsuZQ0SJYCpdE4FHmIWTW6f8p6LunFmt
        xOdxBgfEzR6jUzBRMB0GA1UdDgQWBBSa1xwBNWZACENI03cn0LRt0PjRPzAfBgNV
        HSMEGDAWgBSa1xwBNWZACENI03cn0LRt0PjRPzAPBgNVHRMBAf8EBTADAQH/MAoG
        CCqGSM49BAMCA0cAMEQCIBSMQV2YA0fkAgh90kWQ/Mc/ARBq2B5VH4RVEmq+QrYd
        AiBcVBpCz4qD2ayj0OVjipSNhAmhdQcPuDYFrdls8YuLtg==
        -----END CERTIFICATE-----
        """

    /// For `localhost`, `127.0.0.1` and `::1`.
    static let server = """
        -----BEGIN CERTIFICATE-----
        MIIBtDCCAVqgAwIBAgIUbqh/PQs3ha3FRQ20E9jKLjoBc6AwCgYIKoZIzj0EAwIw
        JDEiMCAGA1UEAwwZdGhyb3ctYXdheSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjQw
        ODAzNTZaGA8yMTI2MTAzMTA4MDM1NlowETEPMA0GA1UEAwwGc2VydmVyMFkwEwYH
        KoZIzj0CAQYIKoZIzj0DAQcDQgAE/WOlhRjeVWFn+PDbdYdb7z8pyAvmYV4OwfXV
        ZrzSE87u9cZAK/IJkqS+CYTSckf9eckNz/4OUkU5SKWNRqEGJKN7MHkwLAYDVR0R
        BCUwI4IJbG9jYWxob3N0hwR/AAABhxAAAAAAAAAAAAAAAAAAAAABMAkGA1UdEwQC
        MAAwHQYDVR0OBBYEFCPCCIrs45iZiSXsdFBNmt8sWKXoMB8GA1UdIwQYMBaAFJrX
        HAE1ZkAIQ0jTdyfQtG3Q+NE/MAoGCCqGSM49BAMCA0gAMEUCIQCpFec5MPe62IUT
        dG89IyaHu6yDi2VPkrOiHig0UGcyhQIgbIgK/uTN5zIXlvPvhynXiseEyWflwVN6
        c/q+/ZLqHFc=
        -----END CERTIFICATE-----
        """

    static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBCW1kOVr4CtNyqRB
        FmFXskjKvZ2Do002w8s0zWqjsiWhRANCAAT9Y6WFGN5VYWf48Nt1h1vvPynIC+Zh
        Xg7B9dVmvNITzu71xkAr8gmSpL4JhNJyR/15yQ3P/g5SRTlIpY1GoQYk
        -----END PRIVATE KEY-----
        """

    /// Names: `scraper.example`, `192.0.2.7`, `ops@example.org`, `spiffe://example/scraper`.
    static let client = """
        -----BEGIN CERTIFICATE-----
        MIIB1jCCAXugAwIBAgIUbqh/PQs3ha3FRQ20E9jKLjoBc6IwCgYIKoZIzj0EAwIw
        JDEiMCAGA1UEAwwZdGhyb3ctYXdheSB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjQw
        ODAzNTZaGA8yMTI2MTAzMTA4MDM1NlowETEPMA0GA1UEAwwGY2xpZW50MFkwEwYH
        KoZIzj0CAQYIKoZIzj0DAQcDQgAEq596/P42QwyQPxZJDX7Dfc64BkyQhP6DgBTM
        N8wFjnr4ECi3DonJshYtDRPgA4aa1AcUPzEEycsTLi5ifYOvkaOBmzCBmDBLBgNV
        HREERDBCgg9zY3JhcGVyLmV4YW1wbGWHBMAAAgeBD29wc0BleGFtcGxlLm9yZ4YY
        c3BpZmZlOi8vZXhhbXBsZS9zY3JhcGVyMAkGA1UdEwQCMAAwHQYDVR0OBBYEFOQg
        qZp3Q3Z1+E4iofEfpIGfxFsLMB8GA1UdIwQYMBaAFJrXHAE1ZkAIQ0jTdyfQtG3Q
        +NE/MAoGCCqGSM49BAMCA0kAMEYCIQCjQ6EkqPmQwlo6BkBMuR5nvT7BPWP26Lp0
        KcfPyN5ISQIhAPIFGIm4FPblrCI9x26y0Y8jBxjz2ey0Xwkv8fifITpS
        -----END CERTIFICATE-----
        """

    static let clientKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgatJc3RKsKRqDgYb5
        kMC3b1e+nvQlbjVuEMKj88lqkzShRANCAASrn3r8/jZDDJA/FkkNfsN9zrgGTJCE
        /oOAFMw3zAWOevgQKLcOicmyFi0NE+ADhprUBxQ/MQTJyxMuLmJ9g6+R
        -----END PRIVATE KEY-----
        """

    /// Signed by itself; bears the name `scraper.example` all the same.
    static let stranger = """
        -----BEGIN CERTIFICATE-----
        MIIBmDCCAT+gAwIBAgIUQaF5a5PGvYuIi53DqZFx6R6J4NEwCgYIKoZIzj0EAwIw
        EzERMA8GA1UEAwwIc3RyYW5nZXIwIBcNMjYxMTI0MDgwMzU2WhgPMjEyNjEwMzEw
        ODAzNTZaMBMxETAPBgNVBAMMCHN0cmFuZ2VyMFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAEk2fgdOr0wdZrOH5Qf2MeAi919hSXxyeIGM4FHwkA4GdAzn9c19rda3t0
        IYvrZ19FzGRsVlotGcpc/LULVRc116NvMG0wHQYDVR0OBBYEFMGYpZ6O35QlDWlA
        mFRLKkpNqEReMB8GA1UdIwQYMBaAFMGYpZ6O35QlDWlAmFRLKkpNqEReMA8GA1Ud
        EwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIPc2NyYXBlci5leGFtcGxlMAoGCCqGSM49
        BAMCA0cAMEQCIEZNEdu3wxIbe5X2nNt1QjwiCR1wMzqAkh0rrRlltXwXAiBDtWZm
        iU0raGppcfvkC07T13mxgvfi4stLNPxlDMOW5g==
        -----END CERTIFICATE-----
        """

    static let strangerKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEgU+JYjHPcMCavPy
        IwGLPBbPEwDS+vAfRmKxsDSJgNOhRANCAASTZ+B06vTB1ms4flB/Yx4CL3X2FJfH
        J4gYzgUfCQDgZ0DOf1zX2t1re3Qhi+tnX0XMZGxWWi0Zylz8tQtVFzXX
        -----END PRIVATE KEY-----
        """
}

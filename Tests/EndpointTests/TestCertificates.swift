/// Certificates and keys that are good for nothing but these tests: made by openssl, valid from 2020 to 2120.
enum TestCertificates {
    /// Signs all but the stranger.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBfzCCASSgAwIBAgIUBY6p+CiU922iA7nI/qnWtbW/v1owCgYIKoZIzj0EAwIw
        JDEiMCAGA1UEAwwZdGhyb3ctYXdheSB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEw
        MDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowJDEiMCAGA1UEAwwZdGhyb3ctYXdheSB0
        ZXN0IGF1dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABD/XooArDtTZ
        IuOqSKpDsi5x9tD5ivRdZ6qIaDnWCyMLYrbntTxspRq6pwR+TWDCG3C9AOnFU+hw
        wPcRl0UYmHijMjAwMB0GA1UdDgQWBBQFw0CJ6E3LiUXIfzLoSiP9bvhPsjAPBgNV
        HRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDczEf6WXnpySzLAGAKSEEd
        m4t5CZr5qvzyyUngB4pRLwIhAM93ogHUVItfEchuDNt1Ok/YgQMNhFXchUOvuRjO
        tshc
        -----END CERTIFICATE-----
        """

    /// For `localhost`, `127.0.0.1` and `::1`.
    static let server = """
        -----BEGIN CERTIFICATE-----
        MIIBtDCCAVqgAwIBAgIUbtb1KcVoWGSppaRhGSVbJ1zBUNAwCgYIKoZIzj0EAwIw
        JDEiMCAGA1UEAwwZdGhyb3ctYXdheSB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEw
        MDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowETEPMA0GA1UEAwwGc2VydmVyMFkwEwYH
        KoZIzj0CAQYIKoZIzj0DAQcDQgAEJINr9IZ5fYnQbiF6KhFRVqTVzaAMil/jcI1N
        C411gE8NSl+WU4UjaoYLlJ2xg592MzYrjkS7t8ro2TGTlf55GKN7MHkwLAYDVR0R
        BCUwI4IJbG9jYWxob3N0hwR/AAABhxAAAAAAAAAAAAAAAAAAAAABMAkGA1UdEwQC
        MAAwHQYDVR0OBBYEFDHQO5lkV4BN4qU+ilo7MF0+m9arMB8GA1UdIwQYMBaAFAXD
        QInoTcuJRch/MuhKI/1u+E+yMAoGCCqGSM49BAMCA0gAMEUCIHDViwlp6ZGJw4Kv
        hbwkhPQlA5B6S0r9/NcDa6E6GkC2AiEA4dyBkrY7+/btHIpMmURtHzhH2c+EDJ4j
        YvekuJadlhs=
        -----END CERTIFICATE-----
        """

    static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWZo6uER8wM9QPVa+
        Tsl6FICl0tDBGyLL15lBLr3XuTuhRANCAAQkg2v0hnl9idBuIXoqEVFWpNXNoAyK
        X+NwjU0LjXWATw1KX5ZThSNqhguUnbGDn3YzNiuORLu3yujZMZOV/nkY
        -----END PRIVATE KEY-----
        """

    /// Names: `scraper.example`, `192.0.2.7`, `ops@example.org`, `spiffe://example/scraper`.
    static let client = """
        -----BEGIN CERTIFICATE-----
        MIIB1DCCAXugAwIBAgIUdoT218LtTY5bPx76OfqhDHjMNxgwCgYIKoZIzj0EAwIw
        JDEiMCAGA1UEAwwZdGhyb3ctYXdheSB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEw
        MDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowETEPMA0GA1UEAwwGY2xpZW50MFkwEwYH
        KoZIzj0CAQYIKoZIzj0DAQcDQgAEi9+Xqz2dnTlzVqUrqoh+J9i/0Ir5uoux1tSc
        bYtd9Cpf/IxRiQEzaoV1GI+gtEF8u3ZlY3gRd8zMdteVKYQERKOBmzCBmDBLBgNV
        HREERDBCgg9zY3JhcGVyLmV4YW1wbGWHBMAAAgeBD29wc0BleGFtcGxlLm9yZ4YY
        c3BpZmZlOi8vZXhhbXBsZS9zY3JhcGVyMAkGA1UdEwQCMAAwHQYDVR0OBBYEFAT/
        K6PTNyWkzls3Sv1CyjFfI8OBMB8GA1UdIwQYMBaAFAXDQInoTcuJRch/MuhKI/1u
        +E+yMAoGCCqGSM49BAMCA0cAMEQCICpw6Wk88xUsfXU5yHhqldXB+6okW1SGikoq
        ALUeHCUkAiAUmD/V0JG6uNVBh0EbcBZUGLUkp9oLYyDnkkkWBWHf/Q==
        -----END CERTIFICATE-----
        """

    static let clientKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgiEC+dxx7HxDqPi8r
        LF4ZjsLqSgbTxDga8wFxz3balPOhRANCAASL35erPZ2dOXNWpSuqiH4n2L/Qivm6
        i7HW1Jxti130Kl/8jFGJATNqhXUYj6C0QXy7dmVjeBF3zMx215UphARE
        -----END PRIVATE KEY-----
        """

    /// Signed by itself; bears the name `scraper.example` all the same.
    static let stranger = """
        -----BEGIN CERTIFICATE-----
        MIIBeTCCAR6gAwIBAgIUHj0519QvmJf+nN+oCEDgtOAk0vwwCgYIKoZIzj0EAwIw
        EzERMA8GA1UEAwwIc3RyYW5nZXIwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEw
        MDAwMDBaMBMxETAPBgNVBAMMCHN0cmFuZ2VyMFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAEcIMspFI4dd+AdzqAnPUIJ1TQhd+68sRHpZRLg30ioyWeyv0ca46zfQgt
        UgvhxLXH256lsxaTkJ7rWjFHzw4yDaNOMEwwHQYDVR0OBBYEFNnlrCToyFyLTgbf
        XWsz8GUQSFNIMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIPc2NyYXBlci5l
        eGFtcGxlMAoGCCqGSM49BAMCA0kAMEYCIQChTOknD8Dbpagf8uqL1tXNx2toauZW
        JBXl95T9wNo6zwIhAMg1THn5cy9p/qbcebeQqdplE8xXG3MyLbJ18o5xqbfy
        -----END CERTIFICATE-----
        """

    static let strangerKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgA/1ucJShDiTdzCzl
        DQDIOZqRVyO3D6gZkh/9IH/NnWShRANCAARwgyykUjh134B3OoCc9QgnVNCF37ry
        xEellEuDfSKjJZ7K/RxrjrN9CC1SC+HEtcfbnqWzFpOQnutaMUfPDjIN
        -----END PRIVATE KEY-----
        """
}

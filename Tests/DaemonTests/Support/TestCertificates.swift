/// Certificates and a key that are good for nothing but these tests: made by openssl, valid from 2020 to 2120.
enum TestCertificates {
    /// Signs the server's.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBbTCCARKgAwIBAgICEAAwCgYIKoZIzj0EAwIwJDEiMCAGA1UEAwwZdGhyb3ct
        YXdheSB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAw
        MDAwMFowJDEiMCAGA1UEAwwZdGhyb3ctYXdheSB0ZXN0IGF1dGhvcml0eTBZMBMG
        ByqGSM49AgEGCCqGSM49AwEHA0IABLWHQVOuP8PDTUp5CSPywIr8+TVtCS/shY5l
        dyUBqv/Na2i2CR1liq5M6CqcgB+lwegmFN+zfYp7qP7kLPz4XR+jMjAwMA8GA1Ud
        EwEB/wQFMAMBAf8wHQYDVR0OBBYEFLtrLqGWHekf9QdCpP1nauXULgTAMAoGCCqG
        SM49BAMCA0kAMEYCIQC9V22YO2bFM/5C/BkCH+jpbAVMKZzhc/5IHnIV03EH1gIh
        AIh02yEJ+xrcPPigeqzwPfQOP9HFIfxM6AxnMrB5/zBP
        -----END CERTIFICATE-----
        """

    /// For `localhost`, `127.0.0.1` and `functiongraph.cn-north-4.example`.
    static let server = """
        -----BEGIN CERTIFICATE-----
        MIIBtTCCAVqgAwIBAgICEAEwCgYIKoZIzj0EAwIwJDEiMCAGA1UEAwwZdGhyb3ct
        YXdheSB0ZXN0IGF1dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAw
        MDAwMFowETEPMA0GA1UEAwwGc2VydmVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD
        QgAEW3iQMrosooVr0hRK312/8v14J58XrNpsVfoASr4TDKuo3jT22BfVNaR4MWss
        kbsnM72QFvTTiBSIkhMZ5Yzvj6OBjDCBiTAJBgNVHRMEAjAAMDwGA1UdEQQ1MDOC
        CWxvY2FsaG9zdIcEfwAAAYIgZnVuY3Rpb25ncmFwaC5jbi1ub3J0aC00LmV4YW1w
        bGUwHQYDVR0OBBYEFAPf6SYHJoRBeeJkcA5hWWNziNF+MB8GA1UdIwQYMBaAFLtr
        LqGWHekf9QdCpP1nauXULgTAMAoGCCqGSM49BAMCA0kAMEYCIQDXbEBco2xCHMLi
        0hHmLx7RRWTfC7NepRLwX4AsKZDCEQIhAPc+rghylBpKWLbMNk72ovo2/T34ljkV
        yE+B9jljOyVz
        -----END CERTIFICATE-----
        """

    static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNi2DOtvGDtRd2Q4+
        QuthLjUi/xX43TaIdGqtio0c1QmhRANCAARbeJAyuiyihWvSFErfXb/y/Xgnnxes
        2mxV+gBKvhMMq6jeNPbYF9U1pHgxayyRuyczvZAW9NOIFIiSExnljO+P
        -----END PRIVATE KEY-----
        """
}

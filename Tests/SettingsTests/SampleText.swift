/// Texts that several suites read.
enum SampleText {
    /// Every setting of config.yml, none at its default.
    static let everything = """
        poll:
          interval: 1m30s
          creating_interval: 5s
          timeout: 2s500ms
          retries: 0
          stale_after: 7
          switch: false
          switch_interval: 30m
        limits: {requests_per_second: 2.5, max_in_flight: 8, functions: 500}
        accounts:
          - name: production
            projects: [p1, p2]
            auth:
              access_key:
                id: {credential: access-key-id}
                secret: {file: keys/secret}
                security_token: {env: TOKEN}
          - name: corp
            projects: [p3]
            auth: {password: {domain: corp, user: monitor, password: {credential: iam-password}}}
          - {name: renewed, projects: [p4], auth: {token: {file: /run/token}}}
          - {name: agency, projects: [p5], auth: {ecs_agency: {}}}
          - {name: rest, auth: {environment: {}}}
        endpoints:
          functiongraph: https://fg.{region}.example.com/api/
          iam: http://127.0.0.1:8080
          metadata: http://[::1]:8081/
          regions: {r2: {functiongraph: "https://fg-two.example.com"}}
        tls: {ca_file: ca.pem, min_version: TLS13}
        proxy: {url: "http://u:p@proxy:3128", no_proxy: [.example.com, 10.0.0.0/8]}
        watch:
          defaults: {interval: 2m, expect: [enable], labels: {team: no, tier: 1}}
          functions:
            - urn:fss:r1:p1:function:default:orders:v3
            - {urn: "urn:fss:r1:p3:function:default:billing:!prod", expect: [], interval: 30s,
               labels: {team: billing}, account: corp}
            - urn: urn:fss:r1:p9:function:default:mail:v1
              expect: [unknown, create_fail]
          discover:
            - {account: corp, region: r1, project: p3, package: shop, name: "prod-*", runtime: "*",
               versions: aliases, list_interval: 5m, expect: [enable], labels: {area: x}}

        """

    /// Every setting of a web configuration.
    static let web = """
        tls_server_config:
          cert_file: server.crt
          key_file: /keys/server.key
          client_auth_type: RequireAndVerifyClientCert
          client_ca_file: clients.pem
          client_allowed_sans: [one.example.com, 10.0.0.1]
          min_version: TLS12
          max_version: TLS13
          cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]
          prefer_server_cipher_suites: false
          curve_preferences: [X25519, CurveP256]
        http_server_config:
          http2: false
          headers:
            X-Frame-Options: deny
            X-Content-Type-Options: nosniff
            X-XSS-Protection: 1
            Content-Security-Policy: "default-src 'self'"
            Strict-Transport-Security: max-age=31536000
        basic_auth_users:
          alice: $2y$10$abcdefghijklmnopqrstuuWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW
        rate_limit: {interval: 100ms, burst: 20}

        """
}

"""Listeners, sockets passed by systemd, and what a client may not do."""

import contextlib
import os
import re
import socket
import subprocess
import time

from stand import Daemon, few_descriptors, free_port, until

HEAD = b"GET /-/ready HTTP/1.1\r\nHost: x\r\n"
# Name, bytes, the status that answers them; the connection is closed in every case.
MALFORMED = [
    ("two lengths", b"POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde", 400),
    ("one length twice", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd", 400),
    ("a list of lengths", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4, 4\r\n\r\nabcd", 400),
    ("length and chunks", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("chunks and length", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400),
    ("a signed length", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\nabcd", 400),
    ("a hexadecimal length", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x4\r\n\r\nabcd", 400),
    ("a negative length", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    ("a length beyond 64 bits", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
    ("another coding", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400),
    ("two codings", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
    ("chunked twice", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("chunks in HTTP/1.0", b"POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("a blank before the colon", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
    ("a tab in the coding", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n", 400),
    ("a folded line", HEAD + b"X: a\r\n b\r\n\r\n", 400),
    ("a chunk size that is none", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400),
    ("a chunk size with a sign", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\na\r\n0\r\n\r\n", 400),
    ("a chunk that is longer", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n", 400),
    ("lines ended by LF", b"GET /-/ready HTTP/1.1\nHost: x\n\n", 400),
    ("a lone CR", b"GET /-/ready HTTP/1.1\r\nHost: x\rX: y\r\n\r\n", 400),
    ("a NUL", b"GET /-/ready HTTP/1.1\r\nHost: x\x00\r\n\r\n", 400),
    ("no Host", b"GET /-/ready HTTP/1.1\r\n\r\n", 400),
    ("two Hosts", HEAD + b"Host: y\r\n\r\n", 400),
    ("a Host that is none", b"GET /-/ready HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    ("no version", b"GET /-/ready\r\n\r\n", 400),
    ("another version", b"GET /-/ready HTTP/2.0\r\nHost: x\r\n\r\n", 505),
    ("HTTP/2 as known before", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("a blank in the target", b"GET /-/ready x HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("a byte beyond ASCII in the target", b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("a percent sign that is none", b"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("a name that is none", HEAD + b"X(y): z\r\n\r\n", 400),
    ("a line without colon", HEAD + b"nothing\r\n\r\n", 400),
    ("TLS to a plain port", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(40), 400),
    ("fields beyond 16 KiB", HEAD + b"X: " + b"a" * 20000 + b"\r\n\r\n", 431),
    ("fields beyond 100", HEAD + b"X: a\r\n" * 120 + b"\r\n", 431),
    ("a target beyond 8 KiB", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    ("a body beyond 64 KiB", b"POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n", 413),
    ("chunks beyond 64 KiB", b"POST /-/reload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
     + (b"4000\r\n" + b"a" * 0x4000 + b"\r\n") * 5 + b"0\r\n\r\n", 413),
    ("another expectation", HEAD + b"Expect: a miracle\r\n\r\n", 417),
]


def malformed(check, stand):
    """Bytes that no honest client sends."""
    with Daemon(stand, name="malformed") as daemon:
        for name, data, wanted in MALFORMED:
            # A second request in the same bytes: where it is answered, two readers would see different requests.
            received, closed = daemon.raw(data + b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n")
            codes = [int(code) for code in re.findall(rb"HTTP/1\.[01] (\d{3})", received)]
            check.equal(name, (codes, closed), ([wanted], True))
        three = daemon.raw(HEAD + b"\r\n" + HEAD + b"\r\nGET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        check.equal("pipelined requests are answered in order", re.findall(rb"HTTP/1.1 (\d{3})", three[0]),
                    [b"200", b"200", b"404"])
        many, closed = daemon.raw((HEAD + b"\r\n") * 500 + HEAD + b"Connection: close\r\n\r\n")
        check.equal("so are 501", (many.count(b"HTTP/1.1 200"), closed), (501, True))
        old, closed = daemon.raw(b"GET /-/ready HTTP/1.0\r\n\r\n")
        check.expect("HTTP/1.0 without Host", b" 200 " in old and closed, old)
        spread = daemon.raw(HEAD[:9], then=HEAD[9:] + b"Connection: close\r\n\r\n")
        check.expect("a head in two pieces", b" 200 " in spread[0], spread)
        half = daemon.raw(b"POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n", 1)
        check.expect("a body that is waited for", half[0].startswith(b"HTTP/1.1 100") or b" 403 " in half[0], half)
        check.equal("it still serves", daemon.get("/-/healthy").status, 200)


def slow(check, stand):
    """Clients that send slowly, and scrapes that are not read."""
    with Daemon(stand, "--web.max-requests", "2", name="slow", functions=8000) as daemon:
        begun = time.monotonic()
        with contextlib.ExitStack() as stack:
            slowly = [stack.enter_context(socket.create_connection(("127.0.0.1", daemon.port), 5)) for _ in range(3)]
            slowly[1].sendall(b"GET / HT")
            slowly[2].sendall(b"POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")

            deaf = []
            for _ in range(2):
                client = socket.socket()
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
                client.connect(("127.0.0.1", daemon.port))
                client.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
                deaf.append(stack.enter_context(client))
            check.expect("more scrapes than --web.max-requests get 503", until(
                lambda: daemon.get().status == 503, 5))
            check.equal("other paths are not bounded by it", daemon.get("/-/ready").status, 200)
            for client in deaf:
                client.close()
            check.expect("a scrape that is given up makes room", until(lambda: daemon.get().status == 200, 5))
            for client, name in zip(slowly, ("nothing", "half a head", "half a body")):
                client.settimeout(13)
                ended = False
                with contextlib.suppress(OSError):
                    while client.recv(4096):
                        continue
                    ended = True
                check.expect("a client that sends %s is cut off within 10 s" % name,
                             ended and time.monotonic() - begun < 13, time.monotonic() - begun)


def descriptors(check, stand):
    """A full descriptor table neither ends the listener nor spins."""
    with Daemon(stand, name="descriptors", before=few_descriptors, functions=1) as daemon:
        with contextlib.ExitStack() as stack:
            for _ in range(200):
                client = stack.enter_context(socket.socket())
                client.setblocking(False)
                client.connect_ex(("127.0.0.1", daemon.port))
            time.sleep(1)
            before = daemon.cpu_seconds()
            time.sleep(3)
            used = daemon.cpu_seconds() - before
            check.expect("200 connections to 64 descriptors do not spin", used < 0.6, "%.2f s of 3 s" % used)
            check.expect("it is alive", daemon.process.poll() is None)
        check.expect("and serves when they are gone", until(lambda: daemon.get("/-/healthy").status == 200, 15))


def listeners(check, stand):
    """Several addresses, IPv6, an address in use."""
    first, second, third = free_port(), free_port(), free_port(socket.AF_INET6, "::1")
    addresses = ["127.0.0.1:%d" % first, "localhost:%d" % second, "[::1]:%d" % third]
    with Daemon(stand, name="listeners", addresses=addresses, functions=1) as daemon:
        check.equal("three addresses", [
            daemon.get("/-/ready", port=first).status, daemon.get("/-/ready", port=second).status,
            daemon.get("/-/ready", port=third, host="::1").status], [200] * 3)
        done = subprocess.run(
            [stand.exporter, "serve", "--config.file", stand.path("empty.yml"), "--web.listen-address", addresses[0]],
            capture_output=True, text=True, timeout=10, check=False)
        check.expect("an address in use ends the second with 1 and says which", done.returncode == 1
                     and str(first) in done.stderr, (done.returncode, done.stderr))
    port = free_port()
    with Daemon(stand, name="all", addresses=[":%d" % port], functions=1) as daemon:
        check.equal("no host is both families", [daemon.get("/-/ready", port=port, host=host).status
                                                 for host in ("127.0.0.1", "::1")], [200, 200])
    variable = {"FUNCTIONGRAPH_EXPORTER_WEB_LISTEN_ADDRESS": "127.0.0.1:%d,127.0.0.1:%d" % (first, second)}
    with Daemon(stand, name="environment", addresses=[], environment=variable, functions=1) as daemon:
        check.expect("addresses from the environment", until(lambda: [
            daemon.get("/-/ready", port=each).status for each in (first, second)] == [200, 200], 10))


def passed(check, stand):
    """Sockets that systemd passes, with names."""
    with socket.socket() as one, socket.socket(socket.AF_INET6) as two:
        for each, address in ((one, "127.0.0.1"), (two, "::1")):
            each.bind((address, 0))
            each.listen(16)

        def place():
            # Numbers 3 and 4, wherever the two are.
            copies = [os.dup(os.dup(each.fileno())) for each in (one, two)]
            high = [os.dup2(copy, 100 + index) for index, copy in enumerate(copies)]
            for index, number in enumerate(high):
                os.dup2(number, 3 + index)

        given = {"LISTEN_FDS": "2", "LISTEN_FDNAMES": "web:functiongraph-exporter.socket"}
        wrapper = ("sh", "-c", 'LISTEN_PID=$$ exec "$@"', "sh")
        with Daemon(stand, "--web.systemd-socket", name="passed", addresses=[], environment=given, wrapper=wrapper,
                    before=place, sockets=(3, 4), functions=1) as daemon:
            ports = one.getsockname()[1], two.getsockname()[1]
            check.expect("passed sockets are served", until(lambda: [
                daemon.get("/-/ready", port=ports[0]).status,
                daemon.get("/-/ready", port=ports[1], host="::1").status] == [200, 200], 10), daemon.log())
    done = subprocess.run(
        [stand.exporter, "serve", "--config.file", stand.path("empty.yml"), "--web.systemd-socket"],
        capture_output=True, text=True, timeout=10, check=False)
    check.expect("--web.systemd-socket without sockets ends", done.returncode in (1, 64, 78)
                 and "systemd" in done.stderr, (done.returncode, done.stderr))


CASES = [slow, descriptors, malformed, listeners, passed]

"""A second stand-in for the cloud: FunctionGraph, IAM and the metadata service on loopback.

It shares nothing with the project's simulator: signatures are recomputed with the vendor's SDK, and every request is
written into a ledger that the metrics of the daemon are compared with.
"""

import asyncio
import collections
import contextlib
import dataclasses
import datetime
import email.utils
import json
import threading
import time
import urllib.parse

import signatures


@dataclasses.dataclass
class Answer:
    """One answer. `how` says what becomes of the connection: plain, cut, reset, endless, huge, garbage, silent, drip."""

    status: int = 200
    body: object = b""
    headers: dict = dataclasses.field(default_factory=dict)
    delay: float = 0
    how: str = "plain"
    date_offset: float = 0

    def payload(self):
        """The body's bytes."""
        if isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str):
            return self.body.encode()
        return json.dumps(self.body).encode()


@dataclasses.dataclass
class Request:
    """One request as it was read, and the ledger's line of it."""

    method: str
    target: str
    headers: dict
    body: bytes
    begun: float
    operation: str = "other"
    project: str = ""
    urn: str = ""
    key: str = ""
    fault: str = None
    answer: Answer = None
    ended: float = None
    number: int = 0


def error(status, code, message="told to fail", **more):
    """An answer in the vendor's error shape."""
    return Answer(status, {"error_code": code, "error_msg": message}, **more)


class Cloud:
    """The stand-in, in a thread of its own. `plan` maps URNs (as on the wire) to functions of the call's number."""

    def __init__(self, port, secrets=None, tls=None):
        self.port = port
        self.secrets = dict(secrets or {})
        self.tls = tls
        self.users = {}
        self.tokens = {}
        self.token_life = 24 * 3600
        self.token_delay = 0
        self.plan = {}
        self.switch = {}
        self.default = lambda number: Answer(body={"state": "enable"})
        self.listings = {}
        self.versions = {}
        self.agency_key = None
        self.requests = []
        self.connections = []
        self.open = 0
        self.most_at_once = collections.Counter()
        self.date_offset = 0
        self._at_once = collections.Counter()
        self._counts = collections.Counter()
        self._loop = None
        self._server = None
        self._writers = set()

    def __enter__(self):
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main(ready)), daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)

    def away(self):
        """Stops listening and cuts every connection."""
        self._call(self._away)

    def back(self):
        """Listens again."""
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    def _call(self, function):
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (function(), done.set()))
        done.wait(10)

    def _away(self):
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()

    async def _listen(self):
        self._server = await asyncio.start_server(
            self._connection, "127.0.0.1", self.port, ssl=self.tls, limit=1 << 20, backlog=1024)

    async def _main(self, ready):
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        await self._listen()
        ready.set()
        await self._end.wait()
        self._away()
        for task in asyncio.all_tasks():
            if task is not asyncio.current_task():
                task.cancel()
        await asyncio.sleep(0.05)

    async def _connection(self, reader, writer):
        self.connections.append(time.monotonic())
        self._writers.add(writer)
        self.open += 1
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, asyncio.LimitOverrunError):
            pass
        finally:
            self.open -= 1
            self._writers.discard(writer)
            writer.close()

    async def _exchange(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError:
            return False
        begun = time.monotonic()
        lines = head.split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = {}
        for line in lines[1:]:
            if line:
                name, _, value = line.partition(":")
                headers[name.strip().lower()] = value.strip()
        length = int(headers.get("content-length", "0"))
        request = Request(method, target, headers, await reader.readexactly(length) if length else b"", begun)
        self._read(request)
        self._at_once[request.project] += 1
        self.most_at_once[request.project] = max(
            self.most_at_once[request.project], self._at_once[request.project])
        try:
            request.answer = self._decide(request)
            self.requests.append(request)
            return await self._send(writer, request)
        finally:
            self._at_once[request.project] -= 1
            request.ended = time.monotonic()

    def _read(self, request):
        path = urllib.parse.urlsplit(request.target).path
        parts = [urllib.parse.unquote(part) for part in path.split("/")[1:]]
        if parts[0] == "v2" and len(parts) >= 4 and parts[2:4] == ["fgs", "functions"]:
            request.project = parts[1]
            if len(parts) == 4:
                request.operation = "list_functions"
            elif parts[-2] == "snapshots":
                request.urn = parts[4]
                request.operation = {"state": "snapshot_state", "enableSnapshot": "snapshot_switch"}.get(
                    parts[-1], "other")
            elif parts[-1] in ("versions", "aliases"):
                request.urn = parts[4]
                request.operation = f"list_{parts[-1]}"
        elif path == "/v3/auth/tokens":
            request.operation = "create_token"
        elif path.startswith(("/openstack/", "/meta-data/")):
            request.operation = "metadata"
        request.number = self._counts[request.operation, request.urn]
        self._counts[request.operation, request.urn] += 1

    def _decide(self, request):
        if request.operation == "create_token":
            return self._token(request)
        if request.operation == "metadata":
            return self._metadata(request)
        refusal = self._refusal(request)
        if refusal is not None:
            return refusal
        if request.operation == "snapshot_state":
            return self.plan.get(request.urn, self.default)(request.number)
        if request.operation == "snapshot_switch":
            return self.switch.get(request.urn, lambda _: Answer(body={"state": "enable"}))(request.number)
        if request.operation == "list_functions":
            return self._listing(request)
        if request.operation == "list_versions":
            names = self.versions.get(request.urn.removesuffix(":latest"), ["latest", "v1"])
            base = request.urn.removesuffix(":latest")
            return Answer(body={
                "versions": [{"func_urn": base, "version": name, "runtime": "Java17"} for name in names],
                "next_marker": len(names), "count": len(names)})
        if request.operation == "list_aliases":
            return Answer(body=[])
        return error(404, "APIGW.0101", "The API does not exist or has not been published in the environment")

    def _refusal(self, request):
        token = request.headers.get("x-auth-token")
        if token is not None:
            request.key = "token"
            known = self.tokens.get(token)
            if known is None or known["ends"] < time.time():
                request.fault = "decrypt token fail"
            elif known["project"] != request.project:
                request.fault = "token of another project"
        else:
            request.key = signatures.access_key(request)
            request.fault = signatures.fault(request, self.secrets)
            if request.fault is None and request.headers.get("x-project-id") != request.project:
                request.fault = "X-Project-Id is not the path's project"
        if request.urn and request.fault is None:
            fields = request.urn.split(":")
            if len(fields) not in (7, 8) or fields[3] != request.project:
                return error(400, "FSS.1309", "Invalid function URN")
        if request.fault is None:
            return None
        return error(401, "APIGW.0301", "Incorrect IAM authentication information: " + request.fault)

    def _token(self, request):
        identity = json.loads(request.body)["auth"]
        user = identity["identity"]["password"]["user"]
        scope = identity["scope"]["project"]
        wanted = self.users.get((user["domain"]["name"], user["name"]))
        if wanted != user["password"]:
            request.fault = "wrong password"
            return Answer(401, {"error": {
                "code": 401, "message": "The username or password is wrong.", "title": "Unauthorized"}})
        name = f"token-{len(self.tokens)}-{'M' * 3000}"
        ends = time.time() + self.token_life
        self.tokens[name] = {"project": scope.get("id"), "ends": ends}
        moment = datetime.datetime.fromtimestamp(ends, datetime.timezone.utc)
        return Answer(
            201, {"token": {"expires_at": f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z", "methods": ["password"]}},
            {"X-Subject-Token": name}, delay=self.token_delay)

    def _metadata(self, request):
        if request.method == "PUT":
            return Answer(200, b"metadata-token")
        if self.agency_key is None or request.headers.get("x-metadata-token") != "metadata-token":
            return Answer(404, b"no agency")
        return Answer(body={"credential": self.agency_key})

    def _listing(self, request):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(request.target).query))
        size = int(query.get("maxitems") or 400)
        size = size if 0 < size <= 400 else 400
        start = int(query.get("marker") or 0)
        rows = self.listings.get(request.project, [])
        page = rows[start:start + size]
        return Answer(body={"functions": page, "next_marker": start + len(page), "count": len(rows)})

    async def _send(self, writer, request):
        answer = request.answer
        if answer.delay:
            await asyncio.sleep(answer.delay)
        if answer.how == "silent":
            await asyncio.sleep(3600)
        if answer.how == "reset":
            writer.transport.abort()
            return False
        if answer.how == "garbage":
            writer.write(b"\x00\xff\x13\x37 this is no HTTP\r\n\r\n\r\n" * 4)
            await writer.drain()
            return False
        payload = answer.payload()
        date = email.utils.formatdate(time.time() + self.date_offset + answer.date_offset, usegmt=True)
        headers = {"Content-Type": "application/json", "Date": date, "X-Request-Id": f"id-{len(self.requests)}",
                   "Content-Length": str(len(payload)), **answer.headers}
        if answer.how in ("endless", "huge"):
            headers["Content-Length"] = str(64 << 20)
        if answer.how == "chunked-endless":
            del headers["Content-Length"]
            headers["Transfer-Encoding"] = "chunked"
        head = f"HTTP/1.1 {answer.status} Told\r\n" + "".join(f"{n}: {v}\r\n" for n, v in headers.items()) + "\r\n"
        writer.write(head.encode("utf-8"))
        if answer.how == "cut":
            writer.write(payload[:len(payload) // 2])
            await writer.drain()
            return False
        if answer.how == "huge":
            return await self._pour(writer, b'{"state":"enable","pad":"', b"x" * 65536, 1024)
        if answer.how in ("endless", "chunked-endless"):
            chunk = b"10\r\n" + b" " * 16 + b"\r\n" if "chunked" in answer.how else b" "
            while True:
                writer.write(chunk)
                await writer.drain()
                await asyncio.sleep(0.2)
        if answer.how == "drip":
            for byte in payload:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.02)
            return True
        writer.write(payload)
        await writer.drain()
        return headers.get("Connection") != "close"

    @staticmethod
    async def _pour(writer, first, block, count):
        with contextlib.suppress(ConnectionError):
            writer.write(first)
            for _ in range(count):
                writer.write(block)
                await writer.drain()
        return False

    def ledger(self):
        """All requests so far."""
        return list(self.requests)

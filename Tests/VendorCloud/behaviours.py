"""Every behaviour of a function that the cloud may show, and what the daemon must make of it."""

import dataclasses
import itertools

from cloud import Answer, error

STATES = ["enable", "disable", "creating", "create_fail", "expire", "circuit_breaking"]
REASONS = ["dns", "connect", "tls", "timeout", "unauthorized", "forbidden", "not_found", "throttled", "client_error",
           "server_error", "decode", "cancelled"]


@dataclasses.dataclass
class Behaviour:
    """`answers` are told in turn, the last one for ever; `means` is per answer a state, or `!reason`."""

    name: str
    answers: list
    means: list
    retried: bool = False
    repeat: bool = False
    code: str = None
    raw: str = None
    project: str = "plain"

    def answer(self, number):
        """The answer to call `number`, counted from 0."""
        return self.answers[self._index(number)]

    def meaning(self, number):
        """What that answer means."""
        return self.means[self._index(number)]

    def _index(self, number):
        return number % len(self.answers) if self.repeat else min(number, len(self.answers) - 1)


def steady(name, answer, means, **more):
    """The same answer always."""
    return Behaviour(name, [answer], [means], **more)


def state(value, **more):
    """A good answer."""
    return Answer(body={"state": value, **more})


def good():
    """States in every spelling, with and without a code."""
    for value in STATES:
        yield steady(f"state-{value}", state(value), value)
    odd = [("upper", "ENABLE", "enable"), ("spaces", "  Disable ", "disable"), ("tab", "\tcreate_fail\n", "create_fail"),
           ("mixed", "Circuit_Breaking", "circuit_breaking")]
    for name, text, value in odd:
        yield steady(f"odd-{name}", state(text), value)
    for name, text in [("new", "warming"), ("chinese", "制作中"), ("long", "x" * 5000), ("newline", "a\nb"),
                       ("dash", "create-fail"), ("quote", 'a"b\\c'), ("control", "a\x07\x1b[31mb")]:
        yield steady(f"unknown-{name}", state(text), "unknown")
    yield Behaviour("lives", [state(value) for value in STATES], STATES, repeat=True)
    yield Behaviour("flaps", [state("enable"), state("expire")], ["enable", "expire"], repeat=True)
    yield Behaviour("changes-once", [state("creating"), state("enable")], ["creating", "enable"])
    for length in (63, 64, 65, 78, 1, 10000):
        yield steady(f"code-{length}", state("create_fail", code="c" * length), "create_fail",
                     code="c" * min(length, 64))
    yield steady("code-newline", state("create_fail", code="FSS.1\nFSS.2"), "create_fail")
    yield steady("code-unicode", state("create_fail", code="失败é"), "create_fail")
    yield steady("code-quote", state("create_fail", code='a"b\\c'), "create_fail", code='a"b\\c')
    yield steady("code-null", state("enable", code=None), "enable")
    yield steady("code-number", state("enable", code=17), "enable")
    yield steady("code-empty", state("enable", code=""), "enable")
    yield steady("more-keys", state("enable", other={"deep": [1, 2, {"x": None}]}), "enable")
    yield steady("escaped", Answer(body=b'{"sta\\u0074e":"ena\\u0062le"}'), "enable")
    yield steady("html-type", Answer(body={"state": "enable"}, headers={"Content-Type": "text/html"}), "enable")
    yield steady("no-type", Answer(body={"state": "enable"}, headers={"Content-Type": ""}), "enable")
    yield steady("slow", Answer(body={"state": "enable"}, delay=1.5), "enable")
    yield steady("drip", Answer(body={"state": "enable"}, how="drip"), "enable")
    yield steady("closes", Answer(body={"state": "enable"}, headers={"Connection": "close"}), "enable")
    yield steady("201", Answer(201, {"state": "enable"}), "enable")
    pad = "x" * ((1 << 20) - 40)
    yield steady("under-1MiB", state("enable", pad=pad), "enable")


def undecodable():
    """Answers with 200 that are no answer."""
    for name, body in [
        ("null", {"state": None}), ("missing", {"code": "x"}), ("empty", {"state": ""}), ("number", {"state": 3}),
        ("bool", {"state": True}), ("array", {"state": ["enable"]}), ("object", {"state": {"a": 1}}),
        ("blank", {"state": "   "}), ("top-array", [{"state": "enable"}]), ("top-string", "\"enable\""),
        ("html", "<html><body>sign in</body></html>"), ("nothing", b""), ("bytes", b"\xff\xfe\x00\x01"),
        ("half", b'{"state":"ena'), ("two", b'{"state":"enable"}{"state":"disable"}'), ("deep", b"[" * 100000),
        ("bad-utf8", b'{"state":"\xff\xfe"}'), ("top-null", "null"), ("over-1MiB", {"state": "enable", "pad": "x" * (1 << 20)}),
    ]:
        yield steady(f"decode-{name}", Answer(body=body), "!decode")
    yield steady("decode-64MiB", Answer(how="huge"), "!decode")
    yield steady("decode-204", Answer(204, b"", {"Content-Length": "0"}), "!decode")


def refused():
    """Errors that a retry cannot help, by code first and status second."""
    for status, code, reason in [
        (400, "FSS.0400", "client_error"), (400, "FSS.1001", "client_error"), (400, "FSS.1309", "client_error"),
        (400, "FSS.1303", "forbidden"), (400, "FSS.1310", "forbidden"), (400, "FSS.1308", "not_found"),
        (401, "FSS.1118", "forbidden"), (403, "FSS.0403", "forbidden"), (403, "FSS.1121", "forbidden"),
        (403, "FSS.1126", "forbidden"), (403, "FSS.1127", "forbidden"), (404, "FSS.0404", "not_found"),
        (404, "FSS.1051", "not_found"), (404, "FSS.1052", "not_found"), (404, "FSS.1053", "not_found"),
        (404, "FSS.1055", "not_found"), (406, "FSS.0406", "client_error"), (408, "FSS.0408", "client_error"),
        (409, "FSS.0409", "client_error"), (410, "FSS.0410", "not_found"), (412, "FSS.1033", "client_error"),
        (413, "FSS.0413", "client_error"), (424, "FSS.0424", "client_error"), (428, "FSS.0428", "client_error"),
        (404, "APIGW.0101", "client_error"), (404, "APIG.0101", "client_error"), (404, "APIGW.0103", "client_error"),
        (400, "APIGW.0106", "client_error"), (400, "APIG.0201", "client_error"), (494, "APIGW.0201", "client_error"),
        (403, "APIGW.0302", "forbidden"), (403, "APIG.0302", "forbidden"), (403, "APIGW.0304", "forbidden"),
        (403, "APIGW.0306", "forbidden"), (403, "APIGW.0310", "forbidden"), (403, "APIGW.0401", "forbidden"),
        (405, "APIGW.0501", "forbidden"), (405, "APIGW.0502", "forbidden"), (403, "APIGW.0802", "forbidden"),
        (200, "FSS.1051", "decode"), (400, "APIGW.0304", "forbidden"), (500, "APIGW.0302", "forbidden"),
    ]:
        yield steady(f"refused-{status}-{code}", error(status, code), "!" + reason)
    shapes = [("camel", {"errorCode": "FSS.1303", "errorMsg": "m"}, "forbidden"),
              ("short", {"code": "FSS.1303", "message": "m"}, "forbidden"),
              ("keystone", {"error": {"code": 400, "message": "m", "title": "Bad"}}, "client_error"),
              ("html", "<html>bad gateway page</html>", "client_error"), ("empty", b"", "client_error"),
              ("numbers", {"error_code": 7, "error_msg": 8}, "client_error"),
              ("nested", {"error_code": {"a": 1}}, "client_error")]
    for name, body, reason in shapes:
        yield steady(f"shape-{name}", Answer(400, body), "!" + reason)
    yield steady("html-403", Answer(403, "<html>no</html>"), "!forbidden")
    yield steady("html-404", Answer(404, "<html>no</html>"), "!client_error")
    yield steady("empty-410", Answer(410, b""), "!not_found")
    for status in (301, 302, 307, 308):
        yield steady(f"redirect-{status}", Answer(status, b"", {"Location": "/elsewhere"}), "!client_error")
    yield steady("304", Answer(304, b"", {"Content-Length": "0"}), "!client_error")
    yield steady("long-message", error(400, "FSS.0400", "m" * 100000), "!client_error")
    yield steady("odd-message", error(400, "FSS.0400", "line\nline \x1b[31m red \x00 \u202e"), "!client_error")
    yield steady("long-code", error(400, "F" * 5000), "!client_error")
    yield Behaviour("comes-and-goes", [state("enable"), error(404, "FSS.1052")], ["enable", "!not_found"], repeat=True)


def failing_server():
    """5xx: retried within the poll."""
    for status, code in [(500, "FSS.0500"), (500, "FSS.1162"), (502, "FSS.0502"), (503, "FSS.1115"), (504, "FSS.0504"),
                         (500, "APIGW.0601"), (502, "APIGW.0610"), (503, "APIGW.0613"), (502, "APIGW.0202")]:
        yield steady(f"server-{status}-{code}", error(status, code), "!server_error", retried=True, project="server")
    yield steady("server-html", Answer(502, "<html>bad gateway</html>"), "!server_error", retried=True, project="server")
    yield steady("server-599", Answer(599, b""), "!server_error", retried=True, project="server")
    for wait in (1, 2):
        answers = [error(503, "FSS.0503")] * wait + [state("enable")]
        yield Behaviour(f"recovers-{wait}", answers, ["!server_error"] * wait + ["enable"], retried=True, repeat=True,
                        project="server")


def broken_transport():
    """Answers that never become one."""
    for name, answer, reason in [
        ("cut", Answer(body={"state": "enable"}, how="cut"), "connect"), ("reset", Answer(how="reset"), "connect"),
        ("garbage", Answer(how="garbage"), "connect"), ("silent", Answer(how="silent"), "timeout"),
        ("endless", Answer(how="endless"), "decode"), ("chunked", Answer(how="chunked-endless"), "timeout"),
        ("late", Answer(body={"state": "enable"}, delay=30), "timeout"),
    ]:
        # A project of its own for each, because five failures in a row hold a project.
        yield steady(f"transport-{name}", answer, "!" + reason, retried=reason != "decode", project=name)


def throttled():
    """429 in its spellings, in a project of its own."""
    for status, code, headers in [(429, "APIGW.0308", {"Retry-After": "1"}), (429, "FSS.0429", {}),
                                  (429, "APIG.0308", {"Retry-After": "soon"}), (400, "APIGW.0308", {})]:
        yield steady(f"throttled-{status}-{code}", error(status, code, headers=headers), "!throttled", retried=True,
                     project="throttled")


def everything():
    """All, filled up to 200 with ordinary ones."""
    rows = list(itertools.chain(good(), undecodable(), refused(), failing_server(), broken_transport(), throttled()))
    for index in range(200 - len(rows)):
        rows.append(steady(f"plain-{index}", state(STATES[index % 6]), STATES[index % 6]))
    return rows

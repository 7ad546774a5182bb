"""HTTP to loopback, never through a proxy."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url, timeout=5):
    with _opener.open(url, timeout=timeout) as answer:
        return answer.read()


def post(url, body=b"", timeout=5):
    request = urllib.request.Request(url, data=body, method="POST")
    try:
        with _opener.open(request, timeout=timeout) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"POST {url}: {error.code} {error.read()[:500]!r}") from error


def answers(url):
    """Whether `url` answers 200."""
    try:
        get(url, timeout=2)
        return True
    except OSError:
        return False


def query(prometheus, expression):
    """The result vector of an instant query; a fault of the expression is an error that names it."""
    url = f"{prometheus}/api/v1/query?" + urllib.parse.urlencode({"query": expression})
    try:
        answer = json.loads(get(url, timeout=20))
    except urllib.error.HTTPError as error:
        raise ValueError(f"{expression}: {error.read()[:500].decode(errors='replace')}") from error
    result = answer["data"]
    return result["result"] if result["resultType"] == "vector" else [result]


def wait(condition, within, what):
    """Until `condition` holds; an error that says `what` was waited for otherwise."""
    end = time.monotonic() + within
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {within:g} s")
        time.sleep(0.2)

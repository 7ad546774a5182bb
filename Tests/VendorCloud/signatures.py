"""Checks a request's signature by signing it again with the vendor's own SDK."""

import datetime
import urllib.parse

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

ALLOWED_SKEW_SECONDS = 15 * 60


def fault(request, secrets):
    """What is wrong with the signature of `request`, or None.

    `request` has method, target, headers (lower-case names) and body; `secrets` maps access keys to their secrets.
    """
    text = request.headers.get("authorization", "")
    if not text.startswith("SDK-HMAC-SHA256 "):
        return "no SDK-HMAC-SHA256 authorization"
    fields = dict(part.strip().split("=", 1) for part in text[len("SDK-HMAC-SHA256 "):].split(","))
    key = fields.get("Access", "")
    if key not in secrets:
        return "ak not exist"
    date = request.headers.get("x-sdk-date", "")
    try:
        moment = datetime.datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    except ValueError:
        return "bad X-Sdk-Date"
    now = datetime.datetime.now(datetime.timezone.utc)
    if abs((now - moment).total_seconds()) > ALLOWED_SKEW_SECONDS:
        return f"signature expired, signature time:{date},server time:{now:%Y%m%dT%H%M%SZ}"
    names = fields.get("SignedHeaders", "").split(";")
    for needed in ("host", "x-sdk-date"):
        if needed not in names:
            return f"{needed} is not signed"
    for name in ("x-security-token", "x-project-id"):
        if name in request.headers and name not in names:
            return f"{name} is sent but not signed"
    if any(name not in request.headers for name in names):
        return "a signed header is missing"
    path, _, query = request.target.partition("?")
    again = SdkRequest(
        method=request.method, schema="http", host=request.headers["host"], resource_path=path,
        query_params=urllib.parse.parse_qsl(query, keep_blank_values=True),
        header_params={name: request.headers[name] for name in names}, body=request.body)
    Signer(BasicCredentials(key, secrets[key])).sign(again)
    if again.header_params["Authorization"] != text:
        return "verify aksk signature fail"
    return None


def access_key(request):
    """The access key that `request` names, or None."""
    text = request.headers.get("authorization", "")
    for part in text.partition(" ")[2].split(","):
        name, _, value = part.strip().partition("=")
        if name == "Access":
            return value
    return None

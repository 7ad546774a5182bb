"""Faster copies of the shipped rules and configurations.

What is tested is what is shipped: every duration is divided by one factor, nothing is written a second time.
"""

import re

# One minute of the shipped files is five seconds here: the daemon's shortest poll interval (5s) then stands to its usual
# one (1m) as the rules' times do.
FACTOR = 12

_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}

# Thresholds in seconds that belong to the daemon's intervals and are scaled with them, and how often each occurs. Others
# (2 minutes left of a token, 5 minutes of skew) are compared with the daemon's own clock, which is not scaled.
_THRESHOLDS = [
    (r"(clamp_min\(5 \* [^,]+, )300(?=\))", 1),
    (r"(min5m > )60\b", 2),
    (r"(< )1800\b", 1),
]


def seconds(duration):
    """The seconds of a Prometheus duration such as 1m30s."""
    parts = re.findall(r"(\d+)(ms|[smhd])", duration)
    if not parts or "".join(number + unit for number, unit in parts) != duration:
        raise ValueError(f"no duration: {duration!r}")
    return sum(int(number) * _UNITS[unit] for number, unit in parts)


def scaled(duration):
    return f"{max(1, round(seconds(duration) * 1000 / FACTOR))}ms"


def rules(text):
    """The rules with `for`, `keep_firing_for`, ranges, offsets and interval thresholds divided by FACTOR."""
    text = re.sub(r"(?m)^(\s*(?:for|keep_firing_for): )(\S+)$", lambda m: m[1] + scaled(m[2]), text)
    text = re.sub(r"\[(\d+(?:ms|[smhd]))\]", lambda m: f"[{scaled(m[1])}]", text)
    text = re.sub(r"\boffset (\d+(?:ms|[smhd]))\b", lambda m: f"offset {scaled(m[1])}", text)
    for pattern, wanted in _THRESHOLDS:
        number = int(re.search(r"\)(\d+)", pattern)[1])
        text, found = re.subn(pattern, lambda m, n=number: f"{m[1]}{n / FACTOR:g}", text)
        if found != wanted:
            raise ValueError(f"the rules have {found} of {pattern!r}, not {wanted}: scaling.py is out of date")
    return text


def alertmanager(text, webhook):
    """The shipped example with its waits divided by FACTOR, and receivers that post to `webhook`/NAME."""
    text = re.sub(
        r"(?m)^(\s*(?:group_wait|group_interval|repeat_interval): )(\S+)$", lambda m: m[1] + scaled(m[2]), text
    )
    text, found = re.subn(r"(?m)^(\s*(?:- )?url: )http://localhost:9094/", lambda m: f"{m[1]}{webhook}/", text)
    if not found:
        raise ValueError("the Alertmanager example has no webhook receivers: scaling.py is out of date")
    return text


def scrape(text, target, alertmanager_address):
    """The shipped scrape configuration with its intervals divided by FACTOR; no `target` leaves the job without one."""
    text = re.sub(
        r"(?m)^(\s*(?:scrape_interval|evaluation_interval): )(\S+)$", lambda m: m[1] + scaled(m[2]), text
    )
    # A timeout may not be longer than its interval. Dividing it as well would measure this machine, not the daemon.
    text = re.sub(r"(?m)^(\s*scrape_timeout: )(\S+)$", lambda m: m[1] + scaled("30s"), text)
    text, found = re.subn(r"(?m)^(\s*- targets: )\['localhost:10977'\]$", rf"\1[{target and repr(target) or ''}]", text)
    text, also = re.subn(r"'localhost:9093'", repr(alertmanager_address), text)
    if (found, also) != (1, 1):
        raise ValueError("scrape.yml names other addresses: scaling.py is out of date")
    return text

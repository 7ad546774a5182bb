"""The simulator, as the cloud of one or more regions."""

import json
import urllib.parse

from . import ports, web
from .process import Process

PROJECT = "0123456789abcdef0123456789abcdef"
REGION = "cn-north-4"
KEY = {"id": "SIMULATEDACCESSKEY01", "secret": "simulated-secret-key-01"}
USER = {"domain": "corp", "user": "monitor", "password": "simulated-password"}


class Cloud:
    def __init__(self, programs, folder, name="simulator"):
        self.port = ports.free()
        self.url = f"http://127.0.0.1:{self.port}"
        self.scenario = {"seed": 1, "access_keys": [KEY], "users": [USER], "functions": []}
        self._scenario_file = f"{folder}/{name}.yml"
        self.process = Process(
            [f"{programs}/functiongraph-simulator", "--listen", f"127.0.0.1:{self.port}"]
            + ["--scenario", self._scenario_file],
            f"{folder}/{name}.log",
        )

    def add(self, urn, state="enable", life=None, runtime="Java11"):
        """Before `start`: a function of the scenario."""
        life = life or [{"state": state}]
        self.scenario["functions"].append({"urn": urn, "runtime": runtime, "life": life})

    def start(self):
        # JSON is YAML.
        with open(self._scenario_file, "w", encoding="utf-8") as file:
            json.dump(self.scenario, file, indent=1)
        self.process.start()
        web.wait(lambda: web.answers(f"{self.url}/_simulator/requests"), 20, "the simulator answers")

    def _control(self, what, body=None, **parameters):
        query = urllib.parse.urlencode(parameters)
        web.post(f"{self.url}/_simulator/{what}?{query}", b"" if body is None else json.dumps(body).encode())

    def set_state(self, urn, state, code=None):
        self._control("state", urn=urn, state=state, **({"code": code} if code else {}))

    def delete(self, urn):
        self._control("delete", urn=urn)

    def faults(self, *rules):
        """Replaces all faults; none ends them."""
        self._control("faults", list(rules))

    def keys(self, *keys):
        """Replaces the access keys that the cloud accepts."""
        self._control("keys", list(keys))

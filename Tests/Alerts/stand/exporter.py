"""The daemon under test, with a configuration for one incident."""

import json
import os
import signal

from . import ports, web
from .cloud import KEY, PROJECT, REGION
from .process import Process


def urn(name, version="v1", package="default", region=REGION, project=PROJECT):
    return f"urn:fss:{region}:{project}:function:{package}:{name}:{version}"


class Exporter:
    def __init__(self, programs, folder, cloud):
        self.address = f"127.0.0.1:{ports.free()}"
        self.url = f"http://{self.address}"
        self.folder = folder
        self.secret_file = f"{folder}/secret"
        self.config_file = f"{folder}/config.yml"
        self.write_secret(KEY["secret"])
        self.config = {
            # The shortest interval there is. Retries and their waits must fit into it.
            "poll": {"interval": "5s", "creating_interval": "5s", "timeout": "2s", "retries": 1, "switch": False},
            "limits": {"requests_per_second": 100},
            "accounts": [
                {
                    "name": "production",
                    "auth": {"access_key": {"id": {"env": "KEY_ID"}, "secret": {"file": self.secret_file}}},
                }
            ],
            "endpoints": {"functiongraph": cloud.url, "iam": cloud.url, "metadata": cloud.url},
            "watch": {"functions": []},
        }
        # Nothing of the caller's proxies and credentials.
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "KEY_ID": KEY["id"],
            "PASSWORD": "simulated-password",
        }
        self.process = Process(
            [f"{programs}/functiongraph-exporter", "serve", "--config.file", self.config_file]
            + ["--web.listen-address", self.address, "--log.format", "logfmt"],
            f"{folder}/exporter.log",
            environment,
        )

    def watch(self, function_urn, **settings):
        """Before `start`: an entry of the watch list; team is a label of it."""
        entry = {"urn": function_urn}
        labels = {name: settings.pop(name) for name in ("team",) if name in settings}
        if labels:
            entry["labels"] = labels
        self.config["watch"]["functions"].append(entry | settings)

    def write_secret(self, text):
        # Replaced in one step, as a tool that rotates keys would.
        with open(self.secret_file + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(self.secret_file + ".new", self.secret_file)

    def write_config(self, text=None):
        with open(self.config_file, "w", encoding="utf-8") as file:
            file.write(text if text is not None else json.dumps(self.config, indent=1))

    def start(self):
        self.process.start()
        web.wait(lambda: self._ready(), 20, "the exporter is ready")

    def _ready(self):
        if not self.process.running:
            raise RuntimeError("the exporter has ended: " + self.process.last_words())
        return web.answers(f"{self.url}/-/ready")

    def reload(self):
        self.process.signal(signal.SIGHUP)

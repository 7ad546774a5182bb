"""The webhook that Alertmanager notifies: who was told what, and when."""

import http.server
import json
import threading
import time


class Notification:
    """One call of the webhook."""

    def __init__(self, receiver, payload):
        self.at = time.monotonic()
        self.receiver = receiver
        self.status = payload["status"]
        self.alerts = payload["alerts"]
        self.name = payload["groupLabels"].get("alertname", "")

    def of(self, status):
        return [alert for alert in self.alerts if alert["status"] == status]

    def __str__(self):
        parts = [f"{len(self.of(s))} {s}" for s in ("firing", "resolved") if self.of(s)]
        return f"{self.receiver}: {self.name} {' and '.join(parts)}"


class Receiver:
    """One server for all incidents; each posts to a path of its own."""

    def __init__(self):
        self._lock = threading.Lock()
        self._inboxes = {}
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                _, stage, name = self.path.split("/", 2)
                receiver._receive(stage, Notification(name, json.loads(body)))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def _receive(self, stage, notification):
        with self._lock:
            self._inboxes.setdefault(stage, []).append(notification)

    def inbox(self, stage):
        """Everything that arrived for an incident so far, in order."""
        with self._lock:
            return list(self._inboxes.get(stage, []))

    def close(self):
        self._server.shutdown()
        self._server.server_close()

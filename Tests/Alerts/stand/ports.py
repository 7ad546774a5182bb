"""Free ports on loopback, each handed out once."""

import random
import socket
import threading

# Below the range that the kernel takes ports of outgoing connections from.
_FIRST, _LAST = 20000, 31999

_lock = threading.Lock()
_taken = set()


def free():
    with _lock:
        for _ in range(1000):
            port = random.randint(_FIRST, _LAST)
            if port in _taken:
                continue
            with socket.socket() as probe:
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    continue
            _taken.add(port)
            return port
    raise RuntimeError("no free port")

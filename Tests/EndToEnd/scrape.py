"""Scrapes without a pause, each time on a new connection, until standard input ends; then prints how it went as JSON.

    python3 scrape.py PORT
"""

import http.client
import json
import select
import sys
import time


def main():
    port = int(sys.argv[1])
    good, faults, longest = 0, [], 0.0
    while not select.select([sys.stdin], [], [], 0)[0]:
        begin = time.monotonic()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/metrics")
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                good += 1
            else:
                faults.append(f"status {answer.status}")
            connection.close()
        except (OSError, http.client.HTTPException) as error:
            faults.append(f"{type(error).__name__}: {error}")
        longest = max(longest, time.monotonic() - begin)
        time.sleep(0.005)
    print(json.dumps({"good": good, "faults": faults, "longest_seconds": round(longest, 3)}))


if __name__ == "__main__":
    main()

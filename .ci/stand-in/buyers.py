"""Buys tickets over persistent connections, until its standard input ends; prints the number of sales and of failures. A
failed request is not sent again: each failure counts."""

import collections
import http.client
import json
import sys
import threading
import time

HOST, PORT, CONCERT, BUYERS = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
BODY = json.dumps({"email": "ada@example.com", "quantity": 1})
answers = collections.Counter()
guard = threading.Lock()
stop = threading.Event()


def buy():
    connection = http.client.HTTPConnection(HOST, PORT, timeout=20)
    while not stop.is_set():
        try:
            connection.request(
                "POST", f"/v1/concerts/{CONCERT}/purchases", BODY, {"Content-Type": "application/json"})
            response = connection.getresponse()
            response.read()
            outcome = str(response.status)
        except (OSError, http.client.HTTPException) as failure:
            connection.close()
            outcome = type(failure).__name__
        with guard:
            answers[outcome] += 1
        time.sleep(0.02)


threads = [threading.Thread(target=buy) for _ in range(BUYERS)]
for thread in threads:
    thread.start()
sys.stdin.read()
stop.set()
for thread in threads:
    thread.join()
sold = answers.pop("201", 0)
print(sold, sum(answers.values()), dict(answers))

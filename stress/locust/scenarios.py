"""Six scenarios for Locust, one class each: Registration, Payment, ConcertChange, Report, Order and PageViews. Each starts requests at
a constant rate, whether or not the answers before have arrived, and checks every answer. docs/stress.md explains how to run them."""

import ipaddress
import os
import random
import re
import time
import uuid

import gevent
from gevent.pool import Group
from locust import FastHttpUser, task

PASSWORD = "a quiet lamp over nine doors"
CODE = re.compile(r"^[A-Za-z0-9_-]{22}$", re.MULTILINE)
# RFC 2544 reserves it for load tests. The shop heeds it with TRUSTED_PROXIES only, and counts each address by its limits.
VISITORS = ipaddress.ip_network("198.18.0.0/15")
# Requests that would be one more than this are not started, and count as failures.
MOST_IN_FLIGHT = int(os.environ.get("MOST_IN_FLIGHT", "500"))
# A journey is given up after this time, in seconds.
PATIENCE = 60
# How long a run waits at its end for journeys that have begun, in seconds.
GRACE = 10


class Scenario(FastHttpUser):
    """Starts its journey as often as its rate says. One user of a class is enough: the rate is the load."""

    abstract = True
    fixed_count = 1
    concurrency = MOST_IN_FLIGHT
    connection_timeout = 10.0
    network_timeout = PATIENCE
    rate = 1.0
    tickets = 100_000

    def on_start(self):
        self.begun = Group()
        self.concert = self.new_concert()

    def on_stop(self):
        self.begun.join(timeout=GRACE)
        self.begun.kill()
        self.close_sale()

    @task
    def arrivals(self):
        due = time.monotonic()
        while True:
            gevent.sleep(max(0.0, due - time.monotonic()))
            due += 1 / self.rate
            if len(self.begun) < MOST_IN_FLIGHT:
                self.begun.spawn(self.tried)
            else:
                self.count_failure("not started", f"{MOST_IN_FLIGHT} are in flight")

    def tried(self):
        try:
            self.journey()
        except Unexpected:
            pass  # Its request is counted already.

    def journey(self):
        raise NotImplementedError

    def count_failure(self, name, reason):
        self.environment.events.request.fire(
            request_type="CHECK", name=f"{type(self).__name__}: {name}", response_time=0, response_length=0,
            exception=Unexpected(reason), context={},
        )

    def ask(self, method, path, name, expected, operator=False, headers=None, **more):
        """Sends a request and gives its answer, whose status must be an expected one."""
        headers = dict(headers or {})
        token = os.environ.get("OPERATOR_TOKEN")
        if not operator:
            headers["X-Forwarded-For"] = str(VISITORS[random.randrange(VISITORS.num_addresses)])
        elif token:
            headers["Authorization"] = f"Bearer {token}"
        with self.client.request(
            method, path, name=f"{type(self).__name__}: {name}", headers=headers, catch_response=True, **more,
        ) as answer:
            if answer.status_code in expected:
                answer.success()
                return answer
            answer.failure(f"answered {answer.status_code}, expected {' or '.join(map(str, expected))}")
        raise Unexpected(f"{name}: {answer.status_code}")

    def require(self, holds, name, reason):
        """Counts an answer that has the right status and the wrong content."""
        if not holds:
            self.count_failure(name, reason)
            raise Unexpected(reason)

    def new_concert(self):
        return self.ask("POST", "/v1/concerts", "put a concert on sale", [201], operator=True, json={
            "title": f"Locust: {type(self).__name__}", "artist": "The Queue", "venue": "Loopback", "startsAt": "2099-12-31T20:00:00Z",
            "ticketTypes": [{"name": "Standing", "price": {"amount": 4500, "currency": "EUR"}, "capacity": self.tickets}],
        }).json()["id"]

    def close_sale(self):
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.ask("PATCH", f"/v1/concerts/{self.concert}", "close its sale", [200], operator=True, json={"salesCloseAt": now})

    def hold(self):
        order = self.ask(
            "POST", f"/v1/concerts/{self.concert}/orders", "hold a ticket", [201], headers={"Idempotency-Key": str(uuid.uuid4())},
            json={"email": f"{uuid.uuid4()}@buyers.example", "quantity": 1},
        ).json()
        self.require(order["state"] == "HELD", "hold a ticket", f"the order is {order['state']}")
        return order["id"]

    def pay(self, order, token, expected, state):
        """Pays, waits until the payment has ended, and checks what the order became."""
        answer = self.ask("POST", f"/v1/orders/{order}/payment", f"pay with {token}", expected, json={"token": token})
        if answer.status_code == 202:
            self.await_end(f"/v1/orders/{order}", "read the order", "state", ["HELD", "PAYING"], state)
        else:
            found = self.ask("GET", f"/v1/orders/{order}", "read the order", [200]).json()["state"]
            self.require(found == state, "the order's end", f"the order is {found}, expected {state}")

    def await_end(self, path, name, field, open_states, wanted, operator=False):
        end = time.monotonic() + PATIENCE
        while True:
            found = self.ask("GET", path, name, [200], operator=operator, headers={"Prefer": "wait=20"}).json()[field]
            if found not in open_states or time.monotonic() > end:
                break
            gevent.sleep(0.1)
        self.require(found == wanted, f"{name}: its end", f"it is {found}, expected {wanted}")


class Unexpected(Exception):
    """An answer that a journey cannot go on with."""


def rate(variable, default):
    """Arrivals per second of a scenario, from its environment variable."""
    found = float(os.environ.get(variable, default))
    if not 0 < found <= 10_000:
        raise ValueError(f"{variable} must be above 0 and at most 10000")
    return found


class Registration(Scenario):
    """A person registers: the code is read from the shop's mails, so it runs without SMTP_URL and with operator access."""

    rate = rate("REGISTRATION_RATE", "1")

    def journey(self):
        address = f"{uuid.uuid4()}@people.example"
        self.ask("POST", "/v1/accounts", "ask for a code", [202], json={"email": address})
        self.ask("POST", "/v1/account-verifications", "create the account", [201], json={
            "code": self.code_for(address), "password": PASSWORD,
        })

    def code_for(self, address):
        for _ in range(50):
            mails = self.ask("GET", f"/v1/mails?recipient={address}", "read the mail", [200], operator=True).json()["items"]
            if mails:
                found = CODE.search(mails[-1]["body"])
                self.require(found, "read the mail", "the mail has no code")
                return found.group()
            gevent.sleep(0.1)
        self.require(False, "read the mail", "there is no mail after five seconds")


class Payment(Scenario):
    """An order is held and paid."""

    rate = rate("PAYMENT_RATE", "5")

    def journey(self):
        self.pay(self.hold(), "tok_ok", [200, 202], "CONFIRMED")


class ConcertChange(Scenario):
    """A concert changes its title, and the next answer has the new one."""

    rate = rate("CONCERT_CHANGE_RATE", "1")

    def journey(self):
        title = f"Locust: {uuid.uuid4()}"
        path = f"/v1/concerts/{self.concert}"
        changed = self.ask("PATCH", path, "change a concert", [200], operator=True, json={"title": title}).json()
        self.require(changed["title"] == title, "change a concert", "the answer has another title")


class Report(Scenario):
    """An operator requests a report, and waits until it is made."""

    rate = rate("REPORT_RATE", "0.2")

    def journey(self):
        answer = self.ask(
            "POST", "/v1/reports", "request a report", [201, 202], operator=True, headers={"Idempotency-Key": str(uuid.uuid4())},
            json={"concertId": self.concert},
        )
        report = answer.json()
        if answer.status_code == 202:
            self.await_end(f"/v1/reports/{report['id']}", "wait for the report", "state", ["QUEUED"], "DONE", operator=True)
        else:
            self.require(report["state"] == "DONE", "request a report", f"it is {report['state']}")


class Order(Scenario):
    """Of seven orders five are paid, one is declined and one is given back."""

    rate = rate("ORDER_RATE", "5")

    def journey(self):
        order = self.hold()
        fate = random.randrange(7)
        if fate == 0:
            self.pay(order, "tok_declined", [402, 202], "DECLINED")
        elif fate == 1:
            self.ask("DELETE", f"/v1/orders/{order}", "give the ticket back", [200, 204])
        else:
            self.pay(order, "tok_ok", [200, 202], "CONFIRMED")


class PageViews(Scenario):
    """Visitors look at a page."""

    rate = rate("PAGE_VIEW_RATE", "100")

    def journey(self):
        self.ask("POST", "/v1/page-views", "report a view", [201, 202], json={"concertId": self.concert})

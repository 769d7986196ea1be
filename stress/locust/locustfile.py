"""Two journeys for Locust: "regular" looks three times and buys once; "random-denial" does the same and comes back
after Retry-After. Concerts must be on sale. docs/stress.md explains how to run it; it has no audit."""

import random
import uuid

import gevent
from locust import HttpUser, between, task

MOST_TICKETS = 5
MOST_RETRIES = 5


class Visitor(HttpUser):
    abstract = True
    wait_time = between(1, 3)
    retries = 0

    @task
    def journey(self):
        concerts = self.client.get("/v1/concerts?onSale=true", name="list concerts").json().get("items", [])
        concerts = [concert for concert in concerts if concert["available"] > 0]
        if not concerts:
            return
        concert = random.choice(concerts)
        for _ in range(2):
            self.wait()
            self.client.get(f"/v1/concerts/{concert['id']}", name="look at a concert")
        self.wait()
        self.buy(concert)

    def buy(self, concert):
        wish = {
            "email": f"{uuid.uuid4()}@buyers.example",
            "quantity": random.randint(1, min(MOST_TICKETS, concert["maxPerPurchase"])),
            "ticketTypeId": random.choice(concert["ticketTypes"])["id"],
        }
        key = str(uuid.uuid4())
        for _ in range(1 + self.retries):
            after = self.ask(concert["id"], wish, key)
            if after is None:
                return
            gevent.sleep(after)

    def ask(self, concert, wish, key):
        """Gives the seconds after which to ask again, or None when there is nothing more to ask."""
        with self.client.post(
            f"/v1/concerts/{concert}/purchases",
            json=wish, headers={"Idempotency-Key": key}, name="buy", catch_response=True,
        ) as response:
            if "denied=true" in response.headers.get("Simulation", ""):
                # Refused on purpose: counted under a name of its own, and no failure.
                response.request_meta["name"] = "buy: denied"
                response.success()
                return float(response.headers.get("Retry-After", 1))
            if response.status_code == 409 and response.json().get("code") == "sold-out":
                response.request_meta["name"] = "buy: sold out"
                response.success()
            elif response.status_code != 201:
                response.failure(f"answered {response.status_code}")
            return None


class Regular(Visitor):
    """Takes every answer as it is."""


class RandomDenial(Visitor):
    """Comes back after a denial, with the same key."""

    retries = MOST_RETRIES

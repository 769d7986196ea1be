"""Checks rendered overlays (FILE.yaml, named after the overlay). In a good overlay it also breaks each rule once: a rule that
notices nothing proves nothing."""

import argparse
import copy
import sys
from pathlib import Path

import yaml

import database
import gateway
import network
import rules
import scaling
from damage import DAMAGE, UNKNOWN_FIELD
from damage_optional import (
    BY_BACKLOG, LOGS_ON_A_LAPTOP, OPTIONAL, PAYMENT_ON_A_LAPTOP, RABBITMQ_ON_A_LAPTOP, REDIS_ON_A_LAPTOP, STANDBYS_ON_A_LAPTOP)
from schemas import Schemas

RULES = rules.RULES + network.RULES + database.RULES + gateway.RULES + scaling.RULES
# What to break in which overlay.
HARM = {
    "prod": DAMAGE, "optional": OPTIONAL, "redis": REDIS_ON_A_LAPTOP, "payment": PAYMENT_ON_A_LAPTOP, "rabbitmq": RABBITMQ_ON_A_LAPTOP,
    "backlog": BY_BACKLOG, "standbys": STANDBYS_ON_A_LAPTOP, "logs": LOGS_ON_A_LAPTOP,
}


def faults(objects, overlay, schemas):
    found = [f"{rules.name(thing)}: {fault}" for thing in objects for fault in schemas.faults(thing)]
    return found + [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(objects, overlay)]


def unnoticed(objects, overlay, schemas):
    """The damage that no rule noticed."""
    for rule, what, harm in HARM[overlay]:
        damaged = copy.deepcopy(objects)
        harm({rules.name(thing): thing for thing in damaged}, damaged)
        if not list(rule(damaged, overlay)):
            yield f"{rule.__name__} does not notice: {what}"
    for thing in objects:
        damaged = copy.deepcopy(thing)
        UNKNOWN_FIELD(damaged)
        if schemas.knows(thing) and not schemas.faults(damaged):
            yield f"no schema notices an unknown field of {rules.name(thing)}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kubernetes", required=True)
    parser.add_argument("--custom", action="append", default=[])
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    schemas = Schemas(options.kubernetes, options.custom)

    failed = False
    for file in options.files:
        overlay = file.stem
        objects = [thing for thing in yaml.load_all(file.read_text(), yaml.CSafeLoader) if thing]
        found = faults(objects, overlay, schemas)
        if overlay in HARM and not found:
            print(f"{overlay}: trying {len(HARM[overlay])} kinds of damage, and an unknown field in each object")
            found = list(unnoticed(objects, overlay, schemas))
        for fault in found:
            print(f"{overlay}: {fault}")
        print(f"{overlay}: {len(objects)} objects, {len(found)} faults")
        failed = failed or bool(found)
    sys.exit(failed)


main()

"""The part of cloud.py that stands in for az: what Azure answers, in the form that each question asks for."""

import hashlib
import json
import sys
from pathlib import Path

DIGEST = "sha256:" + "0" * 64
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
ADMINISTRATOR = "99999999-2222-3333-4444-555555555555"
SHARED = hashlib.sha256(f"{SUBSCRIPTION}/boxoffice".encode()).hexdigest()[:6]
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-boxoffice-dev"
STORAGE, REGISTRY = f"stboxoffice{SHARED}", f"crboxoffice{SHARED}"
VAULT = "kv-boxoffice-dev-" + hashlib.sha256(GROUP.encode()).hexdigest()[:6]
EXPIRED = "AADSTS70043: The refresh token has expired. Interactive authentication is needed. Please run: az login"
ACCOUNT = {"id": SUBSCRIPTION, "name": "Practice", "user": {"type": "user", "name": "ada@example.com"}}


def resources(call):
    """What exists: type, name, group and state, a line each."""
    rows = []
    if "bootstrap applied" in call.marks:
        rows += [("Microsoft.Storage/storageAccounts", STORAGE, "rg-boxoffice-shared"),
                 ("Microsoft.ContainerRegistry/registries", REGISTRY, "rg-boxoffice-shared")]
    if "platform applied" in call.marks:
        rows += [("Microsoft.ContainerService/managedClusters", "aks-boxoffice-dev", "rg-boxoffice-dev"),
                 ("Microsoft.DBforPostgreSQL/flexibleServers", "psql-boxoffice-dev-0", "rg-boxoffice-dev"),
                 ("Microsoft.KeyVault/vaults", VAULT, "rg-boxoffice-dev")]
    return "\n".join("\t".join((*row, "Succeeded")) for row in rows)


def sizes(world, name):
    """The sizes whose name contains the one asked for, as az filters them."""
    cpus = "4" if "D4" in name else "2"
    restrictions = [{"type": "Zone", "restrictionInfo": {"zones": world["refused_zones"]}}] if world["refused_zones"] else []
    if world["size_restriction"]:
        restrictions.append({"type": "Location", "reasonCode": world["size_restriction"]})
    sku = {"name": name, "family": "standardDASv5Family", "locationInfo": [{"zones": world["zones"]}], "restrictions": restrictions,
           "capabilities": [{"name": "MemoryGB", "value": "8"}, {"name": "vCPUs", "value": cpus}]}
    return [{**sku, "name": name + "_Promo"}, sku]


def usage(world):
    used, limit = world["cores"]
    # az prints these numbers as text.
    return [{"name": {"value": name}, "currentValue": str(used), "limit": str(limit)} for name in ("cores", "standardDASv5Family")]


def capabilities(world):
    features = {"OfferRestricted": world["database_restricted"], "ZoneRedundantHa": "Enabled", "GeoBackup": "Enabled"}
    return [{"supportedFeatures": [{"name": name, "status": status} for name, status in features.items()],
             "supportedServerEditions": [{"name": "Burstable", "supportedServerSkus": [{"name": size} for size in world["database_sizes"]]}]}]


def is_free(call, name):
    return "false" if name in call.world["taken"] else "true"


def deleted_vaults(call):
    vault = call.world["deleted_vault"]
    if "--query" in call.arguments:
        return VAULT if "vault deleted" in call.marks else ""
    return json.dumps([{"name": VAULT, "properties": vault}] if vault else [])


def account(call):
    wanted = call.option("--subscription")
    call.need(wanted in (None, SUBSCRIPTION, "Practice"), "there is no such subscription")
    # The guide asks for the id alone.
    return SUBSCRIPTION if "--query" in call.arguments else json.dumps({**ACCOUNT, "state": call.world["state"]})


def registered(call):
    call.need(call.world["providers"], "MissingSubscriptionRegistration")


def cluster(call):
    call.need("platform applied" in call.marks, "there is no cluster")
    return call.world["power"] if "powerState" in call.text else call.world["allowed_addresses"]


def credentials(call):
    call.need("platform applied" in call.marks, "there is no cluster")
    if call.option("--file"):
        Path(call.option("--file")).write_text("a kubeconfig\n")
    return ""


def digest(call):
    call.need(any(mark == "pushed " + call.option("--image") for mark in call.marks), "no image was pushed")
    return DIGEST


ANSWERS = {
    "version": lambda call: json.dumps({"azure-cli": call.world["versions"].get("az", "2.91.0")}),
    "account get-access-token": lambda call: json.dumps({"accessToken": call.world["secret"]}) if "none" not in call.arguments else "",
    "account show": account,
    "account list": lambda call: f"Practice\t{SUBSCRIPTION}\tEnabled",
    "ad signed-in-user show": lambda call: ADMINISTRATOR,
    "role assignment list": lambda call: "\n".join(call.world["roles"]),
    "provider list": lambda call: "\n".join(call.world["providers"]),
    "resource list": resources,
    "storage account check-name": lambda call: is_free(call, STORAGE),
    "acr check-name": lambda call: is_free(call, REGISTRY),
    "rest": lambda call: is_free(call, VAULT),
    "keyvault list-deleted": deleted_vaults,
    "keyvault purge": lambda call: call.unmark("vault deleted"),
    "keyvault secret show": lambda call: call.world["secret"],
    "vm list-skus": lambda call: json.dumps(sizes(call.world, call.option("--size"))),
    "vm list-usage": lambda call: registered(call) or json.dumps(usage(call.world)),
    "postgres flexible-server list-skus": lambda call: registered(call) or json.dumps(capabilities(call.world)),
    "storage blob exists": lambda call: "true" if "state stored" in call.marks else "false",
    "acr repository show": digest,
    "aks show": cluster,
    "aks get-credentials": credentials,
    "group exists": lambda call: "true",
    "group delete": lambda call: call.unmark("bootstrap applied", "state stored", *(m for m in call.marks if m.startswith("pushed"))),
    "role definition list": lambda call: "boxoffice locks",
}


def answer(call):
    questions = [question for question in ANSWERS if call.text.startswith(question)]
    if "login expired" in call.marks and call.arguments[0] not in ("version", "login"):
        sys.exit(EXPIRED)
    if questions:
        text = ANSWERS[max(questions, key=len)](call)
        if text:
            print(text)
    else:
        call.mark(" ".join(call.arguments[:2]))

"""Checks objects against Kubernetes' schemas and those of custom resources; an unknown field is an error."""

from pathlib import Path

import jsonschema
import kubernetes_validate
import yaml

CUSTOM_KINDS = {"Certificate", "Cluster", "Gateway", "HTTPRoute", "Issuer", "ScaledObject", "ServiceMonitor"}


class Schemas:
    def __init__(self, kubernetes, custom):
        self._kubernetes = kubernetes
        self._custom = {}
        for file in custom:
            self._add(yaml.load(Path(file).read_text(), yaml.CSafeLoader))

    def _add(self, definition):
        spec = definition["spec"]
        for version in spec["versions"]:
            schema = version["schema"]["openAPIV3Schema"]
            key = f"{spec['group']}/{version['name']}", spec["names"]["kind"]
            self._custom[key] = jsonschema.Draft4Validator(_strict(schema))

    def faults(self, thing):
        """The faults of an object."""
        custom = self._custom.get((thing["apiVersion"], thing["kind"]))
        if custom:
            return [_text(error) for error in custom.iter_errors(thing)]
        try:
            kubernetes_validate.validate(thing, self._kubernetes, strict=True)
        except kubernetes_validate.ValidationError as error:
            return [_text(error)]
        except kubernetes_validate.SchemaNotFoundError as error:
            return [error.message] if self.knows(thing) else []
        return []

    def knows(self, thing):
        """Whether there is a schema: those of custom resources cannot be downloaded everywhere."""
        return bool(self._custom) or thing["kind"] not in CUSTOM_KINDS


def _text(error):
    return "/".join(str(step) for step in error.absolute_path) + ": " + error.message[:200]


def _strict(schema):
    """Closes every object of a schema that names its fields."""
    if isinstance(schema, list):
        return [_strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _strict(value) for key, value in schema.items()}
    open_ended = "additionalProperties" in schema or schema.get("x-kubernetes-preserve-unknown-fields")
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object" and not open_ended:
        closed["additionalProperties"] = False
    return closed

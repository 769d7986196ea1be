"""Reads what the kubernetes provider sends when it makes a Namespace, a ConfigMap or a Secret: protobuf, not JSON."""

import base64

MAGIC = b"k8s\0"


def number(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 0x80:
            return value, at


def fields(data):
    """The values of each field of a message, by its number; a nested message is left as bytes."""
    at, found = 0, {}
    while at < len(data):
        tag, at = number(data, at)
        value, at = number(data, at)
        if tag & 7 == 2:
            value, at = data[at:at + value], at + value
        found.setdefault(tag >> 3, []).append(value)
    return found


def text(message, field):
    return message[field][0].decode() if field in message else ""


def entries(message, field):
    return {text(entry, 1): entry.get(2, [b""])[0] for entry in map(fields, message.get(field, []))}


def decode(data):
    """The object as a JSON body would have said it. The numbers of the fields are those of Kubernetes' generated.proto."""
    unknown = fields(data[len(MAGIC):])
    kind, message = fields(unknown[1][0]), fields(unknown[2][0])
    metadata = fields(message[1][0])
    body = {
        "apiVersion": text(kind, 1), "kind": text(kind, 2),
        "metadata": {
            "name": text(metadata, 1), "namespace": text(metadata, 3),
            "labels": {key: value.decode() for key, value in entries(metadata, 11).items()},
            "annotations": {key: value.decode() for key, value in entries(metadata, 12).items()},
        },
    }
    if body["kind"] == "ConfigMap":
        body["data"] = {key: value.decode() for key, value in entries(message, 2).items()}
    if body["kind"] == "Secret":
        body["data"] = {key: base64.b64encode(value).decode() for key, value in {**entries(message, 2), **entries(message, 4)}.items()}
        body["type"] = text(message, 3)
    return body

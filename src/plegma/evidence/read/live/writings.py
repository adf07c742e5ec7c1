"""How answers are written as artifacts: objects one field to a line, as kubectl writes them, and nothing with its secrets."""

from typing import Any

from plegma.evidence.read.live.fields import Thing
from plegma.evidence.secrets import mask, masked_within, may_hold_secrets


def as_json(value: Thing) -> bytes:
    """The object as indented JSON, so that an origin's line means something, without secrets."""
    import msgspec

    text = (msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n").decode()
    if not may_hold_secrets(text, mask(text)):
        return text.encode()
    return msgspec.json.format(msgspec.json.encode(masked_within(value)), indent=2) + b"\n"


def as_text(data: bytes) -> bytes:
    """A text without secrets."""
    return mask(data.decode("utf-8", "replace")).encode()


def decoded(data: bytes) -> Thing:
    """The object of a JSON text, {} when it is none."""
    import msgspec

    try:
        value: Any = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}

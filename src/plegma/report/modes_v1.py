"""The JSON form of the failure modes, version 1: every record as it is in failure_mode.py, texts in both languages.

Fields may be added; none may change or go.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plegma.knowledge.failure_mode import FailureMode

SCHEMA = "plegma.dev/modes/v1"


@dataclass(frozen=True, slots=True)
class ModesV1:
    """All modes, in order of id."""

    schema: str
    modes: list[FailureMode]


def to_json(modes: Iterable[FailureMode]) -> str:
    """The modes as JSON text, two spaces deep."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(ModesV1(SCHEMA, list(modes))), indent=2).decode()


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of version 1."""
    import msgspec

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"https://{SCHEMA}", **msgspec.json.schema(ModesV1)}

"""What can come of a request."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Why = Literal["deadline", "connection", "credentials", "program"]


@dataclass(frozen=True, slots=True)
class Answer:
    """It was done. `whole` is false when the connection broke, or more came than was wanted: `body` is the beginning."""

    body: bytes
    content_type: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """The server said no: HTTP status, reason and message of its Status object; `retry_after` in seconds where it names one."""

    status: int
    reason: str
    message: str
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """No server answered: the deadline passed, there was no connection, or the credentials could not be read."""

    why: Why
    message: str


Outcome = Answer | Refusal | Silence

REASONS: Mapping[str, int] = {
    "BadRequest": 400, "Unauthorized": 401, "Forbidden": 403, "NotFound": 404, "MethodNotAllowed": 405, "NotAcceptable": 406,
    "AlreadyExists": 409, "Conflict": 409, "Gone": 410, "Expired": 410, "RequestEntityTooLarge": 413, "UnsupportedMediaType": 415,
    "Invalid": 422, "TooManyRequests": 429, "InternalError": 500, "ServiceUnavailable": 503, "ServerTimeout": 504, "Timeout": 504,
}  # fmt: skip
"""Status reasons and their HTTP codes (StatusReason in apimachinery/pkg/apis/meta/v1/types.go)."""
_LONGEST = 500


def refusal_of(status: int, body: bytes, retry_after: str = "") -> Refusal:
    """A refusal with what its body says: a Status object, or text of whatever stands before the server."""
    waits = float(retry_after) if retry_after.isdecimal() else None
    try:
        said = json.loads(body)
        reason, message = str(said.get("reason") or ""), str(said.get("message") or "")
    except (ValueError, AttributeError, RecursionError):
        reason, message = "", body.decode("utf-8", "replace").strip()
    return Refusal(status, reason, message[:_LONGEST] or f"HTTP {status}", waits)

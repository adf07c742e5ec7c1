"""A failed CRI call, worded as the kubelet words it: Go's gRPC prints `rpc error: code = X desc = Y`."""

from plegma.clients import errors

DIALING = 'connection error: desc = "transport: Error while dialing: dial unix {socket}: connect: {why}"'
DIAL_FAILURES = ("connection refused", "no such file or directory", "permission denied")
BROKEN = ("socket closed", "connection reset", "broken pipe", "goaway")
SPELLED = {"Cancelled": "Canceled"}
"""Go's names of codes where they are not those of Python's library, word by word."""


class CallError(Exception):
    """A call failed. `code` as Go names it; the text is what the kubelet would log."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(f"rpc error: code = {code} desc = {description}")
        self.code = code


def worded(error: errors.CallError, socket: str) -> CallError:
    """An outcome of a call in Go's words: Python's library words time-outs and refused connections otherwise."""
    if isinstance(error, errors.NoAnswerError):
        own = error.said.lower() == "deadline exceeded"
        return CallError("DeadlineExceeded", "context deadline exceeded" if own else error.said)
    if isinstance(error, errors.RefusedError):
        return CallError(SPELLED.get(error.code, error.code), error.said)
    return CallError("Unavailable", _unavailable(error.said, socket))


def _unavailable(said: str, socket: str) -> str:
    why = next((w for w in DIAL_FAILURES if w in said.lower()), "")
    if why:
        return DIALING.format(socket=socket, why=why)
    return "error reading from server: EOF" if any(w in said.lower() for w in BROKEN) else said

"""What can come of a call instead of an answer: each outcome is a class of its own."""


class CallError(Exception):
    """A call to `endpoint` gave no answer; `seconds` is how long it was waited for."""

    def __init__(self, call: str, endpoint: str, said: str, seconds: float = 0.0) -> None:
        super().__init__(f"{call} on {endpoint}: {said}")
        self.call, self.endpoint, self.said, self.seconds = call, endpoint, said, seconds


class UnreachableError(CallError):
    """Nobody listens there: the socket is absent or refuses."""


class NoAnswerError(CallError):
    """Somebody listens, and the deadline passed without an answer."""


class RefusedError(CallError):
    """The answer is an error; `code` is gRPC's name for it ("NotFound") or HTTP's number."""

    def __init__(self, call: str, endpoint: str, said: str, code: str, seconds: float = 0.0) -> None:
        super().__init__(call, endpoint, said, seconds)
        self.code = code


class MissingExtraError(Exception):
    """A package that this client needs is not installed; the message says which extra brings it."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"pip install 'plegma[{extra}]'")
        self.extra = extra

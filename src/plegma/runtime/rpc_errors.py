"""A failed CRI call, worded as the kubelet words it: Go's gRPC prints `rpc error: code = X desc = Y`."""

import grpc

CODES = {
    grpc.StatusCode.CANCELLED: "Canceled", grpc.StatusCode.UNKNOWN: "Unknown", grpc.StatusCode.INVALID_ARGUMENT: "InvalidArgument",
    grpc.StatusCode.DEADLINE_EXCEEDED: "DeadlineExceeded", grpc.StatusCode.NOT_FOUND: "NotFound",
    grpc.StatusCode.ALREADY_EXISTS: "AlreadyExists", grpc.StatusCode.PERMISSION_DENIED: "PermissionDenied",
    grpc.StatusCode.RESOURCE_EXHAUSTED: "ResourceExhausted", grpc.StatusCode.FAILED_PRECONDITION: "FailedPrecondition",
    grpc.StatusCode.ABORTED: "Aborted", grpc.StatusCode.OUT_OF_RANGE: "OutOfRange", grpc.StatusCode.UNIMPLEMENTED: "Unimplemented",
    grpc.StatusCode.INTERNAL: "Internal", grpc.StatusCode.UNAVAILABLE: "Unavailable", grpc.StatusCode.DATA_LOSS: "DataLoss",
    grpc.StatusCode.UNAUTHENTICATED: "Unauthenticated",
}  # fmt: skip
DIALING = 'connection error: desc = "transport: Error while dialing: dial unix {socket}: connect: {why}"'
DIAL_FAILURES = ("connection refused", "no such file or directory", "permission denied")


class CallError(Exception):
    """A call failed. `code` as Go names it; the text is what the kubelet would log."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(f"rpc error: code = {code} desc = {description}")
        self.code = code


def worded(error: grpc.RpcError, socket: str) -> CallError:
    """A gRPC error of the Python library in Go's words: the library words time-outs and refused connections otherwise."""
    status, details = error.code(), error.details() or ""
    if status is grpc.StatusCode.DEADLINE_EXCEEDED:
        own = details.lower() == "deadline exceeded"
        return CallError("DeadlineExceeded", "context deadline exceeded" if own else details)
    if status is grpc.StatusCode.UNAVAILABLE:
        return CallError("Unavailable", _unavailable(details, socket))
    return CallError(CODES.get(status, "Unknown"), details)


def _unavailable(details: str, socket: str) -> str:
    why = next((w for w in DIAL_FAILURES if w in details.lower()), "")
    if why:
        return DIALING.format(socket=socket, why=why)
    broken = any(w in details.lower() for w in ("socket closed", "connection reset", "broken pipe", "goaway"))
    return "error reading from server: EOF" if broken else details

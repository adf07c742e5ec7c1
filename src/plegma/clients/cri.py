"""A container runtime over its CRI socket (k8s.io/cri-api, runtime/v1/api.proto), with a deadline for every call."""

from collections.abc import Mapping
from time import monotonic
from typing import Any

from plegma.clients.errors import MissingExtraError, NoAnswerError, RefusedError, UnreachableError

_MOST_BYTES = 64 * 2**20
"""A node's list of dead containers can outgrow gRPC's 4 MiB; the kubelet takes 16 MiB."""
_OPTIONS = (
    ("grpc.enable_http_proxy", 0),
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1000),
)
"""A connection of one's own, and a runtime that comes back is found within a second."""
_VERSIONS = ("v1", "v1alpha2")
"""Tried in this order; the messages are the same on the wire (containerd before 1.6 and CRI-O before 1.23 have only the second)."""
_CODES = {"DEADLINE_EXCEEDED": NoAnswerError, "UNAVAILABLE": UnreachableError}


class Cri:
    """One runtime. `endpoint` reads "unix:///run/containerd/containerd.sock"."""

    def __init__(self, endpoint: str, deadline: float = 10.0) -> None:
        """Raises MissingExtraError. Connects at the first call."""
        try:
            import grpc
            from cri_api.v1 import api_pb2
        except ImportError as error:
            raise MissingExtraError("runtime") from error
        self.endpoint, self.deadline = endpoint, deadline
        self._grpc, self._types = grpc, api_pb2
        self._version = _VERSIONS[0]
        options = [("grpc.max_receive_message_length", _MOST_BYTES), *_OPTIONS]
        self._channel = grpc.insecure_channel(endpoint.replace("unix://", "unix:", 1), options=options)

    def call(self, method: str, fields: Mapping[str, Any] | None = None, deadline: float | None = None) -> Any:
        """What RuntimeService's method answers to a request with these fields ({"filter": {...}}).

        Raises NoAnswerError, UnreachableError or RefusedError.
        """
        try:
            return self._once(method, fields or {}, deadline or self.deadline)
        except RefusedError as error:
            if error.code != "Unimplemented" or self._version == _VERSIONS[-1]:
                raise
            self._version = _VERSIONS[-1]
            return self._once(method, fields or {}, deadline or self.deadline)

    def json(self, method: str, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The same as plain data, spelled as crictl's JSON."""
        from google.protobuf.json_format import MessageToDict

        answer: dict[str, Any] = MessageToDict(self.call(method, fields), always_print_fields_with_no_presence=True)
        return answer

    def close(self) -> None:
        """Gives the connection back."""
        self._channel.close()

    def _once(self, method: str, fields: Mapping[str, Any], deadline: float) -> Any:
        asked, answer = getattr(self._types, f"{method}Request"), getattr(self._types, f"{method}Response")
        path = f"/runtime.{self._version}.{'ImageService' if 'Image' in method else 'RuntimeService'}/{method}"
        send = self._channel.unary_unary(path, request_serializer=asked.SerializeToString, response_deserializer=answer.FromString)
        began = monotonic()
        try:
            return send(asked(**fields), timeout=deadline)
        except self._grpc.RpcError as error:
            raise self._told(method, error, monotonic() - began) from error

    def _told(self, method: str, error: Any, seconds: float) -> Exception:
        code, said = error.code().name, str(error.details())
        if code in _CODES:
            return _CODES[code](method, self.endpoint, said, seconds)
        return RefusedError(method, self.endpoint, said, code.replace("_", " ").title().replace(" ", ""), seconds)

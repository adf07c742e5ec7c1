"""Docker's Engine API over its socket, with a deadline for every call."""

from time import monotonic
from typing import Any, cast

from plegma.clients.errors import MissingExtraError, NoAnswerError, RefusedError, UnreachableError

_ANY = "1.41"
"""Only to make a client that asks for the version; the question itself goes to a path without one."""


class DockerEngine:
    """One dockerd. `endpoint` reads "unix:///var/run/docker.sock"."""

    def __init__(self, endpoint: str, deadline: float = 10.0) -> None:
        """Raises MissingExtraError. Connects at the first call."""
        try:
            import docker
            import requests
        except ImportError as error:
            raise MissingExtraError("docker") from error
        self.endpoint, self.deadline = endpoint, deadline
        self._docker, self._requests = docker, requests
        self._api: Any = None

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """What a method of docker.APIClient returns ("containers", all=True).

        Raises NoAnswerError, UnreachableError or RefusedError.
        """
        began = monotonic()
        try:
            return getattr(self._spoken(), name)(*args, **kwargs)
        except self._requests.exceptions.Timeout as error:
            raise NoAnswerError(name, self.endpoint, "no answer", monotonic() - began) from error
        except self._requests.exceptions.ConnectionError as error:
            raise UnreachableError(name, self.endpoint, str(error), monotonic() - began) from error
        except self._docker.errors.APIError as error:
            raise RefusedError(name, self.endpoint, cast(str, error.explanation), str(error.status_code), monotonic() - began) from error

    def _spoken(self) -> Any:
        """A client that speaks the daemon's own version; asking for it is the first call, and may hang as any other."""
        if self._api is None:
            first = self._docker.APIClient(base_url=self.endpoint, version=_ANY, timeout=self.deadline)
            version = first.version(api_version=False)["ApiVersion"]
            first.close()
            self._api = self._docker.APIClient(base_url=self.endpoint, version=version, timeout=self.deadline)
        return self._api

    def close(self) -> None:
        """Gives the connection back."""
        if self._api is not None:
            self._api.close()

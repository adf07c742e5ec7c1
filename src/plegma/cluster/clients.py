"""The port: who can be asked, and which of the two there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Literal, Protocol

from plegma.cluster.outcomes import Outcome, Refusal, Silence
from plegma.cluster.requests import Request

Choice = Literal["auto", "kr8s", "kubectl"]


class Client(Protocol):
    """Asks an API server. Not safe for use by several threads at once."""

    @property
    def name(self) -> str:
        """Which of the two it is."""

    def ask(self, request: Request, seconds: float) -> Outcome:
        """What came of the request within so many seconds. Raises nothing for what a server or network does."""

    def lines(self, request: Request, seconds: float) -> Iterator[bytes | Refusal | Silence]:
        """The answer line by line as it comes (a watch, a log that is followed), at most so many seconds long.

        A refusal or a broken connection is the last item; a stream that ends by itself has none.
        """

    def close(self) -> None:
        """Lets go of connections and of files made for them."""


class NoClientError(Exception):
    """Neither kr8s nor kubectl is there."""


@dataclass(frozen=True, slots=True)
class Access:
    """Which cluster, as kubectl's flags name it; "" leaves it to the kubeconfig."""

    context: str = ""
    kubeconfig: str = ""


def client_for(access: Access, choice: Choice = "auto") -> Client:
    """kr8s where its extra is installed, else the kubectl program; kubectl also for kubeconfigs that kr8s does not understand.

    Raises NoClientError when what is asked for is not installed, with what would help.
    """
    if choice == "kubectl":
        return _kubectl(access)
    try:
        from plegma.cluster.kr8s_clients import Kr8sClient
    except ImportError as error:
        if choice == "kr8s":
            raise NoClientError("kr8s is not installed; pip install 'plegma[live]'") from error
        return _kubectl(access)
    first = Kr8sClient(access)
    return first if choice == "kr8s" or which("kubectl") is None else _FirstThatKnows(first, access)


class _FirstThatKnows:
    """kr8s, or kubectl from the moment when kr8s cannot use the credentials (a plugin or a field that it does not know)."""

    def __init__(self, first: Client, access: Access) -> None:
        self._client, self._access, self._is_settled = first, access, False

    @property
    def name(self) -> str:
        """Which of the two it is."""
        return self._client.name

    def ask(self, request: Request, seconds: float) -> Outcome:
        """What came of the request within so many seconds."""
        outcome = self._client.ask(request, seconds)
        if not self._is_settled and isinstance(outcome, Silence) and outcome.why == "credentials":
            self._client.close()
            self._client = _kubectl(self._access)
            outcome = self._client.ask(request, seconds)
        self._is_settled = True
        return outcome

    def lines(self, request: Request, seconds: float) -> Iterator[bytes | Refusal | Silence]:
        """The answer line by line as it comes, at most so many seconds long."""
        return self._client.lines(request, seconds)

    def close(self) -> None:
        """Lets go of connections and of files made for them."""
        self._client.close()


def _kubectl(access: Access) -> Client:
    from plegma.cluster.kubectl_clients import KubectlClient

    program = which("kubectl")
    if program is None:
        raise NoClientError("neither kr8s nor kubectl is installed; pip install 'plegma[live]', or put kubectl on PATH")
    return KubectlClient(access, Path(program))

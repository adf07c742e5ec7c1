"""The port: who can be asked, and which of the two there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
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
    """kr8s where its extra is installed, else the kubectl program.

    Raises NoClientError when what is asked for is not installed, with what would help.
    """
    if choice != "kubectl":
        try:
            from plegma.cluster.kr8s_clients import Kr8sClient

            return Kr8sClient(access)
        except ImportError as error:
            if choice == "kr8s":
                raise NoClientError("kr8s is not installed; pip install 'plegma[live]'") from error
    return _kubectl(access)


def _kubectl(access: Access) -> Client:
    import shutil

    from plegma.cluster.kubectl_clients import KubectlClient

    program = shutil.which("kubectl")
    if program is None:
        raise NoClientError("neither kr8s nor kubectl is installed; pip install 'plegma[live]', or put kubectl on PATH")
    return KubectlClient(access, Path(program))

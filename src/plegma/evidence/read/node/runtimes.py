"""What the container runtime answers over CRI, as crictl prints it; a call that hangs is told with how long it was waited for."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plegma.clients.cri import Cri
from plegma.clients.errors import CallError, MissingExtraError, NoAnswerError, RefusedError, UnreachableError
from plegma.clients.unix_sockets import listener_at
from plegma.evidence.read.node.cni_states import USUAL_FOLDER, told_configuration
from plegma.evidence.read.node.places import Places
from plegma.evidence.read.node.sockets import cri_sockets, docker_sockets
from plegma.evidence.read.node.takings import Found, Taking, call_told, no_answer, unreadable
from plegma.model.texts import Text

_MOST_INSPECTED = 50
_MOST_LOG = 64 * 1024
_CALLS = (
    ("Version", "crictl version"), ("Status", "crictl info"), ("ListPodSandbox", "crictl pods -o json"),
    ("ListContainers", "crictl ps -a -o json"),
)  # fmt: skip
_VERSION = ("version", "runtimeName", "runtimeVersion", "runtimeApiVersion")
_HEADS = {
    "ListPodSandbox": "POD ID  CREATED  STATE  NAME  NAMESPACE  ATTEMPT  RUNTIME\n",
    "ListContainers": "CONTAINER  IMAGE  CREATED  STATE  NAME  ATTEMPT  POD ID  POD\n",
}
"""How crictl prints that there is none: an empty JSON list would not tell what it is a list of."""
_SICK = frozenset(("CONTAINER_EXITED", "CONTAINER_UNKNOWN", "CONTAINER_CREATED"))


def told_runtimes(places: Places) -> Iterator[Found]:
    """Every runtime that listens here, and the CNI configuration that it uses.

    Without a socket nothing is told of a runtime, unless one was asked for.
    """
    paths = cri_sockets(places)
    if not paths and places.at(USUAL_FOLDER).is_dir():
        yield from told_configuration(places, USUAL_FOLDER)
    if not paths and not docker_sockets(places):
        yield unreadable("cri", _NO_SOCKET.en, _NO_SOCKET.ja)
    for number, path in enumerate(paths):
        yield from _told(places, path, f"cri{number or ''}")


def _told(places: Places, path: Path, folder: str) -> Iterator[Found]:
    try:
        cri = Cri(f"unix://{path}", places.deadline)
        listener_at(path, places.deadline)
    except MissingExtraError as error:
        yield unreadable("cri", f"it needs grpc: {error}", f"grpc が必要です: {error}")
        return
    except UnreachableError as error:  # gRPC's C core words it otherwise than the Go programs whose words the modes know
        said = f'connection error: desc = "transport: Error while dialing: {error.said}"'
        yield Taking(f"{folder}/Version.txt", call_told("crictl version", f"rpc error: code = Unavailable desc = {said}"))
        return
    except NoAnswerError as error:
        yield Taking(f"{folder}/Version.txt", failure("crictl version", error))
        return
    yield from _Asked(places, cri, folder).told()
    cri.close()


_NO_SOCKET = Text(
    "no container runtime's socket was found; name it with --cri unix://... or --docker unix://...",
    "コンテナランタイムのソケットが見つかりません。--cri unix://... または --docker unix://... で指定してください",
)


class _Asked:
    """One runtime while it is asked. After a first call that hangs, the others are not tried."""

    def __init__(self, places: Places, cri: Cri, folder: str) -> None:
        self._places, self._cri, self._folder = places, cri, folder

    def told(self) -> Iterator[Found]:
        answers: dict[str, dict[str, Any]] = {}
        for method, command in _CALLS:
            try:
                answers[method] = self._cri.json(method, {"verbose": True} if method == "Status" else None)
            except CallError as error:
                yield self._failed(command, error)
                if not isinstance(error, RefusedError):
                    break
                continue
            yield self._answer(method, command, answers[method])
        folder = self._places.cni_conf or _cni_folder(answers.get("Status", {}))
        if folder or self._places.at(USUAL_FOLDER).is_dir():  # a runtime that is silent may well use another one
            yield from told_configuration(self._places, folder or USUAL_FOLDER)
        if not {"ListPodSandbox", "ListContainers"} <= set(answers):
            yield unreadable("cri", "the runtime did not give its lists", "ランタイムが一覧を返しませんでした")
        yield from self._sandboxes(answers.get("ListPodSandbox", {}).get("items", []))
        yield from self._containers(answers.get("ListContainers", {}).get("containers", []))

    def _answer(self, method: str, command: str, answer: Mapping[str, Any]) -> Found:
        if method in _HEADS and not any(answer.values()):
            return Taking(f"{self._folder}/{method}.txt", _HEADS[method], command.removesuffix(" -o json"))
        if method != "Version":
            return Taking(f"{self._folder}/{method}.json", json.dumps(answer, indent=1))
        told = "".join(f"{key[:1].upper()}{key[1:]}:  {answer.get(key)}\n" for key in _VERSION)
        return Taking(f"{self._folder}/Version.txt", told, command)

    def _failed(self, command: str, error: CallError) -> Found:
        return Taking(f"{self._folder}/{error.call}.txt", failure(command, error))

    def _sandboxes(self, listed: list[dict[str, Any]]) -> Iterator[Found]:
        """Those that are not READY are inspected: their own end is the finding. Of the others it is told which does not answer."""
        dead = [s for s in listed if s.get("state") == "SANDBOX_NOTREADY"]
        yield from self._each("PodSandboxStatus", "crictl inspectp", "podSandboxId", dead, lambda s: s["id"])
        yield from self._shims([s["id"] for s in listed if s not in dead])

    def _shims(self, sandboxes: list[str]) -> Iterator[Found]:
        """A verbose status goes through the sandbox's shim, and waits where that does; the first that waits is enough."""
        for sandbox in sandboxes[:_MOST_INSPECTED]:
            try:
                self._cri.call("PodSandboxStatus", {"pod_sandbox_id": sandbox, "verbose": True})
            except NoAnswerError as error:
                yield Taking(f"{self._folder}/PodSandboxStatus-{sandbox[:13]}.txt", failure(f"crictl inspectp {sandbox}", error))
                return
            except CallError:
                continue  # it ended meanwhile

    def _containers(self, listed: list[dict[str, Any]]) -> Iterator[Found]:
        """The newest ends first, each with the last lines of its log."""
        ended = sorted((c for c in listed if c.get("state") in _SICK), key=lambda c: -int(c.get("createdAt", 0)))
        for found in self._each("ContainerStatus", "crictl inspect", "containerId", ended, lambda c: c["id"]):
            yield found
            if isinstance(found, Taking) and found.name.endswith(".json"):
                yield from _log(self._places, json.loads(found.output).get("status", {}).get("logPath", ""))

    def _each(
        self, method: str, command: str, key: str, things: list[dict[str, Any]], identity: Callable[[dict[str, Any]], str]
    ) -> Iterator[Found]:
        for thing in things[:_MOST_INSPECTED]:
            asked = {"verbose": True} if method == "PodSandboxStatus" else {}
            name = identity(thing)
            try:
                answer = self._cri.json(method, {key.replace("Id", "_id").replace("Sandbox", "_sandbox"): name, **asked})
            except NoAnswerError as error:
                yield Taking(f"{self._folder}/{method}-{name[:13]}.txt", failure(f"{command} {name}", error))
                return
            except CallError as error:
                yield Taking(f"{self._folder}/{method}-{name[:13]}.txt", failure(f"{command} {name}", error))
                continue
            yield Taking(f"{self._folder}/{method}-{name[:13]}.json", json.dumps(_opened(answer), indent=1))


def _opened(answer: dict[str, Any]) -> dict[str, Any]:
    """The runtime's own part comes as JSON in a text; crictl shows it opened, and so do we."""
    try:
        return {**answer, "info": json.loads(answer["info"]["info"])}
    except (LookupError, TypeError, ValueError):
        return answer


def _cni_folder(status: Mapping[str, Any]) -> str:
    """Where the runtime looks for CNI's configuration, "" when it does not say.

    containerd tells it in the verbose status, as JSON in a text.
    """
    try:
        found = json.loads(status.get("info", {}).get("config", "{}"))["cni"]["confDir"]
    except (ValueError, LookupError, TypeError):
        return ""
    return str(found)


def failure(command: str, error: CallError) -> str:
    """A call that gave no output, in the words that the parsers and the modes know (Go's client)."""
    if isinstance(error, NoAnswerError):
        return no_answer(command, error.seconds, f"{error.call} on {error.endpoint}")
    code = error.code if isinstance(error, RefusedError) else "Unavailable"
    return call_told(command, f"rpc error: code = {code} desc = {error.said}")


def _log(places: Places, path: str) -> Iterator[Found]:
    """The end of a container's own log; its path tells the parsers whose it is."""
    if not path:
        return
    file = places.at(path) if places.root != Path("/") else Path(path)
    try:
        with file.open("rb") as stream:
            stream.seek(max(file.stat().st_size - _MOST_LOG, 0))
            text = stream.read(_MOST_LOG).decode("utf-8", "replace")
    except OSError:
        return  # a log that was rotated away, or a container that never had one
    if text:
        yield Taking(f"{path.lstrip('/')}", text)

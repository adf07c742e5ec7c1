"""Hands on the node that plegma runs on: units, processes, sandboxes, files. Nothing is deleted that can be moved aside."""

import fcntl
import os
import shlex
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep, time

from plegma.clients.cri import Cri
from plegma.clients.docker_engine import DockerEngine
from plegma.clients.errors import CallError, MissingExtraError, RefusedError
from plegma.clients.unix_sockets import listener_at
from plegma.remedy.actions import Action, ContinueProcess, MoveCheckpoint, ReleaseAddresses, RemoveSandbox, RunUnit
from plegma.remedy.facts import AddressFacts, CheckpointFacts, Facts, ProcessFacts, SandboxFacts, UnitFacts
from plegma.remedy.outcomes import Done, Failed, Outcome

LONGEST_SETUP = 300.0
"""Seconds: the kubelet gives RunPodSandbox 4 minutes, and until it ends the runtime may not list the sandbox."""
_SANDBOX_DEADLINE = 30.0
_UNIT_DEADLINE = 120.0
_DUMP_TIME = 2.0
_NOT_DOCKER = frozenset(("kubelet", "containerd", "crio", "cri-docker", "k3s", "k3s-agent", "rke2-server", "rke2-agent"))


@dataclass(frozen=True, slots=True)
class Host:
    """This node. `cri` and `docker` are the paths of the sockets, None without; `unit_command` has {verb} and {unit}.

    `deadline` is seconds for a call, `patience` for host-local's lock.
    """

    node: str
    cri: Path | None
    docker: Path | None
    root: Path = Path("/")
    networks: str = "var/lib/cni/networks"
    unit_command: str = "systemctl {verb} {unit}"
    aside: Path = Path("/var/lib/plegma/aside")
    deadline: float = 10.0
    patience: float = 5.0


class NodeHands:
    """See `plegma.remedy.runs.Hands`."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def node_of(self, _action: Action, _facts: Facts) -> str:
        """This one."""
        return self._host.node

    def facts(self, action: Action) -> Facts | Failed:
        """What is so right now."""
        try:
            return self._facts(action)
        except OSError as error:  # a file went while it was looked at
            return Failed(_told(error))

    def _facts(self, action: Action) -> Facts | Failed:
        match action:
            case RunUnit():
                return UnitFacts(self._survive(action.unit))
            case ContinueProcess():
                return self._process(action.program)
            case RemoveSandbox():
                return self._sandbox(action.sandbox)
            case ReleaseAddresses():
                return self._addresses()
            case MoveCheckpoint():
                return self._checkpoint(action.sandbox)
            case _:
                return Failed("it is no action for a node")

    def rehearse(self, _action: Action, _facts: Facts) -> Outcome:
        """A node has no dry run; the facts are all that can be asked."""
        return Done()

    def act(self, action: Action, facts: Facts) -> Outcome:
        """Does it."""
        try:
            return self._act(action, facts)
        except CallError as error:
            return Failed(str(error))
        except OSError as error:
            return Failed(_told(error))

    def _act(self, action: Action, facts: Facts) -> Outcome:
        match action, facts:
            case RunUnit(), _:
                return self._unit(action)
            case ContinueProcess(), ProcessFacts():
                if self._process(action.program) != facts:
                    return Failed(f"{action.program} is another process, or not stopped any more")
                os.kill(facts.pid, signal.SIGCONT)
                return Done(f"SIGCONT to process {facts.pid}")
            case RemoveSandbox(), _:
                with self._runtime() as cri:
                    cri.call("StopPodSandbox", {"pod_sandbox_id": action.sandbox}, _SANDBOX_DEADLINE)
                    cri.call("RemovePodSandbox", {"pod_sandbox_id": action.sandbox}, _SANDBOX_DEADLINE)
                return Done(f"sandbox {action.sandbox} was stopped and removed")
            case ReleaseAddresses(), AddressFacts():
                return self._release(facts.leaked)
            case MoveCheckpoint(), _:
                moved = self._moved([self._checkpoint_file(action.sandbox)])
                return Done(f"moved to {moved}")
            case _:
                return Failed("it is no action for a node")

    @contextmanager
    def _runtime(self) -> Iterator[Cri]:
        cri = Cri(f"unix://{self._host.cri}", self._host.deadline)
        try:
            yield cri
        finally:
            cri.close()

    def _survive(self, unit: str) -> bool | None:
        """Do containers outlive the unit? All but dockerd's own do, and those when live-restore is set."""
        if unit in _NOT_DOCKER:
            return True
        if self._host.docker is None:
            return None
        try:
            engine = DockerEngine(f"unix://{self._host.docker}", self._host.deadline)
            return bool(engine.call("info").get("LiveRestoreEnabled"))
        except (CallError, MissingExtraError):
            return None

    def _process(self, program: str) -> ProcessFacts:
        """The daemon behind its socket: another one of the same name is not this node's."""
        path = self._host.docker if program == "dockerd" else self._host.cri
        try:
            pid = listener_at(path).pid if path else 0
            text = (self._host.root / f"proc/{pid}/stat").read_text() if pid else ""
        except (CallError, OSError):
            return ProcessFacts()
        name, state = text.partition("(")[2].rpartition(")")[0], text.rpartition(")")[2].split()[:1]
        return ProcessFacts(pid, state[0]) if name == program and state else ProcessFacts()

    def _sandbox(self, sandbox: str) -> SandboxFacts:
        try:
            with self._runtime() as cri:
                status = cri.json("PodSandboxStatus", {"pod_sandbox_id": sandbox})["status"]
                inside = cri.json("ListContainers", {"filter": {"pod_sandbox_id": status["id"]}})["containers"]
        except RefusedError as error:
            return SandboxFacts(False) if error.code == "NotFound" else SandboxFacts(True, unknown=error.said)
        except (CallError, MissingExtraError) as error:
            return SandboxFacts(True, unknown=str(error))
        running = tuple(c["metadata"]["name"] for c in inside if c["state"] == "CONTAINER_RUNNING")
        return SandboxFacts(True, status["state"] == "SANDBOX_READY", running)

    def _addresses(self) -> AddressFacts:
        files = [f for f in (self._host.root / self._host.networks.lstrip("/")).glob("*/*") if _is_address(f)]
        try:
            with self._runtime() as cri:
                known = {s["id"] for s in cri.json("ListPodSandbox")["items"]}
        except (CallError, MissingExtraError) as error:
            return AddressFacts(len(files), unknown=str(error))
        lost = [f for f in files if (owner := _owner(f)) and owner not in known]
        old = [f for f in lost if time() - f.stat().st_mtime > LONGEST_SETUP]
        return AddressFacts(len(files), tuple((str(f), _owner(f)) for f in sorted(old)))

    def _checkpoint_file(self, sandbox: str) -> Path:
        return self._host.root / "var/lib/dockershim/sandbox" / sandbox

    def _checkpoint(self, sandbox: str) -> CheckpointFacts:
        exists = self._checkpoint_file(sandbox).is_file()
        if not exists or self._host.docker is None:
            return CheckpointFacts(exists)
        try:
            DockerEngine(f"unix://{self._host.docker}", self._host.deadline).call("inspect_container", sandbox)
        except RefusedError as error:
            return CheckpointFacts(exists, False if error.code == "404" else None)
        except (CallError, MissingExtraError):
            return CheckpointFacts(exists)
        return CheckpointFacts(exists, True)

    def _release(self, leaked: Sequence[tuple[str, str]]) -> Outcome:
        """Under host-local's own lock, and only what still has the owner that it was found with."""
        moved, folder = 0, Path()
        for network in sorted({Path(file).parent for file, _ in leaked}):
            with _locked(network / "lock", self._host.patience):
                files = [Path(file) for file, owner in leaked if Path(file).parent == network and _owner(Path(file)) == owner]
                folder = self._moved(files)
                moved += len(files)
        return Done(f"{moved} reservations moved to {folder}") if moved else Failed("the reservations were gone already")

    def _moved(self, files: Sequence[Path]) -> Path:
        folder = self._host.aside / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        for file in files:
            target = folder / file.parent.name / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())  # perhaps another file system: copied, then taken away
            file.unlink()
        return folder

    def _dump(self, program: str) -> None:
        """The daemon writes its goroutines into its log; given a moment, and not waited for: it may hang."""
        process = self._process(program)
        if process.pid:
            os.kill(process.pid, signal.SIGUSR1)
            sleep(_DUMP_TIME)

    def _unit(self, action: RunUnit) -> Outcome:
        if action.dump:
            self._dump(action.dump)
        command = shlex.split(self._host.unit_command.format(verb=action.verb, unit=action.unit))
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_UNIT_DEADLINE, check=False)  # noqa: S603  # the operator's own
        except subprocess.TimeoutExpired:
            return Failed(f"{shlex.join(command)} did not end within {_UNIT_DEADLINE:.0f} s")
        said = (done.stderr or done.stdout).strip()
        return (
            Done(shlex.join(command))
            if done.returncode == 0
            else Failed(f"{shlex.join(command)}: {said or f'exit code {done.returncode}'}")
        )


def _told(error: OSError) -> str:
    return f"{error.filename or ''} {error.strerror or error}".strip()


def _is_address(file: Path) -> bool:
    return file.is_file() and file.name not in {"lock"} and not file.name.startswith("last_reserved_ip")


def _owner(file: Path) -> str:
    """The first word of a reservation; "" when it was given back meanwhile."""
    try:
        return (file.read_text(errors="replace").split() or [""])[0]
    except OSError:
        return ""


@contextmanager
def _locked(path: Path, patience: float) -> Iterator[None]:
    """host-local holds this lock while it gives out an address. Raises OSError when it is held for long."""
    with path.open("a") as file:
        end = monotonic() + patience
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() > end:
                    raise
                sleep(0.05)
        yield

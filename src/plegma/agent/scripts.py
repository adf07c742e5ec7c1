"""A script that any driver of the agent can play: pods come and go, faults begin and end. All times are seconds from the start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from plegma.agent.decisions import Decision
from plegma.agent.pods import PodSpec

IMAGE = "registry.test/busybox:1"
CONTAINER = "main"


class Behaviour(StrEnum):
    """What a pod's container does."""

    runs = "runs until it is told to end"
    exits = "exits with code 3 after half a second"
    outgrows = "outgrows its memory limit"
    command_missing = "has a command that the image lacks"


@dataclass(frozen=True, slots=True)
class AddPod:
    """The node gets a pod."""

    at: float
    name: str
    behaviour: Behaviour = Behaviour.runs


@dataclass(frozen=True, slots=True)
class DeletePod:
    """The pod is deleted in the API."""

    at: float
    name: str


@dataclass(frozen=True, slots=True)
class BeginFault:
    """A fault begins; one that strikes a pod strikes `name`."""

    at: float
    fault: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class EndFault:
    """A fault ends."""

    at: float
    fault: str


ScriptStep = AddPod | DeletePod | BeginFault | EndFault


@dataclass(frozen=True, slots=True)
class Script:
    """Steps, and until when they are watched. `constants`: the kubelet's constants that the script changes."""

    name: str
    title: str
    steps: tuple[ScriptStep, ...]
    seconds: float
    constants: Mapping[str, float] = field(default_factory=dict)

    def spec(self, name: str) -> PodSpec:
        """A pod of this script; its uid is its name."""
        return PodSpec(name, "default", name, CONTAINER, IMAGE, grace=2)


@dataclass(frozen=True, slots=True)
class Heard:
    """A decision and when it was taken."""

    at: float
    decision: Decision

"""Claims, volumes and attachments."""

from collections.abc import Iterator

from plegma.evidence.parse.objects_branches import Branch
from plegma.evidence.parse.objects_facts import known, refs, state, status_event
from plegma.evidence.parse.objects_workload import conditions
from plegma.model.observations import Event, Observation

_MODES = {"ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX", "ReadWriteOncePod": "RWOP"}

_OLD_CLASS = "volume.beta.kubernetes.io/storage-class"


def claim(thing: Branch) -> Iterator[Observation]:
    """A PersistentVolumeClaim."""
    name, namespace = thing.text("metadata", "name"), thing.text("metadata", "namespace")
    who = refs(namespace=namespace, volume=thing.text("spec", "volumeName") or name)
    attrs = known(
        kind="PersistentVolumeClaim",
        phase=thing.text("status", "phase"),
        capacity=thing.text("status", "capacity", "storage"),
        access_modes=_modes(thing.at("spec")),
        storage_class=thing.text("spec", "storageClassName"),
        claim=f"{namespace}/{name}",
    )
    if not (
        thing.text("spec", "storageClassName") or thing.text("spec", "volumeName") or thing.text("metadata", "annotations", _OLD_CLASS)
    ):
        attrs["storage_class"] = ""  # nobody will make a volume for it
    yield state("Volume", attrs, thing.at("status", "phase"), who)
    yield from conditions(thing, who)


def volume(thing: Branch) -> Iterator[Observation]:
    """A PersistentVolume."""
    spec, status = thing.at("spec"), thing.at("status")
    reference = spec.at("claimRef")
    who = refs(volume=thing.text("metadata", "name"))
    attrs = known(
        kind="PersistentVolume",
        phase=status.text("phase"),
        capacity=spec.text("capacity", "storage"),
        access_modes=_modes(spec),
        storage_class=spec.text("storageClassName"),
        claim=f"{reference.text('namespace')}/{reference.text('name')}" if reference else None,
        reason=status.text("reason"),
    )
    yield state("Volume", attrs, status.at("phase"), who)
    if event := status_event(status, who):
        yield event


def attachment(thing: Branch) -> Iterator[Observation]:
    """A VolumeAttachment: whether the volume is attached to the node, is being deleted, and the attacher's error."""
    who = refs(volume=thing.text("spec", "source", "persistentVolumeName"), node=thing.text("spec", "nodeName"))
    attached = thing.at("status", "attached")
    going = "Terminating" if thing.text("metadata", "deletionTimestamp") else None
    attrs = known(kind="VolumeAttachment", phase="Attached" if attached.value is True else "Detached", reason=going)
    yield state("Volume", attrs, attached, who)
    for key in ("attachError", "detachError"):
        error = thing.at("status", key)
        if event := status_event(error, who, error.text("time")):
            yield Event("status", event.message, event.origin, event.text, event.at, reason=key, refs=who)


def _modes(spec: Branch) -> str:
    return ",".join(_MODES.get(mode.text(), mode.text()) for mode in spec.items("accessModes"))

"""The volume is still attached to another node."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="multi-attach",
    truth="volume-multi-attach",
    layer="storage",
    title="The volume is still attached to another node",
    effects=(
        CallFails(
            "MountVolumes",
            'Multi-Attach error for volume "{volume}" Volume is already exclusively attached to one node and can\'t be attached to another',
            "FailedAttachVolume",
        ),
    ),
    new_pods=True,
)

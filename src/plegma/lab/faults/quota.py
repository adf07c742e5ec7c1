"""The namespace has used up its quota."""

from plegma.lab.effects import NotCreated
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="quota",
    truth="resource-quota-exceeded",
    layer="pod",
    title="The namespace has used up its quota",
    effects=(
        NotCreated(
            'pods "{pod}" is forbidden: exceeded quota: team-quota, requested: limits.memory=512Mi, used: limits.memory=4Gi, limited: limits.memory=4Gi'
        ),
    ),
    new_pods=True,
)

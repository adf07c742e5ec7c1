"""The service account of the pod does not exist."""

from plegma.lab.effects import NotCreated
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="service-account",
    truth="service-account-missing",
    layer="pod",
    title="The service account of the pod does not exist",
    effects=(
        NotCreated('pods "{pod}" is forbidden: error looking up service account {namespace}/reporter: serviceaccount "reporter" not found'),
    ),
    new_pods=True,
)

"""The container takes its environment from a ConfigMap that does not exist."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="configmap-missing",
    truth="configmap-or-secret-missing",
    layer="pod",
    title="The container takes its environment from a ConfigMap that does not exist",
    effects=(CallFails("CreateContainer", 'configmap "{name}-settings" not found', "CreateContainerConfigError"),),
    new_pods=True,
)

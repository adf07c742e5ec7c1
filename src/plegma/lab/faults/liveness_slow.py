"""The application answers its liveness probe too late."""

from plegma.lab.effects import ProbeFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="liveness-slow",
    truth="liveness-probe-kill",
    layer="pod",
    title="The application answers its liveness probe too late",
    effects=(
        ProbeFails("Liveness", 'Get "http://{ip}:8080/livez": context deadline exceeded (Client.Timeout exceeded while awaiting headers)'),
    ),
    acceptable=("probe-wrong-target",),
)

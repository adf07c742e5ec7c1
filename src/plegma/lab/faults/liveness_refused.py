"""The liveness probe asks a port on which nothing listens."""

from plegma.lab.effects import ProbeFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="liveness-refused",
    truth="probe-wrong-target",
    layer="pod",
    title="The liveness probe asks a port on which nothing listens",
    effects=(ProbeFails("Liveness", 'Get "http://{ip}:8081/livez": dial tcp {ip}:8081: connect: connection refused'),),
    acceptable=("liveness-probe-kill",),
    profiles=("v1.28", "v1.36"),
)

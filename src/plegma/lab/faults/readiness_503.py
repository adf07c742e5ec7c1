"""The application says that it is not ready."""

from plegma.lab.effects import ProbeFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="readiness-503",
    truth="readiness-probe-failing",
    layer="pod",
    title="The application says that it is not ready",
    effects=(ProbeFails("Readiness", "HTTP probe failed with statuscode: 503"),),
)

"""The image is built for another processor."""

from plegma.lab.effects import ContainerExits
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="image-arch",
    truth="image-arch-mismatch",
    layer="image",
    title="The image is built for another processor",
    effects=(ContainerExits(1, 1, says=("exec /entrypoint.sh: exec format error",)),),
    acceptable=("app-exits-nonzero",),
)

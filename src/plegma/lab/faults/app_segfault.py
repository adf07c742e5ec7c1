"""The application dies of a segmentation fault."""

from plegma.lab.effects import ContainerExits
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="app-segfault",
    truth="app-segfault",
    layer="pod",
    title="The application dies of a segmentation fault",
    effects=(
        ContainerExits(
            139, 6, kernel=("worker[20118]: segfault at 18 ip 00005581c2a3f1b2 sp 00007ffd1a2b3c40 error 4 in worker[5581c2a20000+4a000]",)
        ),
    ),
)

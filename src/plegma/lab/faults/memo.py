"""The memo: a DaemonSet's pods on five nodes crash-loop, then their status hangs for weeks and the nodes flap."""

from plegma.lab.effects import CallFails, StatusHangs
from plegma.lab.scenarios import DAY, Fault, Scenario

CRASH = Fault(
    name="memo-crash",
    truth="cni-plugin-hang-or-lock",
    layer="cni",
    title="The sandbox that the plugin left half made lets no container start",
    begins=17 * DAY - 60,
    effects=(
        CallFails(
            "StartContainer",
            'failed to start container "{container}": Error response from daemon: OCI runtime create failed: container_linux.go:348: '
            'starting container process caused "process_linux.go:402: container init caused \\"\\"": unknown',
            detail="OCI runtime create failed: container_linux.go:348: starting container process caused "
            '"process_linux.go:402: container init caused \\"\\"": unknown',
        ),
    ),
)

HANG = Fault(
    name="memo-hang",
    truth="cni-plugin-hang-or-lock",
    layer="cni",
    title="A CNI call without a timeout holds the pod's lock; every status call waits for it",
    acceptable=("stale-sandbox-checkpoint",),
    begins=21.5 * DAY,
    effects=(StatusHangs(),),
    profiles=("v1.12",),
    temporary_fix="delete the pod (its DaemonSet makes a new one), or restart the kubelet",
    permanent_fix="a CNI plugin built with a libcni whose exec has a timeout (containernetworking/cni pull 568)",
)

SCENARIO = Scenario(
    "memo", "Five nodes, 45 days: a DaemonSet in CrashLoopBackOff and nodes that flap", (HANG, CRASH),
    nodes=5, seconds=45 * DAY, detail=1200, victim="DaemonSet", victim_since=17 * DAY, all_nodes=True,
)  # fmt: skip

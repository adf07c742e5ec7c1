"""Real faults on a real containerd: what the agent calls, which events it posts, what it logs (about 2 minutes, most of it waiting)."""

import asyncio

import pytest
from containerds import needs_containerd

from plegma.app.script_plays import SCRIPTS, courses, differences, order
from plegma.lab import rehearsals
from plegma.runtime.containerds import Containerd
from plegma.runtime.rehearsals import play

STARTS = ["call MountVolumes 0", "log no-sandbox", "call RunPodSandbox 0", "call PullImage 0", "event Pulled", "call CreateContainer 0"]
RUNS = [*STARTS, "event Created", "call StartContainer 0", "event Started"]
AGAIN = ["event Pulled", "call CreateContainer 1", "event Created", "call StartContainer 1"]
REFUSED = 'RunPodSandbox: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix <socket>'
DOWN = ["condition Ready=True", "event NodeNotReady", "condition Ready=False: container runtime is down"]
BACK = ["event NodeReady", "condition Ready=True"]
FAILS = ["log no-sandbox", "call RunPodSandbox 0", "event FailedCreatePodSandBox: Failed to create pod sandbox: rpc error: code = "]
STORIES = {
    "healthy": {
        "web": [*RUNS, "log deleted", "event Killing: Stopping container main", "call KillPod", "call Forget"],
        "collect": ["collect RemoveContainer", "collect StopPodSandbox", "collect RemovePodSandbox"],
    },
    "crash-loop": {
        "web": [*RUNS, *AGAIN, "event BackOff: Back-off restarting failed container main in pod web_default", "call CreateContainer 2"]
    },
    "oom": {
        "web": [
            *RUNS,
            *AGAIN,
            "event BackOff",
            "log crash-back-off: back-off 1s",
            "call CreateContainer 2",
            "log crash-back-off: back-off 2s",
        ]
    },
    "bad-command": {
        "web": [
            *STARTS,
            "event Failed: Error: ",
            'exec: "/bin/absent": stat /bin/absent: no such file',
            "log start-failed",
            *AGAIN,
            "event BackOff",
        ]
    },
    "pause-killed": {
        "web": [
            *RUNS,
            "event SandboxChanged",
            "event Killing: Stopping container main",
            "call StopPodSandbox",
            "call RunPodSandbox 1",
            *AGAIN,
        ]
    },
    "plugin-hangs": {
        "late": [
            *FAILS,
            "DeadlineExceeded desc = context deadline exceeded",
            *FAILS,
            'failed to reserve sandbox name "late_default_late_0"',
            "event Started",
        ]
    },
    "ipam-full": {"web": [*FAILS, "no IP addresses available in range set: 10.88.0.1-10.88.0.30", "log sandbox-failed", "event Started"]},
    "config-gone": {
        "node": ["event NodeNotReady", "condition Ready=False: container runtime network not ready: NetworkReady=false", *BACK],
        "late": ["event NetworkNotReady: network is not ready: container runtime network not ready: NetworkReady=false", "event Started"],
        "log network-state": ["Network plugin returns error: cni plugin not initialized"],
    },
    "containerd-hangs": {
        "node": [*DOWN, "[container runtime is down, PLEG is not healthy: pleg was last seen active <time> ago; threshold is 6s]", *BACK],
        "late": [*FAILS, "DeadlineExceeded desc = context deadline exceeded", "event Started"],
        "log skipping": ["container runtime is down", "PLEG is not healthy"],
        "log list-failed": ["rpc error: code = DeadlineExceeded desc = context deadline exceeded"],
        "log poll-failed": ["rpc error: code = DeadlineExceeded desc = context deadline exceeded"],
    },
    "containerd-stopped": {
        "node": [*DOWN, *BACK],
        "late": [
            *FAILS,
            'Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix <socket>',
            "event Started",
        ],
        "log list-failed": ["connect: no such file or directory"],
    },
    "runc-fails": {"web": [*FAILS, "OCI runtime create failed: runc create failed: unable to start container process", "event Started"]},
    "runc-missing": {"web": [*FAILS, "fork/exec <runc>: no such file or directory", "event Started"]},
    "pause-image": {"web": [*FAILS, 'failed to get sandbox image "registry.test/pause:1": failed to pull image', "event Started"]},
}


TOLERANCE = 2.5
"""Seconds by which a line may first be said earlier or later: a retry's jitter, a turn of the work queue, and a busy machine."""


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_real_fault_and_its_end_are_met_with_the_kubelets_decisions_as_in_virtual_time(name):
    needs_containerd()
    script = SCRIPTS[name]
    virtual = rehearsals.play(script)
    assert _untold(name, virtual) == []
    for last in (False, True):  # other processes may have kept the machine: once more, but not twice
        with Containerd() as own:
            real = asyncio.run(play(script, own, complete=lambda heard: not _untold(name, heard)))
        assert _untold(name, real) == []
        differ = differences(script, real, virtual, TOLERANCE)
        assert not (differ and last), "\n".join(differ)
        if not differ:
            return


def _untold(name, heard):
    """Fragments of the story that do not stand in the lines, each no earlier than the one before it."""
    found = courses(heard)
    return [
        (about, *_rest(story, order(found.get(about, []))))
        for about, story in STORIES[name].items()
        if _rest(story, order(found.get(about, [])))
    ]


def _rest(story, lines):
    at = 0
    for fragment in story:
        at = next((n for n in range(at, len(lines)) if fragment in lines[n]), -1)
        if at < 0:
            return (fragment, lines)
    return ()

"""How long calls that go well take: seconds, least and most."""

from collections.abc import Mapping

Latencies = Mapping[str, tuple[float, float]]
USUAL: Latencies = {
    "MountVolumes": (0.2, 0.9),
    "RunPodSandbox": (0.15, 0.6),
    "PullImage": (0.9, 4.0),
    "CreateContainer": (0.05, 0.3),
    "StartContainer": (0.05, 0.3),
    "StopContainer": (0.05, 0.3),
    "StopPodSandbox": (0.1, 0.4),
    "KillPod": (0.1, 0.4),
}
"""A node that has work to do."""
IDLE: Latencies = {
    **USUAL,
    "MountVolumes": (0.001, 0.01),
    "RunPodSandbox": (0.1, 0.25),
    "CreateContainer": (0.01, 0.05),
    "StartContainer": (0.04, 0.12),
    "StopPodSandbox": (0.04, 0.1),
    "KillPod": (0.1, 0.25),
}
"""Measured on containerd 1.6.20 with nothing else to do: containers that end when they are told to, no volumes."""

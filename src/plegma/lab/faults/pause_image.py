"""The pause image cannot be pulled."""

from plegma.lab.effects import CallFails
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="pause-image",
    truth="sandbox-image-pull-failure",
    layer="image",
    title="The pause image cannot be pulled",
    effects=(
        CallFails(
            "RunPodSandbox",
            {
                "docker": 'rpc error: code = Unknown desc = failed pulling image "k8s.gcr.io/pause:3.1": Error response from daemon: Get https://k8s.gcr.io/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
                "containerd": 'rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.10": failed to pull image "registry.k8s.io/pause:3.10": failed to pull and unpack image "registry.k8s.io/pause:3.10": failed to resolve reference "registry.k8s.io/pause:3.10": failed to do request: Head "https://registry.k8s.io/v2/pause/manifests/3.10": dial tcp 34.96.108.209:443: i/o timeout',
            },
            after=30,
            all_pods=True,
        ),
    ),
    acceptable=("image-registry-unreachable",),
    new_pods=True,
)

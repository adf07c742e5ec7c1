"""The kubelet's client certificate has run out."""

from plegma.lab.effects import ApiLost, Says
from plegma.lab.scenarios import Fault

FAULT = Fault(
    name="kubelet-cert",
    truth="kubelet-client-cert-expired",
    layer="kubelet",
    title="The kubelet's client certificate has run out",
    effects=(
        ApiLost("Unauthorized"),
        Says(
            "kubelet",
            (
                "E bootstrap.go:266] part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired: 2026-06-01 00:00:00 +0000 UTC",
            ),
            300,
        ),
    ),
    profiles=("v1.28", "v1.36"),
)

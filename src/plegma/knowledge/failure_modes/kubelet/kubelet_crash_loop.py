"""The kubelet ends and systemd starts it again."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

_UNIT = r"(?:kubelet|kubelite|\bk3s|\bk3s-agent|rke2-server|rke2-agent|k0sworker|k0scontroller)"
"""The units that hold a kubelet: its own, and those of distributions that run it inside of a larger program."""

MODE = FailureMode(
    id="kubelet-crash-loop",
    layer="kubelet",
    role="mechanism",
    subject="Node",
    title=Text("the kubelet exits and is restarted again and again", "kubelet が終了と再起動を繰り返している"),
    summary=Text("The kubelet ends at start with a fatal error; systemd starts it again every few seconds.", "kubelet が起動時に致命的エラーで終了し、systemd が数秒ごとに再起動している。"),
    signatures=(
        Signature(_UNIT + r"\.service: [Mm]ain process exited, code=exited, status=", component="systemd", source="systemd src/core/service.c"),
        Signature(_UNIT + r"\.service holdoff time over, scheduling restart", component="systemd", source="systemd before 235"),
        Signature(_UNIT + r"\.service: (Service RestartSec|Scheduled restart job)", component="systemd", source="systemd src/core/service.c"),
        Signature(r"failed to run Kubelet: ", component="kubelet", source="cmd/kubelet/app/server.go"),
        Signature(r"^\\?\"command failed\\?\" err=", component="kubelet", source="k8s.io/component-base/cli/run.go"),
    ),
    states=(StateTest("Unit", {"name": r"^kubelet(\.service)?$", "sub": r"auto-restart"}), StateTest("Unit", {"name": r"^kubelet(\.service)?$", "active": r"failed"}), StateTest("Starts", {"program": r"^(?:kubelet|k3s|rke2)$"})),
    leads_to=(
        Link("node-status-unknown", "node", Text("a kubelet that is not up posts no status", "動いていない kubelet は状態を送らない"), strength=0.8),
        Link("node-not-ready", "node", Text("without a kubelet the node is not Ready", "kubelet が無ければノードは Ready にならない"), strength=0.7),
        Link("apiserver-unavailable", "cluster", Text("on a control-plane node the static pods are not run", "コントロールプレーンでは static Pod が起動されない"), strength=0.4),
    ),
    asks=(Ask("journalctl -u kubelet -n 200 --no-pager | grep -E 'F[0-9]{4}|command failed|failed to run'", Text("the last fatal line before the exit", "終了直前の致命的エラー行"), evidence="kubelet-log"),),
    examples=(
        hit("systemd", "snap.microk8s.daemon-kubelite.service: Scheduled restart job, restart counter is at 12."),
        hit("systemd", "k3s-agent.service: Main process exited, code=exited, status=1/FAILURE"),
        near_miss("systemd", "snap.microk8s.daemon-containerd.service: Scheduled restart job, restart counter is at 12."),
        hit("systemd", "kubelet.service: Main process exited, code=exited, status=1/FAILURE"),
        hit("systemd", "kubelet.service holdoff time over, scheduling restart."),
        hit("systemd", "kubelet.service: Scheduled restart job, restart counter is at 41."),
        hit("kubelet", "failed to run Kubelet: validate service connection: CRI v1 runtime API is not implemented"),
        hit("kubelet", '"command failed" err="failed to parse kubelet flag: unknown flag: --cadvisor-port"'),
        near_miss("systemd", "Started kubelet: The Kubernetes Node Agent."),
    ),
    state_examples=(
        StateExample("Unit", {"name": "kubelet.service", "active": "activating", "sub": "auto-restart"}, True),
        StateExample("Unit", {"name": "kubelet.service", "active": "active", "sub": "running"}, False),
        StateExample("Unit", {"name": "kubelet.service", "active": "failed"}, True),
        StateExample("Starts", {"program": "kubelet", "count": 3, "seconds": 48}, True),
        StateExample("Starts", {"program": "containerd", "count": 3, "seconds": 48}, False),
    ),
    generic=True,
)

"""systemd no longer restarts a service of the node because it failed too often."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="systemd-start-limit-hit",
    layer="kernel",
    role="mechanism",
    subject="Node",
    title=Text("systemd has stopped restarting a service (start limit)", "systemd がサービスの再起動を打ち切った(start limit)"),
    summary=Text(
        "The service ended again and again within the start-limit interval, so systemd leaves it failed. It stays down after its cause is mended, until someone resets and starts it. Why it failed stands above this line in its own log.",
        "短時間に繰り返し終了したため、systemd がそれ以上起動しなくなった。原因を直しても、reset-failed して起動するまで停止したままになる。失敗の理由はこの行より前の、そのサービス自身のログにある。",
    ),
    signatures=(
        Signature(r"(kubelet|k3s|k3s-agent|rke2-server|rke2-agent|k0s\w*|snap\.\S+)\.service: Start request repeated too quickly", component="systemd", proof="states", source="systemd src/core/unit.c"),
        Signature(r"start request repeated too quickly for (kubelet|docker|containerd|crio|k3s|k3s-agent|etcd)\.service", component="systemd", proof="states", source="systemd before 230"),
        Signature(r"(kubelet|docker|containerd|crio|k3s|k3s-agent|rke2-server|rke2-agent|etcd)\.service: Failed with result 'start-limit(-hit)?'", component="systemd", proof="states", source="systemd src/core/service.c"),
    ),
    states=(StateTest("Unit", {"name": r"^(kubelet|docker|containerd|crio|k3s|rke2|etcd)", "result": r"^start-limit"}, proof="states"), StateTest("Unit", {"name": r"^(kubelet|docker|containerd|crio|k3s|rke2|etcd)", "sub": r"start-limit"}, proof="states")),
    leads_to=(
        Link("kubelet-stopped", "node", Text("the kubelet stays down", "kubelet が停止したままになる"), strength=0.6),
        Link("containerd-stopped", "node", Text("the runtime stays down", "ランタイムが停止したままになる"), strength=0.5),
        Link("container-runtime-down", "node", Text("the runtime stays down", "ランタイムが停止したままになる"), strength=0.5),
        Link("node-status-unknown", "node", Text("no kubelet, no heartbeat", "kubelet がないためハートビートがない"), strength=0.5),
    ),
    asks=(
        Ask("systemctl status kubelet containerd docker crio --no-pager; journalctl -u kubelet -u containerd -u docker -u crio -b --no-pager | grep -B20 'repeated too quickly' | head -60  # on {node}",
            Text("the error that ended it each time", "毎回の終了原因となったエラー"), ("kubelet-crash-loop", "containerd-stopped", "kubelet-stopped"), evidence="runtime-log"),
    ),
    examples=(
        hit("systemd", "k3s.service: Start request repeated too quickly."),
        hit("systemd", "start request repeated too quickly for docker.service"),
        hit("systemd", "docker.service: Failed with result 'start-limit-hit'."),
        near_miss("systemd", "kubelet.service: Scheduled restart job, restart counter is at 12."),
        near_miss("systemd", "cron.service: Start request repeated too quickly."),
        near_miss("systemd", "docker.service: Failed with result 'exit-code'."),
    ),
    state_examples=(
        StateExample("Unit", {"name": "kubelet.service", "active": "failed", "sub": "Result: start-limit-hit"}, True),
        StateExample("Unit", {"name": "docker.service", "active": "failed", "result": "start-limit-hit"}, True),
        StateExample("Unit", {"name": "docker.service", "active": "failed", "result": "exit-code"}, False),
    ),
    versions="all",
    references=("https://man7.org/linux/man-pages/man5/systemd.unit.5.html",),
)

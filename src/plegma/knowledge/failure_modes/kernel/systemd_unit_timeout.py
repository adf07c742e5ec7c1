"""A service of the node did not start or stop in time and was killed by systemd."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="systemd-unit-timeout",
    layer="kernel",
    role="mechanism",
    subject="Node",
    title=Text("systemd gave up waiting for a service of the node", "systemd がノードのサービスの起動・停止・応答を待ちきれず打ち切った"),
    summary=Text(
        "The kubelet's, the runtime's or a system service's start, stop or watchdog ran into its time limit. The service waits for something below (a disk, a mount, a hung process, D-Bus); systemd then kills it, and it may start again into the same wait.",
        "kubelet・ランタイム・システムサービスの起動、停止、watchdog 応答が制限時間に達した。サービスは下位の何か(ディスク、マウント、固まったプロセス、D-Bus)を待っており、systemd が強制終了しても再び同じ待ちに入ることがある。",
    ),
    signatures=(
        Signature(r"(kubelet|containerd|docker|crio|cri-docker|k3s|k3s-agent|rke2-server|rke2-agent|snap\.\S+)\.service:? (start|stop|start-post|start-pre)[ -]?\S* (operation )?timed out", component="systemd", proof="states", source="systemd src/core/service.c"),
        Signature(r"(kubelet|containerd|docker|crio|cri-docker|k3s|k3s-agent|rke2-server|rke2-agent)\.service: State '?[\w-]+'? timed out", component="systemd", proof="states", source="systemd src/core/service.c"),
        Signature(r"(kubelet|containerd|docker|k3s|k3s-agent|rke2-server|rke2-agent|systemd-\w+|dbus\S*)\.service: Watchdog timeout", component="systemd", proof="states", source="systemd src/core/service.c"),
        Signature(r"(kubelet|containerd|docker|crio|k3s|k3s-agent|rke2-server|rke2-agent)\.service: Processes still around after SIGKILL", component="systemd", proof="states", source="systemd src/core/service.c"),
        Signature(r"(kubelet|containerd|docker|crio|k3s|k3s-agent|rke2-server|rke2-agent)\.service: Failed with result '(timeout|watchdog)'", component="systemd", proof="states", source="systemd src/core/service.c"),
    ),
    states=(StateTest("Unit", {"name": r"^(kubelet|containerd|docker|crio|k3s|rke2)", "result": r"^(timeout|watchdog)$"}, proof="states"), StateTest("Unit", {"name": r"^(kubelet|containerd|docker|crio|k3s|rke2)", "sub": r"Result: (timeout|watchdog)"}, proof="states")),
    leads_to=(
        Link("kubelet-stopped", "node", Text("the kubelet is not up", "kubelet が起動していない"), strength=0.4),
        Link("containerd-stopped", "node", Text("the runtime is not up", "ランタイムが起動していない"), strength=0.4),
        Link("container-runtime-down", "node", Text("the runtime is not up", "ランタイムが起動していない"), strength=0.5),
        Link("node-not-ready", "node", Text("kubelet or runtime are away", "kubelet またはランタイムがいない"), strength=0.5),
    ),
    asks=(
        Ask("systemctl status kubelet containerd docker crio --no-pager; systemctl list-jobs; cat /proc/$(pidof containerd)/stack  # on {node}", Text("which step waits, and for what: a job of another unit, a process in D state", "どの段階が何を待っているか(他 unit のジョブ、D 状態のプロセス)"),
            ("disk-io-saturation", "storage-hang-dstate", "kernel-hung-task", "systemd-dbus-failure", "node-memory-starvation"), evidence="runtime-log"),
    ),
    examples=(
        hit("systemd", "docker.service start operation timed out. Terminating."),
        hit("systemd", "containerd.service: start operation timed out. Terminating."),
        hit("systemd", "docker.service: State 'stop-sigterm' timed out. Killing."),
        hit("systemd", "k3s.service: State 'final-sigterm' timed out. Killing."),
        hit("systemd", "systemd-logind.service: Watchdog timeout (limit 3min)!"),
        hit("systemd", "containerd.service: Processes still around after SIGKILL. Ignoring."),
        hit("systemd", "containerd.service: Failed with result 'timeout'."),
        near_miss("systemd", "kubelet.service: Main process exited, code=exited, status=1/FAILURE"),
        near_miss("systemd", "apt-daily.service: State 'stop-sigterm' timed out. Killing."),
        near_miss("systemd", "containerd.service: Failed with result 'exit-code'."),
    ),
    state_examples=(
        StateExample("Unit", {"name": "docker.service", "active": "failed", "sub": "Result: timeout"}, True),
        StateExample("Unit", {"name": "docker.service", "active": "failed", "result": "timeout"}, True),
        StateExample("Unit", {"name": "docker.service", "active": "failed", "result": "exit-code"}, False),
    ),
    versions="all",
    references=("https://man7.org/linux/man-pages/man5/systemd.service.5.html",),
)

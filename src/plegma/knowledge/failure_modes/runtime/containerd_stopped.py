"""containerd is not running."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="containerd-stopped",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("containerd is not running", "containerd が動いていない"),
    summary=Text(
        "Nothing listens at containerd's socket: the service was stopped, crashed, or cannot start. Calls fail at once (Unavailable), they do not hang; the node is NotReady within 30 to 40 s. Running containers stay up under their shims.",
        "containerd のソケットで待ち受けているものがない。サービスの停止、クラッシュ、または起動失敗である。呼び出しはハングせず直ちに失敗し(Unavailable)、30〜40 秒でノードが NotReady になる。稼働中のコンテナは shim の下で動き続ける。",
    ),
    signatures=(
        Signature(r"[Ee]rror while dialing:? dial unix \S*containerd\.sock: connect: connection refused", component="runtime", proof="states", source="net.Dial of the CRI client"),
        Signature(r"[Ee]rror while dialing:? dial unix \S*run/(?:docker/)?containerd/containerd\.sock: connect: no such file or directory", component="runtime", source="net.Dial of the CRI client"),
        Signature(r"[Ee]rror while dialing:? dial unix \S*containerd\.sock: connect: no such file or directory", component="runtime", at_least=10, source="the same; other paths: k3s and rke2 start their own containerd and wait for it"),
        Signature(r"[Ee]rror while dialing:? dial unix \S*containerd\.sock: connect: no such file or directory", component="runtime", proof="suggests", source="the same, a few times, as at every start of k3s"),
        Signature(r"containerd\.service: (?:Main process exited|Failed with result|Start request repeated too quickly)", component="systemd", source="systemd src/core/service.c"),
        Signature(r"Failed to start (?:containerd\.service - )?containerd container runtime", component="systemd", proof="states", source="systemd src/core/unit.c"),
        Signature(r"Stopped (?:containerd\.service - )?containerd container runtime", component="systemd", proof="suggests", source="systemd src/core/unit.c"),
        Signature(r"failed to start containerd: timeout waiting for containerd to start", component="runtime", source="moby libcontainerd/supervisor"),
        Signature(r"ctr: failed to dial \"\S*containerd\.sock\": ", component="shell", proof="suggests", source="ctr"),
    ),
    states=(
        StateTest("Unit", {"name": r"^containerd(?:\.service)?$", "active": r"^(?:inactive|failed)"}, proof="states"),
        StateTest("Unit", {"name": r"^containerd(?:\.service)?$", "sub": r"auto-restart"}, proof="states"),
    ),
    leads_to=(
        Link("container-runtime-down", "node", Text("30 s after the last Status that succeeded the kubelet counts the runtime as down", "最後に成功した Status から 30 秒で、kubelet はランタイムを停止とみなす"), strength=0.95),
        Link("pleg-unhealthy", "node", Text("ListPodSandbox fails at every relist", "relist のたびに ListPodSandbox が失敗する"), strength=0.8),
        Link("node-not-ready", "node", Text("Ready=False with \"container runtime is down\"", "「container runtime is down」で Ready=False になる"), strength=0.95),
        Link("pod-stuck-creating", "node", Text("no sandbox can be made", "sandbox を作成できない"), strength=0.8),
        Link("pod-stuck-terminating", "node", Text("no container can be stopped", "コンテナを停止できない"), strength=0.7),
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox is refused", "RunPodSandbox が拒否される"), strength=0.7),
        Link("sandbox-kill-failing", "node", Text("StopPodSandbox is refused", "StopPodSandbox が拒否される"), strength=0.6),
        Link("kubelet-crash-loop", "node", Text("a kubelet that starts meanwhile cannot validate its endpoint and exits", "その間に起動した kubelet はエンドポイントを検証できず終了する"), strength=0.6),
        Link("probe-failing", "node", Text("exec probes cannot be run", "exec プローブを実行できない"), strength=0.4),
        Link("dockerd-stopped", "node", Text("dockerd needs containerd and gives up without it", "dockerd は containerd がないと起動をあきらめる"), strength=0.3),
    ),
    refutes=(
        Refutation(Text("containerd runs under a service of its own name", "containerd は稼働中と表示されている"), state=StateTest("Unit", {"name": r"^containerd(?:\.service)?$", "active": r"^active"}), weight=0.4),
        Refutation(Text("the node's runtime is CRI-O: the endpoint in the kubelet's flags is wrong", "ノードのランタイムは CRI-O であり、kubelet のエンドポイント指定が誤っている"), state=StateTest("Node", {"runtime": r"^cri-o"}), weight=0.6),
    ),
    asks=(
        Ask("systemctl status containerd --no-pager -l; journalctl -u containerd -n 100 --no-pager; ls -l /run/containerd/containerd.sock  # on {node}",
            Text("inactive or failed, and the last line before the end: a configuration error, a panic, a full disk, the OOM killer, or a person's stop",
                 "inactive か failed か、そして終了直前の行(設定エラー、panic、ディスクフル、OOM killer、人による停止)"),
            ("containerd-hang", "containerd-config-invalid", "runtime-crash-loop", "cri-endpoint-wrong", "cri-plugin-disabled-or-too-old", "crio-stopped", "dockerd-stopped"), "runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("start containerd", "containerd を起動する"), Text("containers under their shims are taken over, none is restarted", "shim 下のコンテナは引き継がれ、再起動されない"),
               "systemctl start containerd  # on {node}", "crictl info >/dev/null && kubectl get node {node}", "none"),
        Remedy("permanent", Text("mend what ended it (see its last lines); enable the unit with Restart=always and OOMScoreAdjust=-999, and alert on 'container runtime is down'",
                                 "終了の原因(最後のログ)を取り除く。unit を enable し、Restart=always と OOMScoreAdjust=-999 を設定し、「container runtime is down」を監視する"),
               Text("none", "なし"), "systemctl enable --now containerd; systemctl show -p Restart -p OOMScoreAdjust containerd  # on {node}", "systemctl is-enabled containerd", "none"),
    ),
    examples=(
        hit("kubelet", '"Container runtime sanity check failed" err="rpc error: code = Unavailable desc = connection error: desc = \\"transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused\\""'),
        hit("kubelet", 'Get runtime version failed: rpc error: code = Unavailable desc = all SubConns are in TransientFailure, latest connection error: connection error: desc = "transport: Error while dialing dial unix /run/containerd/containerd.sock: connect: no such file or directory"'),
        hit("k3s", 'Waiting for containerd startup: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/k3s/containerd/containerd.sock: connect: no such file or directory"', count=40),
        hit("systemd", "containerd.service: Main process exited, code=killed, status=9/KILL"),
        hit("systemd", "Failed to start containerd.service - containerd container runtime."),
        hit("systemd", "Stopped containerd container runtime."),
        hit("dockerd", "failed to start containerd: timeout waiting for containerd to start"),
        hit("shell", 'ctr: failed to dial "/run/containerd/containerd.sock": context deadline exceeded'),
        near_miss("kubelet", '"Status from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        near_miss("shell", 'permission denied while trying to connect: dial unix /run/containerd/containerd.sock: connect: permission denied'),
        near_miss("kubelet", 'rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService'),
        near_miss("kubelet", 'dial unix /var/run/crio/crio.sock: connect: no such file or directory'),
        near_miss("kubelet", "Registration of the containerd container factory failed: unable to create containerd client: containerd: cannot unix dial containerd api service: dial unix /run/containerd/containerd.sock: connect: no such file or directory"),
        near_miss("systemd", "Started containerd container runtime."),
    ),
    state_examples=(
        StateExample("Unit", {"name": "containerd.service", "active": "inactive", "sub": "dead"}, True),
        StateExample("Unit", {"name": "containerd", "active": "activating", "sub": "auto-restart"}, True),
        StateExample("Unit", {"name": "containerd.service", "active": "active", "sub": "running"}, False),
        StateExample("Unit", {"name": "docker.service", "active": "failed", "sub": "failed"}, False),
    ),
    references=("https://github.com/containerd/containerd/blob/main/docs/ops.md", "https://kubernetes.io/docs/setup/production-environment/container-runtimes/"),
    concepts=("cri",),
)

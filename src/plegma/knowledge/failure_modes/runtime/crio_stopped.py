"""CRI-O is not running."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="crio-stopped",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("CRI-O is not running", "CRI-O が動いていない"),
    summary=Text(
        "Nothing listens at /var/run/crio/crio.sock: the service was stopped, crashed, or cannot start (configuration, storage). Calls fail at once; containers stay up under conmon.",
        "/var/run/crio/crio.sock で待ち受けているものがない。サービスの停止、クラッシュ、または起動失敗(設定、ストレージ)である。呼び出しは直ちに失敗し、コンテナは conmon の下で動き続ける。",
    ),
    signatures=(
        Signature(r"[Ee]rror while dialing:? dial unix \S*crio\.sock: connect: connection refused", component="runtime", proof="states", source="net.Dial of the CRI client"),
        Signature(r"[Ee]rror while dialing:? dial unix \S*crio\.sock: connect: no such file or directory", component="runtime", source="grpc transport of the CRI client"),
        Signature(r"crio\.service: (?:Main process exited|Failed with result|Start request repeated too quickly)", component="systemd", source="systemd src/core/service.c"),
        Signature(r"Failed to start (?:crio\.service - )?(?:Container Runtime Interface for OCI|Open Container Initiative Daemon)", component="systemd", proof="states", source="cri-o contrib/systemd/crio.service"),
        Signature(r"Stopped (?:crio\.service - )?(?:Container Runtime Interface for OCI|Open Container Initiative Daemon)", component="systemd", proof="suggests", source="cri-o contrib/systemd/crio.service"),
    ),
    states=(StateTest("Unit", {"name": r"^(?:crio|cri-o)(?:\.service)?$", "active": r"^(?:inactive|failed)"}, proof="states"),),
    leads_to=(
        Link("container-runtime-down", "node", Text("30 s after the last Status that succeeded the kubelet counts the runtime as down", "最後に成功した Status から 30 秒で、kubelet はランタイムを停止とみなす"), strength=0.95),
        Link("pleg-unhealthy", "node", Text("ListPodSandbox fails at every relist", "relist のたびに ListPodSandbox が失敗する"), strength=0.8),
        Link("node-not-ready", "node", Text("Ready=False with \"container runtime is down\"", "「container runtime is down」で Ready=False になる"), strength=0.9),
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox is refused", "RunPodSandbox が拒否される"), strength=0.7),
        Link("sandbox-kill-failing", "node", Text("StopPodSandbox is refused", "StopPodSandbox が拒否される"), strength=0.6),
        Link("pod-stuck-creating", "node", Text("no sandbox can be made", "sandbox を作成できない"), strength=0.8),
        Link("kubelet-crash-loop", "node", Text("a kubelet that starts meanwhile cannot validate its endpoint and exits", "その間に起動した kubelet はエンドポイントを検証できず終了する"), strength=0.6),
    ),
    refutes=(
        Refutation(Text("the node runs containerd or Docker: the endpoint in the kubelet's flags is wrong", "ノードのランタイムは containerd または Docker であり、エンドポイント指定が誤っている"), state=StateTest("Node", {"runtime": r"^(?:containerd|docker)"}), weight=0.6),
    ),
    asks=(
        Ask("systemctl status crio --no-pager -l; journalctl -u crio -u crio-wipe -n 100 --no-pager  # on {node}",
            Text("inactive or failed, and its last fatal line (validating runtime config, storage, stream server address)", "inactive か failed か、そして最後の致命的エラー(runtime config の検証、ストレージ、stream サーバーのアドレス)"),
            ("crio-hang", "crio-config-invalid", "runtime-crash-loop", "cri-endpoint-wrong", "containerd-stopped"), "runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("start CRI-O", "CRI-O を起動する"), Text("containers under conmon are taken over", "conmon 下のコンテナは引き継がれる"), "systemctl start crio  # on {node}", "crictl version && kubectl get node {node}", "none"),
        Remedy("permanent", Text("mend what ended it; enable the unit with Restart=on-failure, test configuration changes with 'crio config --default=false' before a restart",
                                 "終了の原因を取り除く。unit を enable し Restart=on-failure とし、設定変更は再起動前に検証する"),
               Text("none", "なし"), "systemctl enable --now crio  # on {node}", "systemctl is-enabled crio", "none"),
    ),
    examples=(
        hit("kubelet", 'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /var/run/crio/crio.sock: connect: connection refused"'),
        hit("kubelet", '"Container runtime sanity check failed" err="rpc error: code = Unavailable desc = connection error: desc = \\"transport: error while dialing: dial unix /run/crio/crio.sock: connect: no such file or directory\\""'),
        hit("systemd", "crio.service: Failed with result 'exit-code'."),
        hit("systemd", "Failed to start crio.service - Container Runtime Interface for OCI (CRI-O)."),
        hit("systemd", "Stopped Container Runtime Interface for OCI (CRI-O)."),
        near_miss("kubelet", 'Registration of the crio container factory failed: Get "http://%2Fvar%2Frun%2Fcrio%2Fcrio.sock/info": dial unix /var/run/crio/crio.sock: connect: no such file or directory'),
        near_miss("kubelet", "dial unix /run/containerd/containerd.sock: connect: connection refused"),
        near_miss("shell", "dial unix /var/run/crio/crio.sock: connect: permission denied"),
        near_miss("systemd", "Started Container Runtime Interface for OCI (CRI-O)."),
    ),
    state_examples=(
        StateExample("Unit", {"name": "crio.service", "active": "failed", "sub": "failed"}, True),
        StateExample("Unit", {"name": "crio.service", "active": "active", "sub": "running"}, False),
    ),
    references=("https://github.com/cri-o/cri-o/blob/main/docs/crio.8.md",),
    concepts=("cri",),
)

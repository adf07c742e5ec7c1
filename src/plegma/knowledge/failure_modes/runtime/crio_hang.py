"""CRI-O lives and answers nothing."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="crio-hang",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("CRI-O is alive but answers no call", "CRI-O のプロセスは生きているが、どの呼び出しにも応答しない"),
    summary=Text(
        "crio's socket accepts connections, but no call comes back: the process is stopped, deadlocked, or waits for its storage lock. Containers go on running under conmon.",
        "crio のソケットは接続を受け付けるが、呼び出しが返らない。プロセスの停止、デッドロック、またはストレージロック待ちである。コンテナは conmon の下で動き続ける。",
    ),
    signatures=(
        Signature(r"validate CRI v1 (?:runtime|image) API for endpoint \\*\"unix:///(?:var/)?run/crio/crio\.sock.{0,40}code = (?:DeadlineExceeded|4)", component="kubelet", source="cri-client remote_runtime.go"),
        Signature(r"crio\.service: Watchdog timeout", component="systemd", proof="states", source="systemd src/core/service.c"),
    ),
    states=(
        StateTest("Process", {"command": r"(?:^|/)crio(?:\s|$)", "state": r"^[Tt]"}, proof="states"),
        StateTest("Process", {"command": r"(?:^|/)crio(?:\s|$)", "state": r"^D"}, proof="suggests"),
    ),
    leads_to=(
        Link("cri-call-timeout", "node", Text("every call waits for its deadline", "すべての呼び出しが期限まで待つ"), strength=0.95),
        Link("container-runtime-down", "node", Text("Status does not come back within 30 s", "Status が 30 秒以内に返らない"), strength=0.9),
        Link("pleg-unhealthy", "node", Text("the relist hangs in ListPodSandbox", "relist が ListPodSandbox で止まる"), strength=0.8),
        Link("node-not-ready", "node", Text("runtime and PLEG are part of the Ready condition", "ランタイムと PLEG は Ready 条件の一部である"), strength=0.8),
        Link("kubelet-crash-loop", "node", Text("a kubelet that starts meanwhile waits for its endpoint and exits", "その間に起動した kubelet はエンドポイントの応答を待ち、終了する"), strength=0.4),
        Link("pod-stuck-creating", "node", Text("no sandbox can be made", "sandbox を作成できない"), strength=0.7),
        Link("pod-stuck-terminating", "node", Text("no container can be stopped", "コンテナを停止できない"), strength=0.7),
    ),
    refutes=(
        Refutation(Text("the node's runtime is not CRI-O", "このノードのランタイムは CRI-O ではない"), state=StateTest("Node", {"runtime": r"^(?:docker|containerd)"}), weight=0.98),
        Refutation(Text("no line or row names CRI-O; containerd's socket is named", "CRI-O を示す行がなく、containerd のソケットが示されている"), pattern=r"containerd/containerd\.sock", weight=0.7),
        Refutation(Text("containerd writes log lines on this node", "このノードでは containerd がログを書いている"), pattern=r"RunPodSandbox for &PodSandboxMetadata\{", component="runtime", weight=0.7),
        Refutation(Text("Docker answers for the containers of this node", "このノードのコンテナは Docker が扱っている"), mode="docker-hang", weight=0.6),
    ),
    asks=(
        Ask("time timeout 20 crictl version; ps -o pid,stat,wchan:32,etime,args -C crio; journalctl -u crio -n 200 --no-pager  # on {node}",
            Text("crictl version does not answer; STAT T (stopped), D (storage) or S (deadlock)", "crictl version が返らず、STAT が T(停止)、D(ストレージ待ち)、S(デッドロック)のいずれか"),
            ("crio-stopped", "containerd-hang", "cni-plugin-hang-or-lock", "disk-io-saturation", "storage-hang-dstate", "node-memory-starvation", "docker-hang"), "processes"),
    ),
    remedies=(
        Remedy("temporary", Text("save the goroutine stacks (SIGUSR1 writes them to /tmp/crio-goroutine-stacks-*.log), then restart CRI-O", "goroutine スタックを保存し(SIGUSR1 で /tmp/crio-goroutine-stacks-*.log に出力)、CRI-O を再起動する"),
               Text("conmon keeps the containers; calls in flight fail once", "コンテナは conmon が維持する。実行中の呼び出しは一度失敗する"),
               "kill -USR1 $(pidof crio); sleep 2; systemctl restart crio  # on {node}", "timeout 10 crictl version && kubectl get node {node}", "restart"),
        Remedy("permanent", Text("upgrade CRI-O to a release that mends what the stacks show; keep storage off saturated disks", "スタックが示す問題を修正した CRI-O へ更新し、ストレージを飽和したディスクから分離する"),
               Text("roll out node by node", "1 台ずつ展開する"), verify="kubectl get node {node} -o wide", risk_level="restart"),
    ),
    examples=(
        hit("kubelet", '"command failed" err="failed to run Kubelet: validate service connection: validate CRI v1 image API for endpoint \\"unix:///var/run/crio/crio.sock\\": rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        hit("systemd", "crio.service: Watchdog timeout (limit 1min)!"),
        near_miss("systemd", "crio.service: Main process exited, code=exited, status=1/FAILURE"),
        near_miss("kubelet", '"command failed" err="failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint \\"unix:///var/run/crio/crio.sock\\": rpc error: code = Unavailable desc = connection error"'),
    ),
    state_examples=(
        StateExample("Process", {"command": "/usr/bin/crio", "state": "Tsl"}, True),
        StateExample("Process", {"command": "/usr/bin/crio", "state": "Dsl"}, True),
        StateExample("Process", {"command": "/usr/bin/crio", "state": "Ssl"}, False),
    ),
    references=("https://github.com/cri-o/cri-o/blob/main/docs/crio.8.md", "https://github.com/cri-o/cri-o/blob/main/tutorials/debugging.md"),
    abductive=True,
    concepts=("cri",),
)

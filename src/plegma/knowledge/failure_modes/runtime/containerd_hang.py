"""containerd lives and answers nothing."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="containerd-hang",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("containerd is alive but answers no call", "containerd のプロセスは生きているが、どの呼び出しにも応答しない"),
    summary=Text(
        "The socket accepts connections, but no CRI call comes back, not even Version, which needs no lock, no disk and no shim: the process is stopped (SIGSTOP, a debugger, a frozen cgroup) or deadlocked. "
        "For the first 2 minutes the kubelet logs nothing; then all pending calls fail at once with DeadlineExceeded. Containers go on running.",
        "ソケットは接続を受け付けるが、ロックもディスクも shim も要らない Version まで含めて CRI 呼び出しが一切返らない。プロセスが停止(SIGSTOP、デバッガー、cgroup の freeze)しているか、デッドロックしている。"
        "最初の 2 分間 kubelet のログには何も出ず、その後、保留中の呼び出しが一斉に DeadlineExceeded で失敗する。コンテナは動き続ける。",
    ),
    signatures=(
        Signature(r"Version from runtime service failed.{0,20}rpc error: code = DeadlineExceeded", component="kubelet", source="cri-client remote_runtime.go"),
        Signature(r"validate CRI v1 (?:runtime|image) API for endpoint .{0,90}code = DeadlineExceeded", component="kubelet", source="cri-client remote_runtime.go"),
        Signature(r"(?:ListPodSandbox|ListContainers) .{0,120}from runtime service failed.{0,20}rpc error: code = DeadlineExceeded", component="kubelet", proof="suggests", source="cri-client remote_runtime.go"),
        Signature(r"ImageFsInfo from image service failed.{0,20}rpc error: code = DeadlineExceeded", component="kubelet", proof="suggests", source="cri-client remote_image.go"),
        Signature(r"Container runtime sanity check failed.{0,20}rpc error: code = DeadlineExceeded", component="kubelet", proof="suggests", source="pkg/kubelet/kubelet.go"),
    ),
    states=(
        StateTest("Process", {"command": r"(?:^|/)containerd(?:\s|$)", "state": r"^[Tt]"}, proof="states"),
        StateTest("Command", {"argv": r"^(?:sudo )?crictl .*(?:version|info|ps|pods)|^(?:sudo )?ctr .*version", "answered": r"^false$"}),
    ),
    leads_to=(
        Link("cri-call-timeout", "node", Text("every call waits for its deadline: 2 minutes, 4 minutes for RunPodSandbox", "すべての呼び出しが期限(2 分、RunPodSandbox は 4 分)まで待つ"), strength=0.95),
        Link("container-runtime-down", "node", Text("the kubelet polls Status every 5 s; the pending poll fails at its 2-minute deadline, long after the 30 s limit",
                                                    "kubelet は 5 秒ごとに Status を確認するが、その呼び出しが 2 分の期限で失敗し、30 秒の上限を大きく超える"), strength=0.95),
        Link("pleg-unhealthy", "node", Text("the relist hangs in ListPodSandbox, and its last success is older than 3 minutes", "relist が ListPodSandbox で止まり、最後の成功から 3 分を超える"), strength=0.9),
        Link("node-not-ready", "node", Text("the lease is renewed all the while, so the node turns NotReady, not Unknown", "その間も Lease は更新されるため、ノードは Unknown ではなく NotReady になる"), strength=0.9),
        Link("pod-stuck-creating", "node", Text("no sandbox can be made", "sandbox を作成できない"), strength=0.8),
        Link("pod-stuck-terminating", "node", Text("no container can be stopped", "コンテナを停止できない"), strength=0.8),
        Link("sandbox-kill-failing", "node", Text("StopContainer and StopPodSandbox do not come back", "StopContainer と StopPodSandbox が返らない"), strength=0.7),
        Link("sandbox-creation-failing", "node", Text("RunPodSandbox does not come back", "RunPodSandbox が返らない"), strength=0.7),
        Link("probe-failing", "node", Text("exec probes go through the runtime (HTTP and TCP probes still pass)", "exec プローブはランタイムを経由する(HTTP・TCP プローブは通る)"), strength=0.5),
        Link("cri-name-reserved-inflight", "node", Text("calls that were given up are still held when the process goes on", "あきらめられた呼び出しが、プロセス再開時にまだ保持されている"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("the node's runtime is not containerd", "このノードのランタイムは containerd ではない"), state=StateTest("Node", {"runtime": r"^(?:docker|cri-o)"}), weight=0.95),
        Refutation(Text("the socket refuses or is absent: containerd is not running at all", "ソケットが接続を拒否しているか存在しない。containerd は動いていない"), mode="containerd-stopped", weight=0.5),
        Refutation(Text("processes stand in D state on storage: containerd may be only one of the victims", "ストレージ待ちの D 状態のプロセスがあり、containerd もその被害者にすぎない可能性がある"), mode="storage-hang-dstate", weight=0.4),
        Refutation(Text("a plugin was seen hanging: only calls that need the network lock wait", "CNI プラグインのハングが見えている。待つのはネットワークロックが要る呼び出しだけ"), pattern=r"netplugin failed with no error message: signal: killed", component="cni", weight=0.4),
        Refutation(Text("the whole node is short of memory and every process is slow", "ノード全体がメモリ不足で、すべてのプロセスが遅い"), mode="node-memory-starvation", weight=0.5),
    ),
    asks=(
        Ask("time timeout 20 crictl version; ps -o pid,stat,wchan:32,etime,args -C containerd  # on {node}",
            Text("crictl version does not answer either: the process itself hangs (STAT T: stopped by a signal; D: waits for the disk; S with futex: deadlock). If it answers at once while pods hang, look at CNI plugins and shims",
                 "crictl version も返らなければプロセス自体のハング(STAT が T ならシグナルで停止、D ならディスク待ち、S で futex ならデッドロック)。すぐ返るのに Pod だけ進まないなら CNI プラグインや shim を見る"),
            ("containerd-stopped", "crio-hang", "cni-plugin-hang-or-lock", "containerd-shim-deadlock", "docker-hang", "disk-io-saturation", "storage-hang-dstate", "node-memory-starvation"), "processes"),
        Ask("kill -USR1 $(pidof containerd); journalctl -u containerd -n 2000 --no-pager | grep -A30 'goroutine stack dump'  # on {node}",
            Text("no dump appears: stopped or in D state. A dump with many goroutines in sync.Mutex.Lock: deadlock, and the one that holds it",
                 "ダンプが出なければ停止中か D 状態。sync.Mutex.Lock で待つ goroutine が多ければデッドロックで、保持者も分かる"),
            ("containerd-shim-deadlock", "cni-plugin-hang-or-lock"), "runtime-log"),
    ),
    remedies=(
        Remedy("temporary", Text("let a stopped process go on", "停止されているプロセスを再開する"), Text("none for the containers; the kubelet works off its backlog", "コンテナへの影響はない。kubelet が溜まった処理を再開する"),
               "kill -CONT $(pidof containerd)  # on {node}, when ps shows STAT T", "timeout 10 crictl version && kubectl get node {node}", "none"),
        Remedy("temporary", Text("save a goroutine dump (SIGUSR1), then restart containerd: its shims keep the containers alive", "goroutine ダンプ(SIGUSR1)を採ってから containerd を再起動する。コンテナは shim が維持する"),
               Text("calls in flight fail once; exec and log streams are cut", "実行中の呼び出しは一度失敗し、exec やログのストリームは切れる"),
               "kill -USR1 $(pidof containerd); sleep 2; systemctl restart containerd  # on {node}", "timeout 10 crictl info >/dev/null && kubectl get node {node}", "restart"),
        Remedy("permanent", Text("upgrade containerd to a release that mends the deadlock shown by the dump; keep debuggers, freezers and agents that send SIGSTOP away; watch 'crictl version' with a timeout and restart on failure (node-problem-detector, systemd)",
                                 "ダンプが示すデッドロックを修正した containerd へ更新する。デバッガー・freezer・SIGSTOP を送るエージェントを止める。timeout 付きの crictl version を監視し、失敗時に再起動する(node-problem-detector、systemd)"),
               Text("roll out node by node", "1 台ずつ展開する"), verify="kubectl describe node {node} | grep -E 'Container Runtime|Ready'", risk_level="restart"),
    ),
    examples=(
        hit("kubelet", '"Version from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        hit("kubelet", "Version from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded"),
        hit("kubelet", '"command failed" err="failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint \\"unix:///run/containerd/containerd.sock\\": rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        hit("kubelet", '"ListPodSandbox with filter from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded" filter="nil"'),
        hit("kubelet", "ListContainers with filter &ContainerFilter{Id:,State:nil,PodSandboxId:,} from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded"),
        hit("kubelet", '"ImageFsInfo from image service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        hit("kubelet", '"Container runtime sanity check failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        near_miss("kubelet", '"RunPodSandbox from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        near_miss("kubelet", '"StopPodSandbox from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded" podSandboxID="4e0c11"'),
        near_miss("kubelet", '"Version from runtime service failed" err="rpc error: code = Unavailable desc = connection error: desc = \\"transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused\\""'),
        near_miss("kubelet", '"ExecSync cmd from runtime service failed" err="rpc error: code = DeadlineExceeded desc = failed to exec in container: timeout 1s exceeded"'),
        near_miss("k8s-event", "error determining status: rpc error: code = Unknown desc = operation timeout: context deadline exceeded", reason="FailedSync"),
    ),
    state_examples=(
        StateExample("Process", {"command": "/usr/bin/containerd", "state": "Tsl", "count": 1}, True),
        StateExample("Process", {"command": "/usr/bin/containerd", "state": "Ssl", "count": 1}, False),
        StateExample("Process", {"command": "/usr/bin/containerd-shim-runc-v2 -namespace k8s.io", "state": "Tl", "count": 1}, False),
        StateExample("Command", {"argv": "crictl ps -a", "answered": False}, True),
        StateExample("Command", {"argv": "docker ps -a", "answered": False}, False),
    ),
    versions="all; the 2-minute silence and the order of the lines were seen with Kubernetes 1.36 and containerd 1.6",
    references=("https://github.com/containerd/containerd/blob/main/docs/ops.md", "https://kubernetes.io/docs/tasks/debug/debug-cluster/crictl/"),
    abductive=True,
    concepts=("cri", "pleg"),
)

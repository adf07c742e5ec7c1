"""One shim does not answer, and the calls that ask every shim wait for it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="containerd-shim-deadlock",
    layer="runtime",
    role="cause",
    subject="Node",
    title=Text("a containerd-shim does not answer", "containerd-shim が応答しない"),
    summary=Text(
        "The shim of one container is blocked (deadlock, full pipe, runc that does not return). Calls about that container wait to their deadline; calls that ask all shims (task list, stats, start-up recovery, with Docker also ps) wait with it. Version and other containers answer.",
        "あるコンテナの shim がブロックしている(デッドロック、パイプの満杯、戻らない runc)。そのコンテナへの呼び出しは期限まで待ち、すべての shim に問い合わせる呼び出し(タスク一覧、統計、起動時の復元、Docker では ps も)も巻き込まれる。Version や他のコンテナは応答する。",
    ),
    signatures=(
        Signature(r"converting task to protobuf.{0,80}context (?:canceled|deadline exceeded)", component="runtime", source="containerd services/tasks/local.go"),
        Signature(r"get state for \\*\"?[0-9a-f]{8,64}\\*\"?.{0,80}(?:context deadline exceeded|context canceled)", component="runtime", source="containerd runtime/v2/process.go, shim.go"),
        Signature(r"failed to handle container TaskExit event.{0,600}context deadline exceeded", component="runtime", source="containerd internal/cri/server/events.go"),
        Signature(r"failed to (?:delete|kill) task: context deadline exceeded", component="runtime", proof="suggests", source="containerd"),
        Signature(r"collecting metrics for [0-9a-f]{8,64}.{0,80}context deadline exceeded", component="runtime", proof="suggests", source="containerd internal/cri/server/container_stats_list.go"),
        Signature(r"failed to recover state: failed to get task response: ", component="runtime", proof="suggests", source="containerd internal/cri/server/restart.go"),
        Signature(r"(?:ContainerStatus|PodSandboxStatus) (?:\S+ )?from runtime service failed.{0,20}rpc error: code = (?:DeadlineExceeded|4)", component="kubelet", proof="suggests", source="cri-client remote_runtime.go"),
        Signature(r"List(?:PodSandbox|Container)Stats (?:\S+ ){0,6}from runtime service failed.{0,20}rpc error: code = (?:DeadlineExceeded|4)", component="kubelet", proof="suggests", source="cri-client remote_runtime.go"),
    ),
    states=(
        StateTest("Process", {"command": r"containerd-shim", "state": r"^[DTt]"}, proof="suggests"),
        StateTest("Command", {"argv": r"^(?:sudo )?ctr .*(?:tasks?|t) (?:ls|list|metrics)", "answered": r"^false$"}),
        StateTest("Command", {"argv": r"^(?:sudo )?crictl inspectp? [0-9a-f]", "answered": r"^false$"}),
    ),
    leads_to=(
        Link("cri-call-timeout", "node", Text("calls about that container wait for their deadline", "そのコンテナへの呼び出しが期限まで待つ"), strength=0.9),
        Link("pleg-unhealthy", "node", Text("the relist inspects that pod and waits", "relist がその Pod の検査で待つ"), strength=0.7),
        Link("docker-hang", "node", Text("dockerd holds the container's lock while it asks the shim", "dockerd が shim への問い合わせ中にコンテナのロックを保持する"), strength=0.5),
        Link("container-runtime-down", "node", Text("a restarted runtime waits for that shim while it recovers its state", "再起動したランタイムが状態の復元中にその shim を待つ"), strength=0.4),
        Link("sandbox-kill-failing", "node", Text("the container cannot be stopped", "そのコンテナを停止できない"), strength=0.7),
        Link("pod-stuck-terminating", "node", Text("its pod never ends", "その Pod が終わらない"), strength=0.7),
        Link("pod-status-unknown", "node", Text("its status cannot be read", "その状態を取得できない"), strength=0.4),
        Link("probe-failing", "node", Text("exec probes of that container wait", "そのコンテナの exec プローブが待たされる"), strength=0.4),
        Link("node-not-ready", "node", Text("through PLEG", "PLEG を通じて NotReady になる"), strength=0.5),
        Link("cri-name-reserved-inflight", "node", Text("requests queue up behind the shim", "要求が shim の後ろで待つ"), strength=0.3),
        Link("pod-stuck-creating", "node", Text("a start that waits for its shim does not end", "shim を待つ起動処理が終わらない"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("the status call answers at once that the container is not there: an answer, not a hang", "状態取得は「コンテナがない」と直ちに返っており、ハングではない"), mode="sandbox-container-missing", weight=0.5),
        Refutation(Text("the runtime answers nothing at all, not even Version", "ランタイムは Version にさえ応答しない"), mode="containerd-hang", weight=0.4),
        Refutation(Text("the node's runtime is CRI-O: it has no shims but conmon", "ノードのランタイムは CRI-O で、shim ではなく conmon を使う"), state=StateTest("Node", {"runtime": r"^cri-o"}), weight=0.9),
        Refutation(Text("the disk is saturated: all shims are slow", "ディスクが飽和しており、すべての shim が遅い"), pattern=r"du and find on following dirs took|fs: disk usage and inodes count on following dirs took|blocked for more than \d+ seconds", weight=0.4),
    ),
    asks=(
        Ask("for i in $(ctr -n k8s.io containers ls -q); do timeout 5 ctr -n k8s.io tasks ps $i >/dev/null 2>&1; [ $? = 124 ] && echo hangs: $i; done; ps -eo pid,etime,stat,wchan:32,args | grep containerd-shim  # on {node}",
            Text("exactly one id hangs while crictl version answers at once", "crictl version はすぐ返るのに、特定の ID だけが返らない"),
            ("containerd-hang", "docker-hang", "runc-init-hang", "cni-plugin-hang-or-lock", "disk-io-saturation", "storage-hang-dstate", "containerd-shim-killed", "cgroup-freezer-stuck"), "processes"),
    ),
    remedies=(
        Remedy("temporary", Text("end the shim of that container: the runtime cleans up after it", "そのコンテナの shim を終了させる。後始末はランタイムが行う"), Text("its pod's containers end; with one shim per pod all of them", "その Pod のコンテナが終了する(shim が Pod 単位なら全コンテナ)"),
               "pgrep -af 'containerd-shim.*{sandbox_id}'; kill -9 PID  # on {node}", "time timeout 10 ctr -n k8s.io tasks ls", "disruptive"),
        Remedy("permanent", Text("upgrade containerd and runc to releases that mend it (1.2.7, 1.4.5 and later for the known ones)", "修正済みの containerd・runc へ更新する(既知のものは 1.2.7、1.4.5 以降)"), Text("old shims go on until their pods are made anew: drain", "古い shim は Pod を作り直すまで残るため drain する"), verify="containerd --version; runc --version", risk_level="disruptive"),
    ),
    examples=(
        hit("containerd", 'converting task to protobuf error="context canceled: unknown" id=9f1c77aa0101'),
        hit("containerd", 'get state for 9f1c77aa0101ffee error="context deadline exceeded: unknown"'),
        hit("containerd", 'failed to handle container TaskExit event &TaskExit{ContainerID:9f1c,ID:9f1c,Pid:4411,ExitStatus:137} error="failed to stop container: context deadline exceeded: unknown"'),
        hit("containerd", 'StopContainer for "9f1c" failed error="failed to kill task: context deadline exceeded: unknown"'),
        hit("containerd", 'collecting metrics for 9f1c77aa0101 error="context deadline exceeded: unknown"'),
        hit("containerd", "failed to recover state: failed to get task response: context deadline exceeded"),
        hit("kubelet", 'ContainerStatus "9f1c77aa" from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded'),
        hit("kubelet", '"ListContainerStats with filter from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        near_miss("containerd", 'get state for 9f1c77aa0101ffee error="ttrpc: closed: unknown"'),
        near_miss("containerd", "shim disconnected id=9f1c77aa0101"),
        near_miss("kubelet", '"RunPodSandbox from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        near_miss("kubelet", '"Version from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
    ),
    state_examples=(
        StateExample("Process", {"command": "/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id 9f1c", "state": "Dl"}, True),
        StateExample("Process", {"command": "/usr/bin/containerd-shim-runc-v2 -namespace k8s.io -id 9f1c", "state": "Sl"}, False),
        StateExample("Command", {"argv": "ctr -n k8s.io task ls", "answered": False}, True),
        StateExample("Command", {"argv": "crictl inspectp 9f1c77aa0101", "answered": False}, True),
        StateExample("Command", {"argv": "crictl ps -a", "answered": False}, False),
    ),
    references=("https://github.com/containerd/containerd/issues/3286", "https://github.com/containerd/containerd/issues/5274"),
    abductive=True,
)

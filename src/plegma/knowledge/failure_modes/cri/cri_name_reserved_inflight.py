"""An earlier request for the same sandbox or container is still at work and holds its name."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

_ASKED = r"(?:^|[^ ]|[^:] |[^e]: )"
"""Not after "failed to recover state: ", which is containerd's own start and no request."""

MODE = FailureMode(
    id="cri-name-reserved-inflight",
    layer="cri",
    role="cause",
    subject="Pod",
    title=Text("an earlier, slow request still holds the sandbox's or container's name", "先に出した遅い要求が sandbox・コンテナの名前をまだ保持している"),
    summary=Text(
        "The kubelet gave up on RunPodSandbox (4 min) or CreateContainer (2 min) and asks again, but the runtime still works on the first request: 'name is reserved'. The message is the consequence of a slow stage "
        "(disk, CNI plugin, volume, SELinux relabel, runc). The same reserved id for hours, with no process at work on it, is a left-over that only a restart of the runtime clears.",
        "kubelet が RunPodSandbox(4 分)や CreateContainer(2 分)をあきらめて再要求したが、ランタイムは最初の要求をまだ処理しており「name is reserved」となる。これは遅い段階(ディスク、CNI プラグイン、ボリューム、SELinux の再ラベル、runc)の結果である。"
        "同じ ID が何時間も予約されたままで処理中のプロセスもないなら、ランタイムの再起動でしか消えない残骸である。",
    ),
    signatures=(
        Signature(_ASKED + r"failed to reserve sandbox name(?:[^:]{1,300}: name [^:]{1,300} is reserved for \\*\"(?P<sandbox_id>[0-9a-f]{12,64}))?", component="runtime", proof="states", source="containerd internal/cri/server/sandbox_run.go"),
        Signature(_ASKED + r"failed to reserve container name", component="runtime", proof="states", source="containerd internal/cri/server/container_create.go"),
        Signature(r"error reserving (?:pod|ctr) name", component="runtime", proof="states", source="cri-o server/sandbox_run_linux.go, container_create.go"),
        Signature(r"pod sandbox with name \\*\"\S+ already exists", component="runtime", proof="suggests", source="cri-o server/sandbox_run_linux.go: storage.ErrDuplicateName, also a left-over after a reboot"),
        Signature(r"[Kk]ubelet may be retrying requests that are timing out in CRI-O due to system load", component="runtime", proof="states", source="cri-o server/utils.go"),
        Signature(r"not yet finished\. Currently at stage", component="runtime", proof="states", source="cri-o server/utils.go"),
        Signature(r"RunPodSandbox from runtime service failed.{0,20}rpc error: code = (?:DeadlineExceeded|4)", component="kubelet", proof="suggests", source="cri-client remote_runtime.go"),
        Signature(r"[Cc]reate pod sandbox: rpc error: code = (?:DeadlineExceeded|4)", component="kubelet", proof="suggests", source="pkg/kubelet/kuberuntime/kuberuntime_manager.go"),
        Signature(r"CreateContainer in sandbox.{0,120} from runtime service failed.{0,20}rpc error: code = (?:DeadlineExceeded|4)", component="kubelet", proof="suggests", source="cri-client remote_runtime.go"),
    ),
    states=(StateTest("SandboxStage", {"stage": r"^creation$"}, proof="suggests"),),
    leads_to=(
        Link("sandbox-creation-failing", "pod", Text("each retry collides with the first request", "再試行のたびに最初の要求と衝突する"), strength=0.95),
        Link("container-cannot-run", "pod", Text("CreateContainer collides with the first request", "CreateContainer が最初の要求と衝突する"), strength=0.6),
        Link("pod-stuck-creating", "pod", Text("the pod waits until the slow stage ends", "遅い段階が終わるまで Pod は待たされる"), strength=0.9),
        Link("cri-call-timeout", "pod", Text("the first request ran into the kubelet's deadline", "最初の要求が kubelet の期限に達した"), strength=0.7),
    ),
    refutes=(
        Refutation(Text("the runtime answers no other call either: it hangs as a whole", "ランタイムは他の呼び出しにも応答しておらず、全体がハングしている"), pattern=r"Version from runtime service failed.{0,20}rpc error: code = DeadlineExceeded", component="kubelet", weight=0.4),
    ),
    asks=(
        Ask("journalctl -u containerd -u crio --since -1h --no-pager | grep -E '{pod}|Currently at stage'; ps -eo pid,etime,stat,wchan:32,args | grep -E '/opt/cni/bin|runc|mount|setfiles|chcon' | grep -v grep  # on {node}",
            Text("the stage that the first request stands in: a plugin process, runc, a mount in D state, relabelling; CRI-O names it ('Currently at stage ...')",
                 "最初の要求が止まっている段階(プラグインのプロセス、runc、D 状態の mount、再ラベル)。CRI-O は「Currently at stage ...」で示す"),
            ("cni-plugin-hang-or-lock", "disk-io-saturation", "storage-hang-dstate", "runc-init-hang", "containerd-shim-deadlock", "containerd-hang", "selinux-denial"), "runtime-log"),
        Ask("iostat -x 1 3; cat /proc/pressure/io  # on {node}", Text("a device at 100 % with a long queue", "使用率 100 % でキューの長いデバイス"), ("disk-io-saturation",)),
    ),
    remedies=(
        Remedy("temporary", Text("remove the blocker, then wait: the first request ends and frees the name; if nothing works on it, restart the runtime", "ブロックしているものを取り除いて待つ(最初の要求が終われば名前が解放される)。処理中のものがなければランタイムを再起動する"),
               Text("containers stay up; exec and log streams are cut", "コンテナは維持されるが、exec やログのストリームは切れる"), "systemctl restart containerd  # or crio, on {node}", "kubectl -n {namespace} get pod {pod}", "restart"),
        Remedy("permanent", Text("mend the slow stage: faster disk, CNI plugin with time-outs, fsGroupChangePolicy OnRootMismatch and seLinuxMount for large volumes, fewer pods at once",
                                 "遅い段階を直す: 高速なディスク、タイムアウトを持つ CNI プラグイン、大きなボリュームには fsGroupChangePolicy OnRootMismatch と SELinux マウントオプション、同時作成数の抑制"),
               Text("depends on the stage", "段階による"), verify="journalctl -u kubelet --since -1h | grep -c 'is reserved'", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to reserve sandbox name "web-1_shop_0b6d1c2e_0": name "web-1_shop_0b6d1c2e_0" is reserved for "5d3a77aa0101ffee5d3a77aa0101ffee5d3a77aa0101ffee5d3a77aa0101ffee"', reason="FailedCreatePodSandBox"),
        hit("kubelet", r'"RunPodSandbox from runtime service failed" err="rpc error: code = Unknown desc = failed to reserve sandbox name \"web-1_shop_0b6d1c2e_0\": name \"web-1_shop_0b6d1c2e_0\" is reserved for \"5d3a77aa0101ffee\""'),
        near_miss("containerd", '"Failed to run CRI service" error="failed to recover state: failed to reserve sandbox name \\"web-1_shop_0b6d1c2e_0\\": name \\"web-1_shop_0b6d1c2e_0\\" is reserved for \\"5d3a77aa0101\\""'),
        hit("k8s-event", 'Error: failed to reserve container name "app_web-1_shop_0b6d1c2e_1": name "app_web-1_shop_0b6d1c2e_1" is reserved for "77aa0101ffee"', reason="Failed"),
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = error reserving pod name k8s_web-1_shop_0b6d1c2e_0 for id 77aa0101ffee: name is reserved", reason="FailedCreatePodSandBox"),
        hit("k8s-event", "Error: Kubelet may be retrying requests that are timing out in CRI-O due to system load. Currently at stage container volume configuration: context deadline exceeded: error reserving ctr name k8s_app_web-1 for id 77aa: name is reserved", reason="Failed"),
        hit("crio", "Creation of container k8s_app_web-1_shop_0b6d_0 not yet finished. Currently at stage container storage creation. Waiting up to 6m0s for it to finish"),
        hit("kubelet", '"RunPodSandbox from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        hit("k8s-event", "Failed to create pod sandbox: rpc error: code = DeadlineExceeded desc = context deadline exceeded", reason="FailedCreatePodSandBox"),
        hit("kubelet", '"CreateContainer in sandbox from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded" podSandboxID="77aa"'),
        hit("kubelet", 'RunPodSandbox from runtime service failed: rpc error: code = Unknown desc = pod sandbox with name "k8s_web-1_shop_0b6d1c2e_0" already exists'),
        near_miss("kubelet", '"Failed to create a mirror pod" err="pods \\"web-wk-1\\" already exists" pod="shop/web-wk-1"'),
        near_miss("dockerd", 'Conflict. The container name "/k8s_POD_web-1_shop_0b6d_0" is already in use by container "77aa". You have to remove (or rename) that container to be able to reuse that name.'),
        near_miss("kubelet", '"StopPodSandbox from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"'),
        near_miss("k8s-event", "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox", reason="FailedCreatePodSandBox"),
    ),
    state_examples=(
        StateExample("SandboxStage", {"stage": "creation"}, True),
        StateExample("SandboxStage", {"stage": "network"}, False),
    ),
    versions="containerd all; CRI-O (names the stage from 1.25 on)",
    references=("https://github.com/containerd/containerd/issues/4604", "https://github.com/cri-o/cri-o/blob/main/server/utils.go"),
    generic=True,
    concepts=("cri", "pod-sandbox"),
)

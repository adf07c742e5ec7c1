"""The agent on every node that turns pod objects into containers."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="kubelet",
    title=Text("kubelet, the node's agent", "kubelet(ノードのエージェント)"),
    what=Text(
        "The kubelet runs on every node as a system service, not as a pod. It takes pods from the API server, from the manifest folder (static pods) and, rarely, from a URL, compares what they ask for with what the container runtime reports, and makes the difference go away: sandboxes, volumes, images, containers, probes. It writes each pod's status, the node's conditions and the node's lease back to the API.\n"
        "It never talks to the kernel about containers itself. Containers go through the CRI to containerd or CRI-O, pod networks through the runtime to a CNI plugin, volumes through CSI drivers. So most errors in the kubelet's log are words of a lower layer that the kubelet only quotes; the innermost quotation is the one to read.",
        "kubelet は各ノードで Pod ではなくシステムサービスとして動く。API サーバー、マニフェストのフォルダー(static Pod)、まれに URL から Pod を受け取り、コンテナランタイムが報告する現状と突き合わせて差分を埋める。対象は sandbox・ボリューム・イメージ・コンテナ・プローブである。Pod の状態、ノードの Conditions、Lease は kubelet が API へ書き戻す。\n"
        "コンテナ操作を自分でカーネルに対して行うことはない。コンテナは CRI 経由で containerd / CRI-O、Pod ネットワークはランタイムから CNI プラグイン、ボリュームは CSI ドライバーが担う。したがって kubelet のログにあるエラーの多くは下位層の言葉の引用であり、読むべきは最も内側の引用である。",
    ),
    fails=Text(
        "Three ways, and they look different. It does not run or cannot reach the API server: the lease is not renewed, and after the grace period the node controller sets Ready=Unknown; containers go on running. It runs but the runtime or PLEG is sick: it reports Ready=False itself, with the reason in the message, and syncs no pod. It runs and is healthy, but one pod's worker keeps failing: only that pod stands still, with events every 10 to 90 s.",
        "壊れ方は 3 通りで、見え方が異なる。(1) 停止しているか API サーバーに届かない: Lease が更新されず、猶予時間の後に node controller が Ready=Unknown にする。コンテナは動き続ける。(2) 動いているがランタイムや PLEG が異常: kubelet 自身が理由付きで Ready=False を報告し、どの Pod も同期しない。(3) kubelet は正常で、ある Pod の worker だけが失敗し続ける: その Pod だけが進まず、10〜90 秒ごとにイベントが出る。",
    ),
    look=(
        Look("systemctl status kubelet; journalctl -u kubelet --since '{since}' --no-pager", Text("whether it runs, since when, and what it says; 'since' in the status gives its last start", "稼働の有無、起動時刻、ログ。status の since が最後の起動時刻にあたる")),
        Look("kubectl get --raw /api/v1/nodes/{node}/proxy/configz", Text("the configuration that is really in force, flags and drop-in files included", "フラグやドロップインを含め、実際に効いている設定")),
        Look("curl -s http://127.0.0.1:10248/healthz  # on {node}", Text("'ok' unless the sync loop has stood still", "同期ループが止まっていなければ ok")),
    ),
    numbers=(
        Number(Text("status of a pod re-checked without any event (syncFrequency)", "イベントがなくても Pod を見直す周期(syncFrequency)"), "1 m", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("retry of a pod whose sync failed", "同期に失敗した Pod の再試行"), "10–15 s (network not ready: 1–1.5 s)", "pkg/kubelet/pod_workers.go"),
        Number(Text("housekeeping; warning when it takes longer than", "ハウスキーピングの周期。警告が出る所要時間"), "2 s; 1 s", "pkg/kubelet/kubelet.go"),
        Number(Text("pause of the sync loop while the runtime has errors: first, longest", "ランタイム異常時の同期ループの休止: 最初、最長"), "100 ms, 5 s", "pkg/kubelet/kubelet.go"),
        Number(Text("pods on a node (maxPods)", "ノードあたりの Pod 数(maxPods)"), "110", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("ports: API, healthz on localhost", "ポート: API、localhost の healthz"), "10250, 10248", "pkg/cluster/ports/ports.go"),
        Number(Text("requests to the API server", "API サーバーへのリクエスト"), "50/s, burst 100 (≤ v1.26: 5/s, burst 10)", "pkg/kubelet/apis/config/v1beta1/defaults.go"),
    ),
    see=("pod-worker", "pleg", "cri", "node-conditions", "node-lease", "certificates"),
    modes=(
        "kubelet-stopped", "kubelet-crash-loop", "kubelet-panic", "kubelet-oom-killed", "kubelet-config-invalid", "kubelet-removed-flag",
        "kubelet-invalid-feature-gate", "kubelet-not-bootstrapped", "kubelet-swap-on", "kubelet-port-in-use", "kubelet-dir-not-writable", "kubelet-rootfs-device-unknown",
        "kubelet-cgroup-missing", "kubelet-reservation-invalid", "kubelet-resolvconf-missing", "kubelet-version-skew", "kubelet-client-throttled",
        "kubelet-state-checkpoint-invalid", "kubelet-cpu-manager-checkpoint-mismatch", "kubelet-object-cache-sync-timeout",
        "kubelet-api-call-failing", "kubelet-api-access-forbidden", "kubelet-port-blocked", "node-pod-limit-reached", "topology-affinity-error",
        "numa-memory-unavailable", "exclusive-cpus-exhausted", "device-plugin-unhealthy", "kubelet-admission-out-of-resources", "sysctl-forbidden",
        "kubelet-node-affinity-race", "pod-rejected", "k3s-node-password-rejected", "kubelet-node-ip-invalid", "memory-pressure-false-positive",
    ),
    references=("https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/", "https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"),
)

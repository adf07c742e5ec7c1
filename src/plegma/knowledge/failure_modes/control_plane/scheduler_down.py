"""No scheduler works."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="scheduler-down",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("kube-scheduler is down", "kube-scheduler が停止している"),
    summary=Text(
        "New pods stay Pending with no event at all and an empty nodeName: nobody looks at them. The scheduler's pod crashes, is absent, waits for its lease, or the pod names a scheduler that does not run.",
        "新しい Pod がイベントなし・nodeName 空のまま Pending になり、誰も処理していない。スケジューラー Pod のクラッシュ・不在・リース待ち、または Pod が存在しない schedulerName を指定している。",
    ),
    signatures=(
        Signature(r":10259/(?:healthz|livez|readyz)\S*.{0,60}connection refused", "any", "shows", source="probe of the scheduler"),
        Signature(r"probe failed.*:10251/healthz.{0,60}connection refused", "any", "shows", source="probe of the scheduler to v1.16"),
        Signature(r":10251/healthz.{0,60}connection refused", "any", "suggests", source="kubectl get cs, which also says it of a scheduler that serves on its secure port alone, as kubeadm's does from v1.18 (kubeadm issue 2222)"),
        Signature(r"kube-scheduler-\S+ .{0,40}CrashLoopBackOff", "any", "shows", source="kubelet, kubectl get pods"),
    ),
    leads_to=(Link("pod-pending", "cluster", Text("nobody binds pods", "Pod を割り当てる主体がいない"), strength=0.9),),
    refutes=(
        Refutation(Text("the scheduler judged the pod: it is at work", "スケジューラーが判定を出しており、稼働している"), pattern=r"nodes are available", component="controller", reason="FailedScheduling", weight=0.95),
        Refutation(Text("the scheduler bound pods", "スケジューラーが Pod を割り当てている"), pattern=r"Successfully assigned", component="controller", reason="Scheduled", weight=0.4),
    ),
    asks=(Ask("kubectl -n kube-system get pods -l component=kube-scheduler; kubectl -n kube-system get lease kube-scheduler -o yaml; kubectl -n {namespace} get pod {pod} -o jsonpath='{.spec.schedulerName}'", Text("not running, lease not renewed, or another schedulerName", "停止中、リース未更新、または別の schedulerName"), ("controller-manager-down", "unschedulable-volume-zone", "pvc-not-bound", "liveness-probe-kill"), "pod-list"),),
    remedies=(
        Remedy("temporary", Text("restore the scheduler's static pod (manifest, certificate, kubeconfig)", "スケジューラーの static Pod(マニフェスト、証明書、kubeconfig)を復旧する"), Text("none", "なし"), "crictl logs $(crictl ps -a --name kube-scheduler -q | head -1)", "kubectl -n kube-system get lease kube-scheduler", "none"),
        Remedy("permanent", Text("one scheduler per control-plane node, alarm on pending pods without events", "コントロールプレーンごとにスケジューラーを置き、イベントのない Pending を監視する"), Text("none", "なし"), verify="kubectl get pods -A --field-selector status.phase=Pending", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'Liveness probe failed: Get "https://127.0.0.1:10259/healthz": dial tcp 127.0.0.1:10259: connect: connection refused', "Unhealthy"),
        hit("shell", "kube-scheduler-m1   0/1   CrashLoopBackOff   41 (2m ago)   3h"),
        hit("k8s-event", 'Liveness probe failed: Get http://127.0.0.1:10251/healthz: dial tcp 127.0.0.1:10251: connect: connection refused', "Unhealthy"),
        hit("kube-apiserver", 'Get "http://127.0.0.1:10251/healthz": dial tcp 127.0.0.1:10251: connect: connection refused', "Unhealthy"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient cpu.", "FailedScheduling"),
        near_miss("k8s-event", 'Liveness probe failed: Get "https://127.0.0.1:10257/healthz": dial tcp 127.0.0.1:10257: connect: connection refused', "Unhealthy"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/tasks/debug/debug-cluster/",),
)

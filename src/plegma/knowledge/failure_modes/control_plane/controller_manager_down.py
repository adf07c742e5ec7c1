"""No controller manager works."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="controller-manager-down",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("kube-controller-manager is down", "kube-controller-manager が停止している"),
    summary=Text(
        "Deployments make no pods, endpoints are not updated, dead nodes stay Ready, CSRs are not signed, volumes are not attached: the loops that should do it do not run.",
        "Deployment が Pod を作らない、Endpoint が更新されない、死んだノードが Ready のまま、CSR が署名されない、ボリュームがアタッチされない。処理すべき制御ループが動いていない。",
    ),
    signatures=(
        Signature(r":102(?:57|52)/(?:healthz|livez|readyz)\S*.{0,60}connection refused", "any", "shows", source="probe of the controller manager, kubectl get cs"),
        Signature(r"kube-controller-manager-\S+ .{0,40}CrashLoopBackOff", "any", "shows", source="kubectl get pods"),
    ),
    leads_to=(
        Link("volume-attach-failing", "cluster", Text("nobody attaches volumes", "ボリュームをアタッチする主体がいない"), strength=0.4),
        Link("kubelet-csr-not-approved", "cluster", Text("nobody signs", "署名する主体がいない"), strength=0.4),
        Link("pvc-not-bound", "cluster", Text("nobody binds claims", "PVC をバインドする主体がいない"), strength=0.4),
        Link("service-unreachable", "cluster", Text("endpoints go stale", "Endpoint が古いまま残る"), strength=0.3),
    ),
    asks=(Ask("kubectl -n kube-system get pods -l component=kube-controller-manager; kubectl -n kube-system get lease kube-controller-manager -o yaml", Text("not running, or the lease is not renewed", "停止中、またはリース未更新"), ("leader-election-lost", "control-plane-cert-expired", "scheduler-down", "etcd-slow-disk", "liveness-probe-kill"), "controller-log"),),
    remedies=(
        Remedy("temporary", Text("restore its static pod (manifest, certificate, kubeconfig, cloud credentials)", "static Pod(マニフェスト、証明書、kubeconfig、クラウド認証)を復旧する"), Text("it may act at once on nodes that were down", "停止中のノードに対する処理が一気に走ることがある"), "crictl logs $(crictl ps -a --name kube-controller-manager -q | head -1)", "kubectl -n kube-system get lease kube-controller-manager"),
        Remedy("permanent", Text("one per control-plane node, alarm on its lease", "コントロールプレーンごとに配置し、リースを監視する"), Text("none", "なし"), verify="kubectl -n kube-system get lease", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'Liveness probe failed: Get "https://127.0.0.1:10257/healthz": dial tcp 127.0.0.1:10257: connect: connection refused', "Unhealthy"),
        hit("shell", "kube-controller-manager-m1   0/1   CrashLoopBackOff   88 (4m ago)   3d"),
        near_miss("k8s-event", 'Liveness probe failed: Get "https://127.0.0.1:10259/healthz": dial tcp 127.0.0.1:10259: connect: connection refused', "Unhealthy"),
        near_miss("shell", "kube-controller-manager-m1   1/1   Running   272   18d"),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/overview/components/#kube-controller-manager",),
)

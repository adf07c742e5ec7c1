"""The loops that make the cluster look like its objects."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="controller-manager",
    title=Text("kube-controller-manager and leader election", "kube-controller-manager とリーダー選出"),
    what=Text(
        "One process holds about forty control loops: Deployments, ReplicaSets, DaemonSets, Jobs, node life cycle, attach/detach, claims, endpoints, namespaces, service accounts, garbage collection, certificates. Only one instance works at a time: it holds a Lease in kube-system. A leader that cannot renew in time exits on purpose, and another takes over. Clouds add cloud-controller-manager for nodes, routes and load balancers.",
        "約 40 の制御ループ(Deployment・ReplicaSet・DaemonSet・Job・ノードのライフサイクル・attach/detach・PVC・Endpoint・Namespace・ServiceAccount・ガベージコレクション・証明書など)が 1 つのプロセスに入っている。同時に働くのは kube-system の Lease を持つ 1 つだけで、期限までに更新できないリーダーは自ら終了し、別のものが引き継ぐ。クラウドでは、ノード・経路・ロードバランサーを扱う cloud-controller-manager が加わる。",
    ),
    fails=Text(
        "If it is down nothing is seen at first: what runs runs on. Then replicas are not replaced, dead nodes stay Ready, namespaces do not end, new service accounts have no token, disks do not move. 'leaderelection lost' in a restart loop is a consequence: the API server or etcd is slow. Single controllers can be blocked: the garbage collector and namespaces by an aggregated API that does not answer, attach/detach by a driver.",
        "止まっても最初は何も見えない。動いているものは動き続ける。やがてレプリカが補充されず、死んだノードが Ready のままになり、Namespace が消えず、新しい ServiceAccount にトークンが付かず、ディスクが移動しなくなる。再起動を繰り返しながらの「leaderelection lost」は結果で、API サーバーか etcd が遅い。個々のコントローラーだけが止まることもある。ガベージコレクターと Namespace は応答しない aggregated API、attach/detach はドライバーが原因になる。",
    ),
    look=(
        Look("kubectl -n kube-system get lease kube-controller-manager -o yaml", Text("holder, renewTime and leaseTransitions", "保持者・renewTime・leaseTransitions")),
        Look("kubectl -n kube-system logs -l component=kube-controller-manager --tail=500", Text("the controller's name begins each message", "メッセージにコントローラー名が入る")),
        Look("kubectl get apiservices | grep -v True", Text("aggregated APIs that block namespaces and garbage collection", "Namespace の削除やガベージコレクションを妨げる aggregated API")),
    ),
    numbers=(
        Number(Text("leader lease: duration, deadline, retry", "リーダーの Lease: 有効期間、更新期限、再試行"), "15 s, 10 s, 2 s", "staging/src/k8s.io/component-base/config/v1alpha1/defaults.go"),
        Number(Text("finished pods are kept up to (--terminated-pod-gc-threshold)", "終了した Pod を残す数(--terminated-pod-gc-threshold)"), "12500", "pkg/controller/podgc/config/v1alpha1/defaults.go"),
    ),
    see=("node-controller", "api-server", "daemonset", "volumes-attach-mount"),
    modes=("controller-manager-down", "leader-election-lost", "garbage-collector-blocked", "namespace-stuck-terminating", "finalizer-stuck", "aggregated-api-unavailable", "cloud-node-uninitialized", "pod-not-created"),
    aliases=("kube-controller-manager", "kcm", "leader election", "controllers"),
    references=("https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/",),
)

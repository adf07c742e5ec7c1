"""The Calico plugin's credentials on the node are refused by the API."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="calico-cni-token-unauthorized",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("Calico's CNI token on the node is no longer valid", "ノード上の Calico CNI のトークンが無効になっている"),
    summary=Text(
        "The plugin reads token and CA from /etc/cni/net.d/calico-kubeconfig, which calico-node renews. When the renewal stopped (old version, calico-node not running, clock, CA or service account changed), the API answers 401: creating and deleting pods both fail on that node while running pods go on.",
        "プラグインは、calico-node が更新する /etc/cni/net.d/calico-kubeconfig のトークンと CA を使う。更新が止まる(古い版、calico-node の停止、時刻ずれ、CA や ServiceAccount の変更)と API が 401 を返し、そのノードでは Pod の作成も削除も失敗する。稼働中の Pod は動き続ける。",
    ),
    signatures=(
        Signature(r"Unable to create token for CNI kubeconfig.{0,40}Unauthorized", proof="states", source="calico cni-plugin pkg/install"),
        Signature(r"connection is unauthorized: Unauthorized", component="cni", proof="states", source="calico libcalico-go backend/k8s, error of the CNI plugin"),
        Signature(r"failed to (?:set up|setup|teardown) pod \S+ network: Unauthorized", component="cni", proof="suggests", source="a plugin that asks the API with its own token (calico before 3.16 and others), refused"),
        Signature(r"error adding container to network \\*\"k8s-pod-network\\*\": Unauthorized", component="cni", proof="states", source="multus passes on what its delegate says; the network's name is that of calico's manifests (manifests/calico.yaml cni_network_config)"),
        Signature(r"error getting ClusterInformation: .{0,200}x509: ", component="cni", source="calico cni-plugin"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD is refused by the API", "ADD が API に拒否される"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL is refused by the API", "DEL が API に拒否される"), strength=0.9),
        Link("cni-del-error-loop", "node", Text("DEL of dead sandboxes fails again and again", "死んだ PodSandbox の DEL が失敗し続ける"), strength=0.6),
        Link("pod-stuck-terminating", "node", Text("pods of the node cannot be torn down", "そのノードの Pod を後片付けできない"), strength=0.7),
    ),
    refutes=(Refutation(Text("the API is not reached at all", "API に到達できていない"), mode="calico-datastore-unreachable", weight=0.4),),
    asks=(
        Ask("ls -l --time-style=full-iso /etc/cni/net.d/calico-kubeconfig; date; kubectl get pods -A -l k8s-app=calico-node -o wide --field-selector spec.nodeName={node}",
            Text("a file older than a day, or a calico-node that is not Running/Ready", "ファイルが 1 日以上更新されていない、または calico-node が Running/Ready でない"),
            ("multus-token-unauthorized", "kubelet-client-cert-expired", "kubelet-ca-mismatch", "clock-skew", "calico-cni-rbac-missing"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart calico-node on the node; it writes a new token at start.", "そのノードの calico-node を再起動する。起動時に新しいトークンが書かれる。"),
               Text("routes stay programmed; BGP sessions flap for a moment", "経路は維持される。BGP セッションが一瞬切れる"), command="kubectl delete pod -A -l k8s-app=calico-node --field-selector spec.nodeName={node}",
               verify="ls -l --time-style=full-iso /etc/cni/net.d/calico-kubeconfig"),
        Remedy("permanent", Text("Upgrade Calico to a version whose token watcher recovers (3.22 and later renew, later fixes made it robust); alarm on the file's age.",
                                 "トークン監視が確実に復旧する版へ Calico を更新する(3.22 以降で更新機能、以後の修正で堅牢化)。ファイルの経過時間を監視する。"),
               Text("rolling update of calico-node", "calico-node のローリング更新"), verify="kubectl -n kube-system rollout status ds/calico-node"),
    ),
    examples=(
        hit("k8s-event", 'Failed to create pod sandbox: plugin type="multus" name="multus-cni-network" failed (add): [shop/cart-7c:k8s-pod-network]: error adding container to network "k8s-pod-network": Unauthorized', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'Failed to create pod sandbox: plugin type="multus" name="multus-cni-network" failed (add): [shop/cart-7c:cbr0]: error adding container to network "cbr0": Unauthorized', reason="FailedCreatePodSandBox"),
        hit("pod-log", "cni-installer/<nil> <nil>: Unable to create token for CNI kubeconfig error=Unauthorized"),
        hit("k8s-event", 'failed to setup network for sandbox "0aa1": plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'error killing pod: failed to "KillPodSandbox" for "9c" with KillPodSandboxError: "rpc error: code = Unknown desc = failed to destroy network for sandbox \\"0aa1\\": plugin type=\\"calico\\" failed (delete): error getting ClusterInformation: connection is unauthorized: Unauthorized"', reason="FailedKillPod"),
        hit("cni", "Final result of CNI ADD was an error. error=error getting ClusterInformation: connection is unauthorized: Unauthorized"),
        hit("k8s-event", 'plugin type="calico" failed (add): error getting ClusterInformation: Get "https://10.96.0.1:443/apis/crd.projectcalico.org/v1/clusterinformations/default": x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error")', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'networkPlugin cni failed to teardown pod "web-0_shop" network: Unauthorized'),
        near_miss("k8s-event", "Multus: [shop/web-0/77aa]: error getting pod: Unauthorized", reason="FailedCreatePodSandBox"),
        near_miss("kubelet", "Failed to list *v1.Node: Unauthorized"),
        near_miss("k8s-event", 'error getting ClusterInformation: connection is unauthorized: clusterinformations.crd.projectcalico.org "default" is forbidden: User "system:serviceaccount:kube-system:calico-cni-plugin" cannot get resource', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'error getting ClusterInformation: Get "https://10.96.0.1:443/apis/crd.projectcalico.org/v1/clusterinformations/default": dial tcp 10.96.0.1:443: i/o timeout', reason="FailedCreatePodSandBox"),
    ),
    versions="Calico on Kubernetes 1.21 and later (bound tokens)",
    references=("https://github.com/projectcalico/calico/issues/5712", "https://github.com/projectcalico/calico/issues/7171",
                "https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/"),
)

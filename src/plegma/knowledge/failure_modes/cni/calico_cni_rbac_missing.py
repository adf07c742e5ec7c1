"""The Calico plugin's account may not read or write what it needs."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="calico-cni-rbac-missing",
    layer="cni",
    role="cause",
    subject="Cluster",
    title=Text("RBAC refuses the Calico CNI plugin", "RBAC が Calico CNI プラグインを拒否している"),
    summary=Text(
        "The plugin's token is good, but its account lacks a right that the installed version needs: roles and binaries come from different versions (partial upgrade, old node with another service account, deleted binding).",
        "トークンは有効だが、導入されている版に必要な権限がアカウントにない。ロールと実行ファイルの版が違う(更新の途中、別の ServiceAccount を使う古いノード、binding の削除)。",
    ),
    signatures=(
        Signature(r"connection is unauthorized: .{1,120}is forbidden: User", component="cni", proof="states", source="calico libcalico-go backend/k8s"),
        Signature(r"\.crd\.projectcalico\.org.{1,80}is forbidden: User", proof="states", source="API server's RBAC answer quoted by calico"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "cluster", Text("ADD is refused by RBAC", "ADD が RBAC に拒否される"), strength=0.9),
        Link("sandbox-kill-failing", "cluster", Text("DEL is refused by RBAC", "DEL が RBAC に拒否される"), strength=0.7),
        Link("calico-node-not-ready", "cluster", Text("calico-node cannot read its resources", "calico-node がリソースを読めない"), strength=0.4),
    ),
    asks=(
        Ask("kubectl auth can-i get clusterinformations.crd.projectcalico.org --as=system:serviceaccount:kube-system:calico-cni-plugin; kubectl get clusterrole,clusterrolebinding | grep calico",
            Text("'no', or a missing role or binding", "no と返る、または ClusterRole/Binding がない"), ("calico-cni-token-unauthorized",), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Apply the RBAC part of the manifest of the running Calico version.", "稼働中の Calico の版のマニフェストから RBAC 部分を適用する。"), Text("none", "なし"),
               command="kubectl apply -f calico.yaml", verify="kubectl auth can-i get clusterinformations.crd.projectcalico.org --as=system:serviceaccount:kube-system:calico-cni-plugin", risk_level="none"),
        Remedy("permanent", Text("Upgrade Calico as one unit (operator or whole manifest), never single images.", "Calico は operator または全マニフェストで一体として更新し、イメージだけを変えない。"), Text("none", "なし"),
               verify="kubectl -n kube-system rollout status ds/calico-node", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'error getting ClusterInformation: connection is unauthorized: clusterinformations.crd.projectcalico.org "default" is forbidden: User "system:serviceaccount:kube-system:calico-cni-plugin" cannot get resource "clusterinformations"', reason="FailedCreatePodSandBox"),
        hit("pod-log", 'ippools.crd.projectcalico.org is forbidden: User "system:serviceaccount:kube-system:calico-node" cannot list resource "ippools"'),
        near_miss("k8s-event", "error getting ClusterInformation: connection is unauthorized: Unauthorized", reason="FailedCreatePodSandBox"),
        near_miss("kube-apiserver", 'nodes "n1" is forbidden: node "n2" is not allowed to modify node "n1"'),
    ),
    versions="Calico with the Kubernetes datastore; separate CNI account from 3.26 on",
    references=("https://docs.tigera.io/calico/latest/operations/upgrading/kubernetes-upgrade",),
)

"""The kubelet registers under a name other than the one in its certificate."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-name-mismatch",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("node name differs from the name in the kubelet's certificate", "ノード名と kubelet 証明書の名前が一致しない"),
    summary=Text(
        "The kubelet calls itself by the hostname, --hostname-override or the cloud's name, but its certificate says system:node:<other name>. The node authorizer and NodeRestriction let a kubelet touch only its own node and lease, so registration and heartbeats are refused.",
        "kubelet はホスト名、--hostname-override、あるいはクラウド側の名前を名乗るが、証明書は system:node:<別名> である。Node authorizer と NodeRestriction は自分のノードと Lease しか操作させないため、登録もハートビートも拒否される。",
    ),
    signatures=(
        Signature(r"node \\*\"[^\"]+\" (?:is not allowed to|cannot) modify node \\*\"(?P<node>[^\"\\]+)", "kubelet", "states", source="plugin/pkg/admission/noderestriction"),
        Signature(r"can only access node lease with the same name as the requesting node", "kubelet", "states", source="plugin/pkg/auth/authorizer/node, noderestriction"),
        Signature(r"cannot read '(?P<node>[^']+)', only its own Node object", "kubelet", "states", source="plugin/pkg/auth/authorizer/node (v1.32 and later)"),
        Signature(r"can only create a node CSR with CN=system:node:", "kubelet", "states", source="noderestriction"),
        Signature(r"leases\.coordination\.k8s\.io \\*\"(?P<node>[^\"\\]+)\\*\" is forbidden: User \\*\"system:node:", "kubelet", "shows", source="authorizer: the same, cut at the terminal's edge"),
        Signature(r"nodes \\*\"(?P<node>[^\"\\]+)\\*\" is forbidden: User \\*\"system:node:", "kubelet", "shows", source="authorizer: a kubelet asks for a node that is not its own"),
        Signature(r"error getting node \\*\"(?P<node>[^\"\\]+)\\*\": nodes \\*\"[^\"]+\" not found", "kubelet", "suggests", at_least=3, source="pkg/kubelet/kubelet_node_status.go: the API has no node of that name"),
        Signature(r"\bnode \\*\"(?P<node>[^\"\\]+)\\*\" not found", "kubelet", "suggests", at_least=3, source="pkg/kubelet/kubelet.go: the node lister has no such node"),
    ),
    leads_to=(
        Link("node-authorizer-no-relationship", "node", Text("the pods are bound to another node name than the certificate's", "Pod は証明書とは別のノード名に割り当てられている"), strength=0.5),
        Link("node-not-ready", "node", Text("the API server refuses the node's status and lease", "API サーバーがノードの status と Lease の更新を拒否する"), strength=0.8),
        Link("node-status-unknown", "node", Text("a formerly registered node gets no more heartbeats", "登録済みだったノードにハートビートが届かなくなる"), within=120, strength=0.7),
    ),
    refutes=(
        Refutation(Text("the API cannot be reached at all, so nothing is known about names", "API に到達できておらず、名前の問題とは言えない"), pattern=r"dial tcp \S+: (?:connect: connection refused|i/o timeout|connect: no route to host)", component="kubelet", weight=0.4),
        Refutation(Text("the node is listed as Ready: it is registered and its heartbeats arrive", "ノードは Ready と表示されており、登録もハートビートも正常である"), state=StateTest("Node", {"status": "^Ready"}), weight=0.5),
        Refutation(Text("the kubelet registered its node: names agree, and the lines belong to the seconds before", "ノード登録に成功しており名前は一致している。該当行は登録前の数秒間のもの"), pattern=r"Successfully registered node", component="kubelet", weight=0.8),
        Refutation(Text("the credential itself is refused (401): no name is compared then", "認証自体が 401 で拒否されており、名前の比較以前の問題"), pattern=r"Unauthorized", component="kubelet", weight=0.4),
    ),
    asks=(
        Ask("openssl x509 -noout -subject -in /var/lib/kubelet/pki/kubelet-client-current.pem; hostname; ps -ef | grep -o 'hostname-override=[^ ]*'; kubectl get nodes", Text("CN = system:node:X, while hostname or override say Y", "CN が system:node:X なのに、hostname や override が Y である"), ("kubelet-ca-mismatch", "kubelet-apiserver-unreachable", "node-object-deleted"), "kubelet-log"),
    ),
    remedies=(
        Remedy("temporary", Text("start the kubelet under the certificate's name (--hostname-override, hostnamectl), or remove its certificates and join it anew under the new name", "証明書の名前で kubelet を起動する(--hostname-override、hostnamectl)か、証明書を削除して新しい名前で再 join する"), Text("a node that is renamed is a new node: its pods are created anew", "名前を変えたノードは別ノード扱いとなり、Pod は作り直される"), "hostnamectl set-hostname <name in the certificate> && systemctl restart kubelet", "kubectl get node {node}"),
        Remedy("permanent", Text("fix the host name before the join and keep DHCP, cloud-init and the cloud provider from changing it", "join 前にホスト名を確定し、DHCP・cloud-init・クラウドプロバイダーに変更させない"), Text("none", "なし"), verify="journalctl -u kubelet --since -10min | grep -c 'is forbidden'", risk_level="none"),
    ),
    examples=(
        hit("kubelet", 'failed to ensure node lease exists, will retry in 7s, error: leases.coordination.k8s.io "wk-4.example" is forbidden: User "system:node:localhost" cannot get'),
        hit("kubelet", '"Unable to register node with API server" err="nodes \\"ip-10-9-0-4\\" is forbidden: node \\"wk-4\\" is not allowed to modify node \\"ip-10-9-0-4\\"" node="ip-10-9-0-4"'),
        hit("kubelet", 'Unable to register node "ip-10-9-0-4" with API server: nodes "ip-10-9-0-4" is forbidden: node "wk-4" cannot modify node "ip-10-9-0-4"'),
        hit("kubelet", 'failed to ensure lease exists, will retry in 400ms, error: leases.coordination.k8s.io "ip-10-9-0-4" is forbidden: User "system:node:wk-4" cannot get resource "leases" in API group "coordination.k8s.io" in the namespace "kube-node-lease": can only access node lease with the same name as the requesting node'),
        hit("kubelet", 'nodes "ip-10-9-0-4" is forbidden: User "system:node:wk-4" cannot get resource "nodes" in API group "" at the cluster scope: node \'wk-4\' cannot read \'ip-10-9-0-4\', only its own Node object'),
        hit("kubelet", 'cannot create certificate signing request: certificatesigningrequests.certificates.k8s.io "csr-" is forbidden: can only create a node CSR with CN=system:node:wk-4'),
        hit("kubelet", 'Error updating node status, will retry: error getting node "wk-4.example": nodes "wk-4.example" not found', count=5),
        near_miss("kubelet", 'Error updating node status, will retry: error getting node "wk-4": Get https://10.0.0.1:6443/api/v1/nodes/wk-4: net/http: TLS handshake timeout', count=5),
        hit("kubelet", '"Error getting node" err="node \\"ip-10-9-0-4\\" not found"', count=40),
        near_miss("kubelet", '"Error getting node" err="node \\"ip-10-9-0-4\\" not found"'),
        near_miss("kubelet", 'nodes "wk-4" is forbidden: is not allowed to modify labels: node-role.kubernetes.io/gpu'),
        near_miss("kubelet", 'Failed to list *v1.Node: Get "https://10.1.0.10:6443/api/v1/nodes": dial tcp 10.1.0.10:6443: connect: no route to host'),
    ),
    versions="clusters with the Node authorizer and NodeRestriction (kubeadm since v1.8); EKS, OpenShift, Talos likewise",
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/node/",
        "https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction",
    ),
)

"""CNI and Kubernetes are configured with different pod CIDRs."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="pod-cidr-mismatch-config",
    layer="cni",
    role="cause",
    subject="Cluster",
    title=Text("the CNI's network is not the cluster's pod CIDR", "CNI のネットワークがクラスターの Pod CIDR と一致しない"),
    summary=Text(
        "The network in the CNI's configuration (flannel's net-conf.json, calico's pool) differs from --cluster-cidr (kubeadm: podSubnet). The agent refuses its lease, or everything starts and traffic between nodes, masquerading and policies are wrong.",
        "CNI 設定のネットワーク(flannel の net-conf.json、calico のプール)が --cluster-cidr(kubeadm の podSubnet)と異なる。エージェントがリースを拒否するか、起動してもノード間通信、マスカレード、ポリシーが正しく働かない。",
    ),
    signatures=(
        Signature(r"specified in the flannel net config doesn't contain", component="network", proof="states", source="flannel subnet/kube"),
        Signature(r"is out the range of cluster cidr", proof="states", source="kube-controller-manager nodeipam cidrset"),
        Signature(r"is not equal to previous one \((?:[1-9])", component="network", source="flannel network/iptables.go; with 0.0.0.0/0 it is an ordinary first start"),
    ),
    states=(StateTest("AddressRange", {"network": r"^flannel$", "inside": r"^false$"}, proof="states"),),
    leads_to=(
        Link("flannel-subnet-env-missing", "cluster", Text("flanneld does not accept the node's block", "flanneld がノードのブロックを受け付けない"), strength=0.7),
        Link("service-unreachable", "cluster", Text("there is no route to pods on other nodes", "他ノードの Pod への経路がない"), strength=0.7),
        Link("dns-failing", "cluster", Text("queries to CoreDNS on another node get lost", "他ノードの CoreDNS への問い合わせが失われる"), strength=0.6),
        Link("service-vip-unreachable", "cluster", Text("replies to pods do not find their way", "Pod への応答が戻れない"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n kube-system get cm kubeadm-config -o yaml | grep podSubnet; kubectl -n kube-flannel get cm kube-flannel-cfg -o yaml | grep Network; kubectl get ippools -o yaml | grep cidr; kubectl get nodes -o custom-columns=NAME:.metadata.name,CIDR:.spec.podCIDR",
            Text("two different networks", "2 つのネットワークが食い違っている"), ("mtu-mismatch", "network-policy-denies", "overlay-traffic-blocked", "node-podcidr-not-assigned"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Write the cluster's pod CIDR into the CNI's ConfigMap or pool and restart its pods.", "CNI の ConfigMap やプールをクラスターの Pod CIDR に合わせ、CNI の Pod を再起動する。"),
               Text("pods with addresses of the old network must be made anew", "旧ネットワークのアドレスを持つ Pod は作り直しが必要"), command="kubectl -n kube-flannel rollout restart ds/kube-flannel-ds",
               verify="kubectl -n kube-flannel logs -l app=flannel --tail=20", risk_level="disruptive"),
        Remedy("permanent", Text("Keep one value for podSubnet, cluster-cidr, kube-proxy's clusterCIDR and the CNI, rendered from one place.",
                                 "podSubnet、cluster-cidr、kube-proxy の clusterCIDR、CNI の値を 1 か所から生成する。"), Text("none", "なし"),
               verify="kubectl get nodes -o custom-columns=NAME:.metadata.name,CIDR:.spec.podCIDR", risk_level="none"),
    ),
    examples=(
        hit("pod-log", 'Error registering network: failed to acquire lease: subnet "10.244.0.0/16" specified in the flannel net config doesn\'t contain "10.32.3.0/24" PodCIDR of the "worker-3" node'),
        hit("kube-controller-manager", "failed to mark cidr as occupied: cidr: 10.32.3.0/24 is out the range of cluster cidr: 10.244.0.0/16"),
        hit("pod-log", "Current network or subnet (10.244.0.0/16, 10.244.3.0/24) is not equal to previous one (10.32.0.0/16, 10.32.3.0/24), trying to recycle old iptables rules"),
        near_miss("pod-log", "Current network or subnet (10.244.0.0/16, 10.244.3.0/24) is not equal to previous one (0.0.0.0/0, 0.0.0.0/0), trying to recycle old iptables rules"),
        near_miss("pod-log", 'failed to acquire lease: node "worker-3" pod cidr not assigned'),
        near_miss("kubelet", '"cni0" already has an IP address different from 10.244.3.1/24'),
    ),
    state_examples=(
        StateExample("AddressRange", {"network": "flannel", "inside": False}, True),
        StateExample("AddressRange", {"network": "flannel", "inside": True}, False),
    ),
    versions="all",
    references=("https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md", "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/create-cluster-kubeadm/"),
)

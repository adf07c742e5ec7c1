"""Who hands out pod addresses, and where they leak."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="ipam",
    title=Text("IPAM (address management of the pod network)", "IPAM(Pod ネットワークのアドレス管理)"),
    what=Text(
        "IPAM is the part of a CNI network that chooses a free address on ADD and takes it back on DEL. There are three kinds: files on the node (host-local, within node.spec.podCIDR), blocks from a cluster-wide pool (Calico's IPPool, Cilium's cluster-pool, whereabouts), and addresses of the cloud's own network (AWS VPC CNI, Azure CNI), where the subnet, the network interface and the instance type each set a limit.",
        "IPAM は CNI ネットワークのうち、ADD で空きアドレスを選び、DEL で返却させる部分である。3 種類ある。ノード上のファイル(host-local、node.spec.podCIDR の範囲)、クラスター全体のプールからのブロック(Calico の IPPool、Cilium の cluster-pool、whereabouts)、クラウドのネットワークのアドレス(AWS VPC CNI、Azure CNI)。最後のものでは、サブネット・ネットワークインターフェース・インスタンスタイプのそれぞれに上限がある。",
    ),
    fails=Text(
        "'No addresses available' has two causes with opposite remedies: the range is really too small for the pods, or addresses have leaked because DELs were lost (a runtime killed, a reboot, a deadline). Count reservations against living sandboxes first. Two pods with one address come from the other fault: a reservation that was thrown away while its pod lived. Only new pods suffer; those that have an address run on.",
        "「アドレスが無い」の原因は 2 つあり、対処は正反対になる。範囲が実際に足りないか、DEL が失われて(ランタイムの強制終了、再起動、期限切れ)アドレスが漏れているか。まず予約の数と生きている sandbox の数を比べる。逆に、Pod が生きているのに予約だけ消えると、同じアドレスを 2 つの Pod が持つ。影響を受けるのは新しい Pod だけで、アドレスを持つ Pod は動き続ける。",
    ),
    look=(
        Look("kubectl get node {node} -o jsonpath='{.spec.podCIDR}'; kubectl get pods -A --field-selector spec.nodeName={node} -o wide", Text("the node's range against its pods", "ノードの範囲と Pod の数")),
        Look("ls /var/lib/cni/networks/*  # host-local, on {node}; Calico: calicoctl ipam check; Cilium: cilium status; AWS: the ipamd log", Text("reservations against living pods", "予約と実在する Pod の比較")),
    ),
    numbers=(
        Number(Text("node range (--node-cidr-mask-size-ipv4), and pods on a node", "ノードの範囲(--node-cidr-mask-size-ipv4)とノードあたりの Pod 数"), "/24, 110", "cmd/kube-controller-manager/app/options/nodeipamcontroller.go, pkg/kubelet/apis/config/v1beta1/defaults.go"),
        Number(Text("Calico's block", "Calico のブロック"), "/26 (64)", "projectcalico/calico: libcalico-go/lib/ipam"),
        Number(Text("AWS: a freed address is not used again for", "AWS: 返却されたアドレスが再利用されるまで"), "30 s", "aws/amazon-vpc-cni-k8s: pkg/ipamd/datastore/data_store.go"),
    ),
    see=("cni", "host-local", "pod-sandbox"),
    modes=(
        "host-local-ipam-exhausted", "calico-ipam-exhausted", "cilium-ipam-exhausted", "whereabouts-ipam-exhausted", "aws-cni-ip-exhausted",
        "aws-ipamd-not-running", "aws-ipamd-permission-denied", "aws-pod-eni-not-attached", "azure-cni-ip-exhausted", "azure-cns-unreachable",
        "gke-pod-range-exhausted", "max-pods-exceeds-ip-capacity", "node-podcidr-not-assigned", "pod-ip-conflict", "cni-dhcp-daemon-down",
    ),
    aliases=("ip address management", "ipamd", "pod cidr", "podCIDR"),
    references=("https://www.cni.dev/plugins/current/ipam/",),
)

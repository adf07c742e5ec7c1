"""--max-pods lets more pods onto the node than it can have addresses."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="max-pods-exceeds-ip-capacity",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("max-pods is higher than the node's addresses", "max-pods がノードのアドレス数より大きい"),
    summary=Text(
        "The kubelet advertises more pods than the CNI can give addresses on this node (ENI limit of the instance type, size of the node's pod CIDR, Azure's addresses per NIC). The scheduler goes on sending pods that can never start there.",
        "kubelet が公告する Pod 数が、このノードで CNI が与えられるアドレス数(インスタンスタイプの ENI 上限、ノードの Pod CIDR の大きさ、Azure の NIC あたりのアドレス数)より多い。スケジューラーが、起動できない Pod を送り続ける。",
    ),
    signatures=(
        Signature(r"AttachmentLimitExceeded: Interface count", component="network", proof="suggests", source="EC2 API error quoted by ipamd"),
        Signature(r"Skipping ENI allocation as the max ENI limit", component="network", proof="suggests", source="amazon-vpc-cni-k8s ipamd; also on a full node that is in order"),
        Signature(r"PrivateIpAddressLimitExceeded", component="network", proof="suggests", source="EC2 API error quoted by ipamd"),
    ),
    leads_to=(
        Link("aws-cni-ip-exhausted", "node", Text("more pods are bound than the instance has addresses", "インスタンスのアドレス数より多くの Pod が割り当てられる"), strength=0.8),
        Link("azure-cni-ip-exhausted", "node", Text("more pods are bound than the NIC has addresses", "NIC のアドレス数より多くの Pod が割り当てられる"), strength=0.5),
        Link("host-local-ipam-exhausted", "node", Text("more pods are bound than the node's CIDR holds", "ノードの CIDR に収まらない数の Pod が割り当てられる"), strength=0.5),
        Link("cilium-ipam-exhausted", "node", Text("more pods are bound than the node's CIDR holds", "ノードの CIDR に収まらない数の Pod が割り当てられる"), strength=0.5),
    ),
    asks=(
        Ask("kubectl describe node {node} | grep -E '^ *pods:|Non-terminated|instance-type|PodCIDR'",
            Text("capacity of pods above (ENIs x (addresses - 1) + 2) of the instance type, or above the node CIDR's size", "pods の capacity が、インスタンスタイプの ENI 数 x (アドレス数 - 1) + 2、またはノード CIDR の大きさを超えている"),
            ("aws-cni-ip-exhausted", "host-local-ipam-exhausted", "azure-cni-ip-exhausted", "cilium-ipam-exhausted"), "node-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("Cordon the node and let the stuck pods be made elsewhere.", "ノードを cordon し、止まっている Pod を別ノードで作り直す。"), Text("only pods that did not start yet", "未起動の Pod のみが対象"),
               command="kubectl cordon {node}", verify="kubectl get pods -A -o wide --field-selector spec.nodeName={node}", risk_level="none"),
        Remedy("permanent", Text("Set maxPods to what the node can address (AWS publishes a calculator), or raise the addresses: prefixes, larger node CIDR mask.",
                                 "maxPods をノードが割り当て可能な数に合わせる(AWS は計算スクリプトを公開)。または、プレフィックス委任やノード CIDR の拡大でアドレスを増やす。"),
               Text("new nodes, or a kubelet restart", "新しいノード、または kubelet の再起動が必要"), verify="kubectl describe node {node} | grep -m1 pods:"),
    ),
    examples=(
        hit("pod-log", "Failed to attach ENI eni-0aa: AttachmentLimitExceeded: Interface count 4 exceeds the limit for t3.small"),
        hit("pod-log", "Skipping ENI allocation as the max ENI limit of 3 is already reached (accounting for 0 unmanaged ENIs and 0 trunk ENIs)"),
        hit("pod-log", "Failed to allocate IP addresses: PrivateIpAddressLimitExceeded: Number of private addresses will exceed limit."),
        near_miss("k8s-event", "0/4 nodes are available: 4 Too many pods.", reason="FailedScheduling"),
        near_miss("pod-log", "InsufficientFreeAddressesInSubnet: The specified subnet does not have enough free addresses"),
    ),
    versions="all",
    references=("https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#determine-max-pods",),
)

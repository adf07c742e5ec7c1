"""Azure CNI has no address for the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="azure-cni-ip-exhausted",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("Azure CNI has no free IP address", "Azure CNI に空き IP アドレスがない"),
    summary=Text(
        "azure-vnet's IPAM (or CNS with dynamic allocation) has given out all addresses of the node's NIC, and the subnet or the per-node limit allows no more. Leaked reservations after reboots do the same.",
        "azure-vnet の IPAM(動的割り当てでは CNS)がノードの NIC のアドレスをすべて払い出し、サブネットまたはノード単位の上限により増やせない。再起動後のリークでも同じになる。",
    ),
    signatures=(
        Signature(r"Failed to allocate (?:address|pool): (?:Failed to .{0,160})?No available address", component="cni", proof="states", source="azure-container-networking azure-vnet-ipam"),
        Signature(r"AllocateIPConfig failed: not enough IPs available", component="cni", proof="states", source="azure-container-networking cns"),
        Signature(r"SubnetIsFull", proof="states", source="Azure Resource Manager error"),
    ),
    leads_to=(Link("sandbox-creation-failing", "node", Text("ADD gets no address", "ADD がアドレスを得られない"), strength=0.95),),
    asks=(
        Ask("kubectl describe node {node} | grep -E '^ *pods:|Non-terminated'; az network vnet subnet show --ids SUBNET --query 'length(ipConfigurations)'; tail -50 /var/log/azure-vnet-ipam.log",
            Text("as many pods as the node has addresses, or a full subnet; far fewer pods: leaked reservations", "Pod 数がアドレス数と同じ、またはサブネットが満杯。Pod が大幅に少なければリーク"),
            ("azure-cns-unreachable", "max-pods-exceeds-ip-capacity", "host-local-ipam-exhausted"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Cordon the node and re-create the stuck pods elsewhere; reboot the node when reservations leaked.", "ノードを cordon し、止まった Pod を別ノードで作り直す。リークならノードを再起動する。"),
               Text("a reboot restarts the node's pods", "再起動するとノードの Pod も再起動する"), command="kubectl cordon {node}", verify="kubectl get pods -A -o wide --field-selector spec.nodeName={node}"),
        Remedy("permanent", Text("Overlay mode or dynamic IP allocation with a pod subnet of its own, a larger subnet, max-pods that fits.", "Overlay モード、または専用 Pod サブネットの動的割り当て、より広いサブネット、見合う max-pods にする。"),
               Text("new node pool", "新しいノードプールが必要"), verify="az aks show --query networkProfile"),
    ),
    examples=(
        hit("kubelet", "networkPlugin cni failed to set up pod: Failed to allocate pool: Failed to delegate: Failed to allocate address: No available addresses"),
        hit("kubelet", "networkPlugin cni failed to set up pod: Failed to allocate pool: Failed to delegate: Failed to allocate pool: No available address pools"),
        hit("k8s-event", "plugin type='azure-vnet' failed (add): IPAM Invoker Add failed with error: Failed to get IP address from CNS with error: AllocateIPConfig failed: not enough IPs available for 9c6a, waiting on Azure CNS to allocate more with NC Status: ", reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'SubnetIsFull: Subnet aks-subnet with address prefix 10.240.0.0/24 does not have enough capacity', reason="ScaleUpFailed"),
        near_miss("k8s-event", "IPAM Invoker Add failed with error: Failed to get IP address from CNS with error: http request failed: Post 'http://localhost:10090/network/requestipconfig': dial tcp 127.0.0.1:10090: connect: connection refused", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "add cmd: failed to assign an IP address to container", reason="FailedCreatePodSandBox"),
    ),
    versions="Azure CNI (azure-vnet), acs-engine/aks-engine and AKS",
    references=("https://learn.microsoft.com/en-us/azure/aks/azure-cni-overview", "https://github.com/Azure/aks-engine/issues/4263", "https://github.com/Azure/azure-container-networking/issues/333"),
)

"""Cilium's IPAM on the node has no address left."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cilium-ipam-exhausted",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("Cilium has no free IP address on the node", "ノードで Cilium の空き IP アドレスがない"),
    summary=Text(
        "The node's range (pod CIDR or ENI/Azure pool) is used up, or Cilium took addresses out of it because a local route or interface overlaps with it. With the operator's pools the whole pool may be given out.",
        "ノードの範囲(Pod CIDR、または ENI/Azure のプール)を使い切った。あるいは、ローカルの経路やインターフェースと重複するため Cilium が範囲から除外した。operator のプール自体が払い出し済みのこともある。",
    ),
    signatures=(
        Signature(r"postIp(?:am|AM)Failure.{0,200}(?:range is full|[Nn]o more IPs available|exhausted)", component="cni", proof="states", source="cilium API answer to POST /ipam"),
        Signature(r"all (?:pod )?CIDR ranges are exhausted", proof="states", source="cilium pkg/ipam, cluster-pool and multi-pool"),
        Signature(r"postIp(?:am|AM)Failure", component="cni", source="cilium API answer to POST /ipam"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD gets no address from the agent", "ADD がエージェントからアドレスを得られない"), strength=0.95),
    ),
    asks=(
        Ask("kubectl -n kube-system exec ds/cilium -- cilium status --all-addresses | grep -A5 IPAM; kubectl get ciliumnode {node} -o yaml | grep -A8 ipam; ip route",
            Text("allocated equals the size of the range, or a route of the host covers the range", "割り当て数が範囲の大きさと等しい、またはホストの経路が範囲と重なっている"),
            ("cilium-agent-down", "host-local-ipam-exhausted", "calico-ipam-exhausted", "max-pods-exceeds-ip-capacity"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Move pods to other nodes; restart the agent when addresses are leaked.", "Pod を他のノードへ移す。リークならエージェントを再起動する。"), Text("moved pods restart", "移した Pod は再起動する"),
               command="kubectl cordon {node}", verify="kubectl -n kube-system exec ds/cilium -- cilium status | grep IPAM"),
        Remedy("permanent", Text("A pool or node mask that fits max-pods, no overlap of pod CIDR with host networks, more subnets in ENI/Azure mode.",
                                 "max-pods に見合うプールやノードマスクにし、Pod CIDR とホストのネットワークの重複をなくす。ENI/Azure モードではサブネットを増やす。"),
               Text("a new mask takes effect on new nodes", "新しいマスクは新規ノードから有効"), verify="kubectl get ciliumnodes -o yaml | grep -A3 podCIDRs"),
    ),
    examples=(
        hit("k8s-event", "unable to allocate IP via local cilium agent: [POST /ipam][502] postIpamFailure range is full", reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'plugin type="cilium-cni" failed (add): unable to allocate IP via local cilium agent: [POST /ipam][502] postIpamFailure "No more IPs available"', reason="FailedCreatePodSandBox"),
        hit("pod-log", "Unable to allocate IP: all CIDR ranges are exhausted"),
        hit("k8s-event", 'unable to allocate IP via local cilium agent: [POST /ipam][502] postIpamFailure "timed out waiting for pool"', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "unable to connect to Cilium agent: failed to create cilium agent client after 30.000000 seconds timeout", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "no IP addresses available in range set: 10.0.1.1-10.0.1.254", reason="FailedCreatePodSandBox"),
    ),
    versions="Cilium, all versions",
    references=("https://docs.cilium.io/en/stable/network/concepts/ipam/", "https://github.com/cilium/cilium/issues/9793", "https://github.com/cilium/cilium/issues/18331"),
)

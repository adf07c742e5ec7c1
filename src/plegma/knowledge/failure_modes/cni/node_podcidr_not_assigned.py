"""The node has no pod CIDR."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="node-podcidr-not-assigned",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the node got no pod CIDR", "ノードに Pod CIDR が割り当てられていない"),
    summary=Text(
        "node.spec.podCIDR is empty, so a CNI that builds on it (flannel, kubenet, kube-router, host-local set-ups, cilium in kubernetes IPAM mode) cannot start on the node. Either kube-controller-manager runs without --allocate-node-cidrs/--cluster-cidr, or the cluster CIDR is divided into too few blocks and all are given out.",
        "node.spec.podCIDR が空のため、これに依存する CNI(flannel、kubenet、kube-router、host-local 構成、kubernetes IPAM モードの cilium)がそのノードで起動できない。kube-controller-manager に --allocate-node-cidrs / --cluster-cidr がないか、クラスター CIDR の分割数が少なく使い切っている。",
    ),
    signatures=(
        Signature(r"pod cidr not assigned", component="network", proof="states", source="flannel subnet/kube"),
        Signature(r"there are no remaining CIDRs left to allocate", proof="states", source="kube-controller-manager nodeipam cidrset"),
        Signature(r"CIDRNotAvailable", proof="states", source="kube-controller-manager nodeipam"),
        Signature(r"", component="controller", reason=r"CIDRNotAvailable|CIDRAssignmentFailed", proof="states", source="kube-controller-manager nodeipam"),
        Signature(r"due to lack of PodCIDR", component="cni", proof="states", source="kubelet kubenet"),
        Signature(r"node\.Spec\.PodCIDR not set for node", component="network", proof="states", source="kube-router"),
        Signature(r"no podCidr for node", component="cni", proof="states", source="calico cni-plugin with usePodCidr"),
        Signature(r"required IPv[46] PodCIDR not available", component="network", proof="states", source="cilium-agent, ipam=kubernetes"),
        Signature(r"Failed to get pod CIDR from CNI conf file: .{0,120}invalid CIDR address: *$", component="network", source="kube-router: the subnet in its CNI configuration is empty"),
        Signature(r"no IP ranges specified", component="cni", source="host-local given an empty subnet"),
    ),
    states=(StateTest("Node", {"pod_cidr": r"^(?:<none>|<no value>)?$"}, proof="suggests"),),
    leads_to=(
        Link("flannel-subnet-env-missing", "node", Text("flanneld exits without a lease, so subnet.env is not written", "リースを得られず flanneld が終了し、subnet.env が書かれない"), strength=0.9),
        Link("kube-router-failing", "node", Text("kube-router exits without a pod CIDR", "Pod CIDR がないため kube-router が終了する"), strength=0.7),
        Link("cilium-agent-down", "node", Text("the agent waits for a pod CIDR and exits", "エージェントが Pod CIDR を待ち、終了する"), strength=0.5),
        Link("cni-config-missing", "node", Text("a configuration that is rendered from the pod CIDR is not written", "Pod CIDR から生成する設定が書かれない"), strength=0.5),
        Link("network-not-ready", "node", Text("the network plugin is not ready without a range", "アドレス範囲がなくネットワークプラグインが準備できない"), strength=0.6),
        Link("sandbox-creation-failing", "node", Text("IPAM has no range to give addresses from", "IPAM に割り当て元の範囲がない"), strength=0.7),
        Link("crash-loop-back-off", "node", Text("the CNI's agent exits at each start", "CNI エージェントが起動のたびに終了する"), strength=0.7),
    ),
    asks=(
        Ask("kubectl get nodes -o custom-columns=NAME:.metadata.name,CIDR:.spec.podCIDR; kubectl -n kube-system get pod -l component=kube-controller-manager -o yaml | grep -E 'cidr'",
            Text("<none> for this node; no --allocate-node-cidrs, or (size of cluster-cidr / node mask) not above the number of nodes",
                 "このノードが <none>。--allocate-node-cidrs がない、または cluster-cidr をノードマスクで割った数がノード数以下"),
            ("flannel-subnet-env-missing", "pod-cidr-mismatch-config", "host-local-ipam-exhausted"), "node-list"),
    ),
    remedies=(
        Remedy("temporary", Text("Give the node a free block by hand.", "空いているブロックを手動で割り当てる。"),
               Text("a block that overlaps another node's breaks both; the field cannot be changed later without re-creating the node", "他ノードと重複すると両方が壊れる。後から変更するにはノードの作り直しが必要"),
               command="kubectl patch node {node} -p '{{\"spec\":{{\"podCIDR\":\"10.244.9.0/24\"}}}}'", verify="kubectl get node {node} -o jsonpath='{{.spec.podCIDR}}'", risk_level="disruptive"),
        Remedy("permanent", Text("--allocate-node-cidrs=true with a cluster-cidr that has room for all nodes at --node-cidr-mask-size; the same CIDR in the CNI.",
                                 "--allocate-node-cidrs=true とし、--node-cidr-mask-size で全ノードが収まる cluster-cidr にする。CNI 側も同じ CIDR にする。"),
               Text("restarts kube-controller-manager; existing nodes keep their blocks", "kube-controller-manager が再起動する。既存ノードのブロックは変わらない"),
               verify="kubectl -n kube-system logs -l component=kube-controller-manager --tail=50 | grep -i cidr"),
    ),
    examples=(
        hit("pod-log", "Failed to get pod CIDR from CNI conf file: Failed to get IPAM details from the CNI conf file: invalid CIDR address: "),
        hit("pod-log", 'Error registering network: failed to acquire lease: node "worker-9" pod cidr not assigned'),
        hit("kube-controller-manager", "Error while processing Node Add/Delete: failed to allocate cidr from cluster cidr at idx:0: CIDR allocation failed; there are no remaining CIDRs left to allocate in the accepted range"),
        hit("kube-controller-manager", '"Event occurred" object="worker-9" kind="Node" type="Normal" reason="CIDRNotAvailable" message="Node worker-9 status is now: CIDRNotAvailable"'),
        hit("k8s-event", "Node worker-9 status is now: CIDRAssignmentFailed", reason="CIDRAssignmentFailed"),
        hit("kubelet", "Kubenet does not have netConfig. This is most likely due to lack of PodCIDR"),
        hit("pod-log", "Failed to create network services controller: Failed to get pod CIDR details from Node.spec: node.Spec.PodCIDR not set for node: worker-9"),
        hit("k8s-event", 'NetworkPlugin cni failed to set up pod "web-0_shop" network: no podCidr for node worker-9', reason="FailedCreatePodSandBox"),
        hit("pod-log", "Waiting for k8s node information error=required IPv4 PodCIDR not available"),
        hit("k8s-event", 'failed to setup network for sandbox "77": plugin type="bridge" failed (add): no IP ranges specified', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "no IP addresses available in range set: 10.244.9.1-10.244.9.254", reason="FailedCreatePodSandBox"),
        near_miss("pod-log", 'failed to acquire lease: subnet "10.244.0.0/16" specified in the flannel net config doesn\'t contain "10.1.3.0/24" PodCIDR of the "worker-9" node'),
    ),
    state_examples=(
        StateExample("Node", {"pod_cidr": "<none>"}, True),
        StateExample("Node", {"pod_cidr": "10.244.9.0/24"}, False),
    ),
    versions="all; CNIs with an IPAM of their own (calico-ipam, cilium cluster-pool, aws, azure) do not need podCIDR",
    references=("https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/", "https://github.com/cloudnativelabs/kube-router/issues/320",
                "https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md"),
)

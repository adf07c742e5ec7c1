"""Calico's IPAM has no address or block left for the node."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="calico-ipam-exhausted",
    layer="cni",
    role="cause",
    subject="Cluster",
    title=Text("Calico's IP pools have no address for the node", "Calico の IP プールにノードへ渡せるアドレスがない"),
    summary=Text(
        "All blocks of the pools are taken (small pool, many nodes with large blocks, addresses leaked by lost DELs or removed nodes), no enabled pool selects the node, or strict affinity forbids borrowing. New pods get no address; calico-node itself may fail when it needs a tunnel address.",
        "プールの全ブロックが使用済み(小さなプール、ノード数に対して大きなブロック、失われた DEL や削除済みノードによるリーク)、有効なプールがそのノードを選ばない、または strict affinity で借用できない。新しい Pod がアドレスを得られず、トンネル用アドレスが要る calico-node 自体も失敗することがある。",
    ),
    signatures=(
        Signature(r"Assigned 0 out of \d+ requested IPv[46] addresses", component="cni", proof="states", source="calico libcalico-go ipam PartialFulfillmentError"),
        Signature(r"IPAM allocated only 0", component="cni", proof="states", source="calico ipam plugin before 3.18"),
        Signature(r"pools are likely exhausted", proof="states", source="calico node startup, tunnel address"),
        Signature(r"cannot allocate new block due to per host block limit", component="cni", proof="states", source="calico libcalico-go ipam ErrBlockLimit: maxBlocksPerHost"),
        Signature(r"cannot find a qualified ippool", component="cni", proof="states", source="calico libcalico-go ipam ErrNoQualifiedPool"),
        Signature(r"[Nn]o configured Calico pools", component="cni", proof="states", source="calico libcalico-go ipam"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "cluster", Text("ADD gets no address from calico-ipam", "ADD が calico-ipam からアドレスを得られない"), strength=0.95),
        Link("calico-node-not-ready", "cluster", Text("calico-node of a new node gets no tunnel address and exits", "新しいノードの calico-node がトンネル用アドレスを得られず終了する"), strength=0.4),
    ),
    asks=(
        Ask("calicoctl ipam show --show-blocks; calicoctl ipam check; calicoctl get ippools -o wide",
            Text("pools near 100 %, or many free addresses but blocks bound to nodes that are gone, or a disabled pool or one whose nodeSelector misses the node",
                 "プールがほぼ 100%、空きは多いが消えたノードに結び付いたブロックがある、プールが無効または nodeSelector がノードに合わない"),
            ("host-local-ipam-exhausted", "cilium-ipam-exhausted", "aws-cni-ip-exhausted"), "cni-ipam-state"),
    ),
    remedies=(
        Remedy("temporary", Text("Release leaked addresses and blocks after a check, or add a pool.", "検査したうえでリークしたアドレスとブロックを解放する。またはプールを追加する。"),
               Text("releasing an address in use makes a duplicate; check with the report first", "使用中のアドレスを解放すると重複する。必ずレポートで確認する"),
               command="calicoctl ipam check -o report.json && calicoctl ipam release --from-report=report.json", verify="calicoctl ipam show", risk_level="disruptive"),
        Remedy("permanent", Text("A larger pool, smaller blockSize, kube-controllers running (its node controller frees what removed nodes leave), alarm on pool usage.",
                                 "プールを広げ、blockSize を小さくし、削除ノードの残骸を解放する kube-controllers を稼働させ、使用率を監視する。"),
               Text("a new pool must not overlap and must be routable", "新しいプールは重複せず、経路が必要"), verify="calicoctl get ippools -o wide", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'plugin type="calico" failed (add): failed to request IPv4 addresses: Assigned 0 out of 1 requested IPv4 addresses; No more free affine blocks and strict affinity enabled', reason="FailedCreatePodSandBox"),
        hit("kubelet", "NetworkPlugin cni failed to set up pod: Failed to request 1 IPv4 addresses. IPAM allocated only 0."),
        hit("pod-log", "Unable to autoassign an address - pools are likely exhausted type=\"ipipTunnelAddress\""),
        hit("k8s-event", 'plugin type="calico" failed (add): no configured Calico pools for node worker-7', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'plugin type="calico" failed (add): cannot allocate new block due to per host block limit', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'networkPlugin cni failed to set up pod "db-0_data" network: cannot find a qualified ippool'),
        near_miss("cni", "Ran out of existing affine blocks for host host=\"worker-7\""),
        near_miss("cni", "Calico CNI IPAM request count IPv4=1 IPv6=0"),
        near_miss("k8s-event", "no IP addresses available in range set: 10.244.1.1-10.244.1.254", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "unable to allocate IP via local cilium agent: [POST /ipam][502] postIpamFailure range is full", reason="FailedCreatePodSandBox"),
    ),
    versions="Calico with calico-ipam",
    references=("https://docs.tigera.io/calico/latest/reference/calicoctl/ipam/check", "https://github.com/projectcalico/cni-plugin/issues/920"),
)

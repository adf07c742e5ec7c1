"""The AWS VPC CNI has no free address for the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="aws-cni-ip-exhausted",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the AWS VPC CNI has no free IP address", "AWS VPC CNI に空き IP アドレスがない"),
    summary=Text(
        "ipamd's pool on the node is empty and cannot grow: the subnet has no free addresses (or no free /28 for prefixes), or the instance type's ENI and address limit is reached. "
        "New pods of the node stay in ContainerCreating; running ones go on.",
        "ノード上の ipamd のプールが空で、増やすこともできない。サブネットの空き(プレフィックスなら /28 の空き)がないか、インスタンスタイプの ENI・アドレス上限に達している。"
        "そのノードの新しい Pod は ContainerCreating のまま、稼働中の Pod は影響を受けない。",
    ),
    signatures=(
        Signature(r"InsufficientFreeAddressesInSubnet", proof="states", source="EC2 API error quoted by ipamd"),
        Signature(r"InsufficientCidrBlocks", proof="states", source="EC2 API error quoted by ipamd with prefix delegation"),
        Signature(r"AttachmentLimitExceeded: Interface count", component="network", source="EC2 API error quoted by ipamd: the instance type takes no more ENIs"),
        Signature(r"PrivateIpAddressLimitExceeded", component="network", source="EC2 API error quoted by ipamd"),
        Signature(r"no available IP/Prefix addresses", source="amazon-vpc-cni-k8s datastore"),
        Signature(r"IP pool is too low: available \(0\)", component="network", proof="suggests", source="ipamd; at start, and whenever the pool does not grow"),
        Signature(r"no free IP available in the prefix", component="network", proof="suggests", source="ipamd datastore: one full prefix is ordinary, all of them are not"),
        Signature(r"no available IP addresses", component="network", source="amazon-vpc-cni-k8s datastore before 1.9"),
        Signature(r"failed to assign an IP address to container", component="cni", source="amazon-vpc-cni-k8s cmd/routed-eni-cni-plugin"),
        Signature(r"IP [Aa]ddress [Pp]ool stats: total: ?(?:5, assigned: ?5|9, assigned: ?9|10, assigned: ?10|14, assigned: ?14|15, assigned: ?15|20, assigned: ?20|27, assigned: ?27|28, assigned: ?28|29, assigned: ?29|42, assigned: ?42|56, assigned: ?56|87, assigned: ?87|232, assigned: ?232)\b",
                  component="network", proof="suggests", source="ipamd; total = assigned for the usual instance types"),
        Signature(r"IP pool stats: total = ?(?:5, used = ?5|9, used = ?9|10, used = ?10|14, used = ?14|15, used = ?15|20, used = ?20|27, used = ?27|28, used = ?28|29, used = ?29|42, used = ?42|56, used = ?56|87, used = ?87|232, used = ?232)\b",
                  component="network", proof="suggests", source="ipamd; total = used for the usual instance types"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD gets no address from ipamd", "ADD が ipamd からアドレスを得られない"), strength=0.95),
        Link("sandbox-changed-loop", "node", Text("each failed sandbox is killed and made anew", "失敗した PodSandbox を破棄しては作り直す"), strength=0.4),
    ),
    refutes=(
        Refutation(Text("ipamd does not answer at all", "ipamd が応答していない"), mode="aws-ipamd-not-running", weight=0.4),
        Refutation(Text("the pod waits for a branch ENI of its own (security groups for pods)", "Pod は専用の branch ENI(Pod 用セキュリティグループ)を待っている"),
                   mode="aws-pod-eni-not-attached", weight=0.4),
        Refutation(Text("EC2 refuses ipamd's calls for lack of permission", "権限不足で EC2 が ipamd の呼び出しを拒否している"), mode="aws-ipamd-permission-denied", weight=0.5),
    ),
    asks=(
        Ask("grep -E 'pool stats|Insufficient|max ENI' /var/log/aws-routed-eni/ipamd.log | tail; aws ec2 describe-subnets --query 'Subnets[].[SubnetId,AvailableIpAddressCount]'",
            Text("total equals assigned and ipamd cannot add more; a subnet with next to no free addresses: the subnet, else the instance type's limit",
                 "total と assigned が等しく、追加もできていない。サブネットの空きがほぼなければサブネット、そうでなければインスタンスタイプの上限"),
            ("aws-ipamd-not-running", "max-pods-exceeds-ip-capacity", "aws-pod-eni-not-attached", "aws-ipamd-permission-denied", "host-local-ipam-exhausted"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Move pods to nodes in a subnet with free addresses (cordon the full node), or remove ENIs and pods that are not needed.",
                                 "空きのあるサブネットのノードへ Pod を移す(満杯のノードは cordon)。不要な ENI や Pod を削除する。"),
               Text("pods that are moved restart", "移した Pod は再起動する"), command="kubectl cordon {node}", verify="kubectl get pods -A -o wide --field-selector status.phase=Pending"),
        Remedy("permanent", Text("Prefix delegation (ENABLE_PREFIX_DELEGATION), a secondary CIDR with custom networking, larger subnets, --max-pods that fits the instance type, smaller WARM_* targets.",
                                 "プレフィックス委任(ENABLE_PREFIX_DELEGATION)、セカンダリ CIDR とカスタムネットワーク、広いサブネット、インスタンスタイプに合う --max-pods、控えめな WARM_* を設定する。"),
               Text("takes effect on new nodes", "新しいノードから有効になる"), command="kubectl -n kube-system set env daemonset/aws-node ENABLE_PREFIX_DELEGATION=true WARM_PREFIX_TARGET=1",
               verify="kubectl -n kube-system get ds aws-node -o yaml | grep -A1 PREFIX"),
    ),
    examples=(
        hit("pod-log", "IP pool is too low: available (0) < ENI target (1) * addrsPerENI (16)"),
        hit("pod-log", "Unable to get IP address from CIDR: no free IP available in the prefix - 10.4.1.16/28"),
        hit("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "4be1": plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container', reason="FailedCreatePodSandBox"),
        hit("pod-log", 'Failed to allocate a private IP addresses on ENI eni-0aa: InsufficientFreeAddressesInSubnet: The specified subnet does not have enough free addresses to satisfy the request.'),
        hit("pod-log", "failed to allocate prefixes: InsufficientCidrBlocks: The specified subnet does not have enough free cidr blocks to satisfy the request."),
        hit("pod-log", "Failed to attach ENI eni-0aa: AttachmentLimitExceeded: Interface count 4 exceeds the limit for t3.small"),
        hit("pod-log", "Failed to allocate IP addresses: PrivateIpAddressLimitExceeded: Number of private addresses will exceed limit."),
        hit("pod-log", "AssignPodIPv4Address: no available IP/Prefix addresses"),
        hit("pod-log", "AssignPodIPv4Address: no available IP addresses"),
        hit("pod-log", "IP Address Pool stats: total: 29, assigned: 29"),
        hit("pod-log", "IP pool stats: total = 14, used = 14, c.maxIPsPerENI = 14"),
        near_miss("pod-log", "IP Address Pool stats: total: 29, assigned: 11"),
        near_miss("pod-log", "IP pool stats: total = 28, used = 2, c.maxIPsPerENI = 14"),
        near_miss("k8s-event", 'plugin type="aws-cni" failed (add): add cmd: Error received from AddNetwork gRPC call: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial tcp 127.0.0.1:50051: connect: connection refused"', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "no IP addresses available in range set: 10.244.0.1-10.244.0.254", reason="FailedCreatePodSandBox"),
    ),
    versions="amazon-vpc-cni-k8s, all versions",
    references=("https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html", "https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/troubleshooting.md",
                "https://github.com/aws/amazon-vpc-cni-k8s/issues/1791"),
)

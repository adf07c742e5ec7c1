"""EC2 refuses ipamd's calls: the IAM role lacks permissions."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="aws-ipamd-permission-denied",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the AWS VPC CNI lacks IAM permissions", "AWS VPC CNI の IAM 権限が不足している"),
    summary=Text(
        "ipamd may not describe, create, attach or assign ENIs and addresses, because the role of the node (or of aws-node's service account) lacks the CNI policy or its trust is wrong. Its pool stays empty, or it does not start.",
        "ノードまたは aws-node の ServiceAccount のロールに CNI ポリシーがない、あるいは信頼ポリシーが誤っており、ipamd が ENI やアドレスの参照・作成・割り当てをできない。プールは空のまま、または起動できない。",
    ),
    signatures=(
        Signature(r"(?:[Ff]ailed to call ec2:\w+|\bENIs?\b|[Nn]etwork ?[Ii]nterface|ipamd).{0,200}UnauthorizedOperation: You are not authorized to perform", component="network", source="EC2 API error quoted by ipamd"),
        Signature(r"^UnauthorizedOperation: You are not authorized to perform", component="network", proof="suggests", source="the same without what was asked for: any program that speaks to EC2 writes it"),
        Signature(r"Unauthorized operation: failed to call ec2:\w+ due to missing permissions", proof="states", source="amazon-vpc-cni-k8s event MissingIAMPermissions"),
        Signature(r"AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity", component="network", proof="suggests", source="STS error quoted by ipamd; any pod with IRSA writes it"),
    ),
    leads_to=(
        Link("aws-cni-ip-exhausted", "node", Text("the pool cannot be filled", "プールを満たせない"), strength=0.8),
        Link("aws-ipamd-not-running", "node", Text("ipamd exits when its first EC2 calls are refused", "最初の EC2 呼び出しが拒否されると ipamd は終了する"), strength=0.6),
    ),
    asks=(
        Ask("grep -iE 'UnauthorizedOperation|AccessDenied' /var/log/aws-routed-eni/ipamd.log | tail; kubectl -n kube-system get sa aws-node -o yaml | grep role-arn",
            Text("refused EC2 calls; no role annotation, or a role without AmazonEKS_CNI_Policy", "EC2 呼び出しの拒否があり、ロールの annotation がない、または AmazonEKS_CNI_Policy が付いていない"),
            ("aws-cni-ip-exhausted", "aws-ipamd-not-running"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Attach AmazonEKS_CNI_Policy to the role in use.", "使用中のロールに AmazonEKS_CNI_Policy を付与する。"), Text("none", "なし"),
               command="aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
               verify="kubectl -n kube-system logs -l k8s-app=aws-node --tail=20", risk_level="none"),
        Remedy("permanent", Text("Give aws-node its own role (IRSA or Pod Identity) in the cluster's code, with the IPv6 policy where it is used.",
                                 "クラスターの IaC で aws-node 専用ロール(IRSA または Pod Identity)を定義し、IPv6 利用時はそのポリシーも付ける。"), Text("none", "なし"),
               verify="kubectl -n kube-system rollout status ds/aws-node", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "Failed to call ec2:DescribeNetworkInterfaces: UnauthorizedOperation: You are not authorized to perform this operation."),
        hit("k8s-event", "Unauthorized operation: failed to call ec2:CreateNetworkInterface due to missing permissions. Please refer to the CNI documentation", reason="MissingIAMPermissions"),
        hit("pod-log", "WebIdentityErr: failed to retrieve credentials caused by: AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        hit("pod-log", "UnauthorizedOperation: You are not authorized to perform this operation."),
        near_miss("pod-log", 'Reconciler error controller="ingress" error="UnauthorizedOperation: You are not authorized to perform this operation."'),
        near_miss("pod-log", "InsufficientFreeAddressesInSubnet: The specified subnet does not have enough free addresses"),
        near_miss("kubelet", "error getting ClusterInformation: connection is unauthorized: Unauthorized"),
    ),
    versions="amazon-vpc-cni-k8s; the event MissingIAMPermissions from 1.10 on",
    references=("https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html",),
)

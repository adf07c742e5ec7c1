"""A pod with its own security groups gets no branch ENI."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="aws-pod-eni-not-attached",
    layer="cni",
    role="cause",
    subject="Pod",
    title=Text("no branch ENI for a pod with security groups (AWS)", "セキュリティグループ付き Pod に branch ENI が割り当てられない(AWS)"),
    summary=Text(
        "A SecurityGroupPolicy selects the pod, so it needs a branch ENI from the VPC resource controller; the allocation fails (limit of the instance type, wrong groups, missing IAM policy on the cluster role, stale entry) or comes late, and the CNI plugin refuses the pod until it is there.",
        "SecurityGroupPolicy の対象 Pod には VPC リソースコントローラーから branch ENI が必要だが、その割り当てが失敗(インスタンスタイプの上限、誤ったグループ、クラスターロールのポリシー不足、古いエントリ)または遅延し、CNI プラグインが Pod を拒否する。",
    ),
    signatures=(
        Signature(r"failed to allocate branch ENI to pod", proof="states", source="amazon-vpc-resource-controller-k8s event BranchAllocationFailed"),
        Signature(r"", component="controller", reason=r"BranchAllocationFailed", proof="states", source="amazon-vpc-resource-controller-k8s"),
        Signature(r"Insufficient vpc\.amazonaws\.com/pod-eni", component="controller", proof="states", source="kube-scheduler, extended resource of the node"),
        Signature(r"[Ff]ailed to (?:get|retrieve) [Bb]ranch ENI", source="amazon-vpc-cni-k8s ipamd rpc_handler"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "pod", Text("the plugin does not find the branch ENI in the pod's annotation", "プラグインが Pod の annotation に branch ENI を見つけられない"), strength=0.9),
        Link("pod-pending", "pod", Text("the scheduler finds no node with a free pod-eni", "pod-eni の空きがあるノードをスケジューラーが見つけられない"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n {namespace} describe pod {pod} | grep -iE 'pod-eni|SecurityGroup|Branch'",
            Text("no vpc.amazonaws.com/pod-eni annotation, and an event that tells why", "vpc.amazonaws.com/pod-eni の annotation がなく、理由を示すイベントがある"),
            ("aws-cni-ip-exhausted", "aws-ipamd-not-running", "unschedulable-insufficient-resources"), "pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("Delete the pod so that the controller allocates again, or move it to an instance type with free branch ENIs.",
                                 "Pod を削除して再割り当てさせる。または branch ENI に空きのあるインスタンスタイプへ移す。"), Text("the pod restarts", "Pod が再起動する"),
               command="kubectl -n {namespace} delete pod {pod}", verify="kubectl -n {namespace} get pod -o wide"),
        Remedy("permanent", Text("AmazonEKSVPCResourceController on the cluster role, existing security groups of the same VPC in the policy, an instance type that supports trunk ENIs, room for branch ENIs.",
                                 "クラスターロールに AmazonEKSVPCResourceController を付け、ポリシーには同じ VPC の存在するセキュリティグループを指定し、trunk ENI 対応かつ余裕のあるインスタンスタイプを使う。"),
               Text("none", "なし"), verify="kubectl describe node {node} | grep pod-eni", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "failed to allocate branch ENI to pod: creating network interface, InvalidSecurityGroupID.NotFound: The securityGroup ID 'sg-0aa' does not exist", reason="BranchAllocationFailed"),
        hit("k8s-event", "0/6 nodes are available: 6 Insufficient vpc.amazonaws.com/pod-eni.", reason="FailedScheduling"),
        hit("pod-log", "Send AddNetworkReply: Failed to get Branch ENI resource"),
        near_miss("k8s-event", "add cmd: failed to assign an IP address to container", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "Pod will get the following Security Groups [sg-0aa sg-0bb]", reason="SecurityGroupRequested"),
    ),
    versions="amazon-vpc-cni-k8s from 1.7 with ENABLE_POD_ENI",
    references=("https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html", "https://github.com/aws/amazon-vpc-cni-k8s/issues/1245"),
)

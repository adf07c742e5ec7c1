"""The cloud refuses what a controller asks of it: its role lacks permissions, or cannot be assumed."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cloud-api-permission-denied",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("a controller lacks permissions in the cloud", "コントローラーにクラウドの権限がない"),
    summary=Text(
        "A controller that works in the cloud (load balancer controller, autoscaler, cloud controller manager, DNS) is known to the cloud's API but refused: the policy of its role lacks the action, or the role's trust does not name its service account, so that it cannot be assumed.",
        "クラウドを操作するコントローラー(ロードバランサー、オートスケーラー、cloud-controller-manager、DNS など)の要求がクラウド API に拒否されている。ロールのポリシーに該当アクションがない、または信頼ポリシーが ServiceAccount を許可しておらずロールを引き受けられない。",
    ),
    signatures=(
        Signature(r"Failed (?:build|deploy) model due to .{0,200}(?:UnauthorizedOperation|AccessDenied|AuthFailure)", "any", "states", source="aws-load-balancer-controller events FailedBuildModel, FailedDeployModel"),
        Signature(r"Reconciler error(?s:.){0,300}(?:UnauthorizedOperation: You are not authorized|AccessDenied: |WebIdentityErr: failed to retrieve credentials)", "any", "states", source="controller-runtime, with the answer of AWS"),
        Signature(r"is not authorized to perform: (?:elasticloadbalancing|autoscaling|route53|wafv2|waf-regional|shield|acm|eks):", "any", "states", source="AWS"),
        Signature(r"does not have authorization to perform action 'Microsoft\.(?:Network|ContainerService|Authorization|ManagedIdentity)/", "any", "states", source="Azure Resource Manager: AuthorizationFailed"),
        Signature(r"Required '?compute\.(?:forwardingRules|firewalls|targetPools|healthChecks|instanceGroupManagers|addresses|networks)\.\w+'? permission for", "any", "states", source="GCE"),
    ),
    leads_to=(
        Link("load-balancer-not-provisioned", "cluster", Text("the load balancer is not made", "ロードバランサーが作成されない"), strength=0.7),
        Link("cluster-autoscaler-cannot-scale", "cluster", Text("no node can be added", "ノードを追加できない"), strength=0.5),
        Link("cloud-node-uninitialized", "cluster", Text("new nodes keep the cloud provider's taint", "新しいノードにクラウドプロバイダーの taint が残る"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n {namespace} get serviceaccount -o yaml | grep -iE 'role-arn|client-id|gcp-service-account'; <cloud CLI: the role's policies and trust>", Text("the action of the message is missing in the role's policies, or its trust names another service account", "メッセージのアクションがロールのポリシーにない、または信頼ポリシーの ServiceAccount が異なる"), ("cloud-disk-permission-denied", "aws-ipamd-permission-denied", "cloud-quota-exceeded", "rbac-forbidden")),
    ),
    remedies=(
        Remedy("temporary", Text("add the action to the role's policy, or correct its trust; controllers try again by themselves", "ロールのポリシーにアクションを追加するか、信頼ポリシーを直す。コントローラーは自動で再試行する"), Text("grant no more than the controller's own documentation lists", "コントローラーの文書に記載された範囲を超えて付与しない"), "", "kubectl get events -A --sort-by=.lastTimestamp", "none"),
        Remedy("permanent", Text("keep the policy that belongs to the controller's version beside its deployment, and update both together", "コントローラーのバージョンに対応するポリシーをデプロイと一緒に管理し、同時に更新する"), Text("none", "なし"), verify="kubectl get events -A --sort-by=.lastTimestamp", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", "Failed build model due to UnauthorizedOperation: You are not authorized to perform this operation.", "FailedBuildModel"),
        hit("pod-log", 'Reconciler error controller="ingress" name="web" error="UnauthorizedOperation: You are not authorized to perform this operation.\\n\\tstatus code: 403"'),
        hit("pod-log", 'Reconciler error name="web" error="WebIdentityErr: failed to retrieve credentials\\ncaused by: AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"'),
        hit("pod-log", "AccessDenied: User: arn:aws:sts::4711:assumed-role/nodes/i-0aa is not authorized to perform: elasticloadbalancing:DescribeLoadBalancers"),
        hit("k8s-event", "AuthorizationFailed: The client 'c0' does not have authorization to perform action 'Microsoft.Network/publicIPAddresses/write' over scope", "SyncLoadBalancerFailed"),
        hit("pod-log", "googleapi: Error 403: Required 'compute.firewalls.create' permission for 'projects/p/global/firewalls/f'"),
        near_miss("k8s-event", "Failed build model due to couldn't auto-discover subnets: unable to resolve at least one subnet", "FailedBuildModel"),
        near_miss("pod-log", 'Reconciler error controller="ingress" name="web" error="pods is forbidden: User \\"system:serviceaccount:kube-system:lb\\" cannot list resource"'),
        near_miss("pod-log", "Failed to call ec2:DescribeNetworkInterfaces: UnauthorizedOperation: You are not authorized to perform this operation."),
    ),
    versions="all",
    references=("https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/", "https://learn.microsoft.com/en-us/azure/role-based-access-control/troubleshooting"),
)

"""The driver may not use the cloud's disk API."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cloud-disk-permission-denied",
    layer="storage",
    role="cause",
    subject="Cluster",
    title=Text("CSI driver or cloud controller lacks permission for disk operations", "CSI ドライバー/クラウドコントローラーにディスク操作権限がない"),
    summary=Text(
        "The identity of the CSI controller (IAM role, managed identity, service account) may not create, attach or decrypt disks: missing policy, expired credential, or a KMS key whose policy omits it.",
        "CSI コントローラーの ID(IAM ロール、マネージド ID、サービスアカウント)にディスクの作成・アタッチ・復号の権限がない。ポリシー欠落、認証情報の失効、KMS キーポリシーの不足が原因。",
    ),
    signatures=(
        Signature(r"UnauthorizedOperation: You are not authorized", "any", "states", reason=r"FailedAttachVolume|FailedMount|ProvisioningFailed|VolumeResizeFailed", source="AWS"),
        Signature(r"[Cc]ould not (?:attach|detach|create|delete|modify|resize) (?:volume|snapshot)\b.{0,300}UnauthorizedOperation", "any", "states", source="aws-ebs-csi-driver's own log"),
        Signature(r"is not authorized to perform: (?:elasticfilesystem|fsx|kms|ec2:\w*(?:Volume|Snapshot))", "any", "states", source="AWS"),
        Signature(r"AuthorizationFailed.{0,300}(?:Microsoft\.Compute|Microsoft\.Storage|disks/)", "any", "states", source="Azure"),
        Signature(r"Required '?compute\.\w+\.\w+'? permission for", "any", "states", source="GCE"),
        Signature(r"NoCredentialProviders: no valid providers", "any", "shows", source="AWS SDK"),
        Signature(r"AssumeRoleWithWebIdentity.{0,100}(?:AccessDenied|InvalidIdentityToken)", "any", "shows", source="AWS SDK"),
    ),
    leads_to=(
        Link("volume-attach-failing", "cluster", Text("attach calls are refused", "attach が拒否される"), strength=0.7),
        Link("volume-provisioning-failed", "cluster", Text("create calls are refused", "作成が拒否される"), strength=0.7),
        Link("volume-mount-failing", "cluster", Text("a volume that is not attached cannot be mounted", "アタッチされないボリュームはマウントできない"), strength=0.5),
    ),
    asks=(Ask("kubectl -n <driver namespace> logs <controller pod> --all-containers | grep -iE 'authoriz|denied|credential' | tail", Text("the action and identity of the refusal", "拒否された操作と ID が分かる"), ("cloud-disk-missing", "cloud-quota-exceeded", "image-pull-auth", "aws-cni-ip-exhausted", "aws-ipamd-permission-denied"), "storage-objects"),),
    remedies=(
        Remedy("temporary", Text("attach the driver's documented policy to its identity and restart the controller", "ドライバーの公式ポリシーを ID に付与し、コントローラーを再起動する"), Text("none for running volumes", "稼働中のボリュームへの影響はない"), "kubectl -n <driver namespace> rollout restart deploy <controller>", "kubectl get events -A | grep -c -i authoriz"),
        Remedy("permanent", Text("manage identity and policy with the driver's installation, renew secrets before they expire", "ID とポリシーをドライバーの導入と一体で管理し、シークレットを期限前に更新する"), Text("none", "なし"), verify="kubectl get pvc -A", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "failed to refresh cached credentials, operation error STS: AssumeRoleWithWebIdentity, api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        hit("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c" : rpc error: code = Internal desc = UnauthorizedOperation: You are not authorized to perform this operation.', "FailedAttachVolume"),
        hit("k8s-event", "failed to provision volume: Code=\"AuthorizationFailed\" Message=\"The client does not have authorization to perform action 'Microsoft.Compute/disks/write'\"", "ProvisioningFailed"),
        hit("k8s-event", "googleapi: Error 403: Required 'compute.disks.create' permission for 'projects/p/zones/z/disks/d', forbidden", "ProvisioningFailed"),
        hit("pod-log", "could not create volume in EC2: api error: User: arn:aws:sts::1:assumed-role/csi is not authorized to perform: ec2:CreateVolume"),
        hit("pod-log", "could not create volume in EC2: NoCredentialProviders: no valid providers in chain"),
        near_miss("k8s-event", "exceeded quota: compute, requested: requests.storage=10Gi, used: requests.storage=95Gi, limited: requests.storage=100Gi", "FailedCreate"),
        hit("pod-log", 'GRPC error: rpc error: code = Internal desc = Could not attach volume "vol-0aa" to node "i-0bb": UnauthorizedOperation: You are not authorized to perform this operation.'),
        near_miss("pod-log", "could not describe instances: UnauthorizedOperation: You are not authorized to perform this operation."),
        near_miss("k8s-event", "InvalidVolume.NotFound: The volume 'vol-0aa' does not exist.", "FailedAttachVolume"),
    ),
    versions="all clouds",
    references=("https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/install.md",),
)

"""The cloud's quota or capacity is used up."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cloud-quota-exceeded",
    layer="control_plane",
    role="cause",
    subject="Cluster",
    title=Text("cloud quota or capacity exhausted", "クラウドのクォータ・在庫の枯渇"),
    summary=Text(
        "The cloud refuses a new machine, disk or address: account quota reached, or no capacity of that type in the zone. It is not a fault of the cluster.",
        "アカウントのクォータ到達、または該当ゾーンの在庫不足により、クラウドが新しいマシン・ディスク・アドレスの作成を拒否している。クラスター側の故障ではない。",
    ),
    signatures=(
        Signature(r"InsufficientInstanceCapacity|VcpuLimitExceeded|InstanceLimitExceeded|VolumeLimitExceeded|MaxSpotInstanceCountExceeded|\bAddressLimitExceeded", "any", "states", source="AWS"),
        Signature(r"ZONE_RESOURCE_POOL_EXHAUSTED|QUOTA_EXCEEDED|Quota '?\w+'? exceeded", "any", "states", source="GCP"),
        Signature(r"SkuNotAvailable|OverconstrainedAllocationRequest|exceeding approved .{0,40}quota|PublicIPCountLimitReached", "any", "states", source="Azure"),
        Signature(r"VolumeSizeExceedsAvailableQuota|Quota exceeded for (?:cores|ram|instances|volumes|gigabytes)", "any", "states", source="OpenStack"),
    ),
    leads_to=(
        Link("cluster-autoscaler-cannot-scale", "cluster", Text("scale-ups fail", "スケールアップが失敗する"), strength=0.7),
        Link("volume-provisioning-failed", "cluster", Text("disks cannot be made", "ディスクを作成できない"), strength=0.5),
        Link("volume-resize-pending", "cluster", Text("disks cannot be enlarged", "ディスクを拡張できない"), strength=0.3),
        Link("pod-pending", "cluster", Text("no new node", "新しいノードができない"), strength=0.6),
    ),
    asks=(Ask("<cloud CLI: quotas of the region>; kubectl -n kube-system logs deploy/cluster-autoscaler | grep -iE 'quota|capacity|limit' | tail", Text("usage at the limit, or capacity errors of one zone or type", "使用量が上限、または特定ゾーン/タイプの在庫エラー"), ("cluster-autoscaler-cannot-scale", "cloud-disk-permission-denied", "volume-attach-limit-exceeded", "aws-cni-ip-exhausted"), "events"),),
    remedies=(
        Remedy("temporary", Text("another machine type or zone, free unused resources", "別のマシンタイプやゾーンを使う、不要リソースを解放する"), Text("none", "なし"), "kubectl get nodes -L topology.kubernetes.io/zone,node.kubernetes.io/instance-type", "kubectl get pods -A --field-selector status.phase=Pending", "none"),
        Remedy("permanent", Text("raise the quota, reserve capacity, node groups with several types", "クォータ引き上げ、キャパシティ予約、複数タイプのノードグループ"), Text("none", "なし"), verify="kubectl get nodes", risk_level="none"),
    ),
    examples=(
        hit("pod-log", "Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not have sufficient m5.4xlarge capacity in the Availability Zone you requested"),
        hit("k8s-event", "googleapi: Error 403: Quota 'SSD_TOTAL_GB' exceeded. Limit: 500.0 in region europe-west1., quotaExceeded", "ProvisioningFailed"),
        hit("pod-log", "Code=\"OperationNotAllowed\" Message=\"Operation could not be completed as it results in exceeding approved standardDSv3Family Cores quota\""),
        hit("k8s-event", "VolumeSizeExceedsAvailableQuota: Requested volume or snapshot exceeds allowed gigabytes quota", "ProvisioningFailed"),
        near_miss("k8s-event", 'pods "web-1" is forbidden: exceeded quota: compute, requested: cpu=1, used: cpu=4, limited: cpu=4', "FailedCreate"),
        near_miss("etcd", "mvcc: database space exceeded"),
    ),
    versions="all clouds",
    references=("https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md",),
)

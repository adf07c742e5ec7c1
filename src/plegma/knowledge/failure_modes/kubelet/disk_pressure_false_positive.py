"""The kubelet computes a negative or absurd amount of free disk."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="disk-pressure-false-positive",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("false DiskPressure: the kubelet's disk numbers are absurd", "誤った DiskPressure: kubelet のディスク計測値が異常"),
    summary=Text(
        "The node reports DiskPressure (or evicts) although df shows space. The kubelet's own figures are wrong: allocatable minus usage is negative, capacity is zero, or statistics are of a file system that is gone. A restart reads them anew.",
        "df では空きがあるのに DiskPressure(や退避)が発生する。kubelet の算出値が誤っており、allocatable から使用量を引いた値が負になる、容量が 0 になる、すでに存在しないファイルシステムの統計を見ている、などが起きている。再起動で読み直される。",
    ),
    signatures=(
        Signature(r"ode[fF]s\.(?:available|inodesFree)[^\n]{0,80}observed -\d", "kubelet", "states", source="pkg/kubelet/eviction/helpers.go"),
        Signature(r"mage[fF]s\.(?:available|inodesFree)[^\n]{0,80}observed -\d", "kubelet", "states", source="pkg/kubelet/eviction/helpers.go"),
        Signature(r"ode[fF]s\.available\\*\"?[^\n]{0,120}available=\\*\"-\d", "kubelet", "states", source="pkg/kubelet/eviction/helpers.go (structured)"),
        Signature(r"invalid capacity 0 on image filesystem", "any", "suggests", source="pkg/kubelet/kubelet.go: normal once at start, then a sign of wrong statistics", at_least=5),
    ),
    leads_to=(
        Link("pod-evicted", "node", Text("the eviction manager acts on the wrong figure", "eviction manager が誤った値に基づいて退避を行う"), strength=0.7),
    ),
    refutes=(
        Refutation(Text("the disk is really full", "ディスクは実際に逼迫している"), state=StateTest("Filesystem", {"mount": r"^/(?:var.*)?$", "use_percent": ">=85"}), weight=0.7),
    ),
    asks=(
        Ask("df -h / /var/lib/kubelet /var/lib/containerd /var/lib/docker; df -i; kubectl get --raw /api/v1/nodes/{node}/proxy/stats/summary | grep -A8 '\"fs\"'", Text("df has space while the summary's availableBytes is 0 or negative", "df には空きがあるのに summary の availableBytes が 0 または負である"), ("disk-pressure-eviction", "inode-exhaustion", "pod-ephemeral-storage-limit"), "disk-usage"),
    ),
    remedies=(
        Remedy("temporary", Text("restart the kubelet", "kubelet を再起動する"), Text("workload stays", "ワークロードは影響を受けない"), "systemctl restart kubelet", "kubectl get node {node} -o jsonpath='{.status.conditions[?(@.type==\"DiskPressure\")].status}'"),
        Remedy("permanent", Text("upgrade the kubelet/cAdvisor to a version with correct statistics and keep one file system per path the kubelet knows", "統計が正しい kubelet/cAdvisor に更新し、kubelet が参照するパスとファイルシステムの対応を単純に保つ"), Text("an upgrade of the node", "ノードのアップグレードを伴う"), verify="journalctl -u kubelet --since -1h | grep -c 'observed -'", risk_level="disruptive"),
    ),
    examples=(
        hit("kubelet", "eviction manager: thresholds - updated stats: threshold [signal=allocatableNodeFs.available, quantity=8053063680] observed -2147483648"),
        hit("kubelet", "eviction manager: thresholds - ignoring grace period: threshold [signal=imagefs.available, quantity=15%] observed -4096Ki"),
        hit("kubelet", '"Eviction manager: threshold observed resource" log="updated stats" signal="allocatableNodeFs.available" resourceName="ephemeral-storage" quantity="7680Mi" available="-2Gi"'),
        hit("k8s-event", "invalid capacity 0 on image filesystem", "InvalidDiskCapacity", count=7),
        near_miss("kubelet", "eviction manager: thresholds - ignoring grace period: threshold [signal=nodefs.available, quantity=10%] observed 3912Mi"),
        near_miss("k8s-event", "invalid capacity 0 on image filesystem", "InvalidDiskCapacity"),
        near_miss("kubelet", "eviction manager: thresholds - updated stats: threshold [signal=memory.available, quantity=100Mi] observed -2097758044639028Ki"),
    ),
    versions="allocatableNodeFs: v1.7 to v1.9; later ones through cAdvisor bugs",
    references=(
        "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/",
        "https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/eviction/helpers.go",
    ),
)

"""The kinds of evidence that a diagnosis can want: what each is, and the one command that gets it."""


from msgspec import Struct

from plegma.model.texts import Text


class EvidenceKind(Struct, frozen=True):
    """A kind of evidence; `command` is a template as in Ask."""

    id: str
    title: Text
    command: str


_KINDS = (
    EvidenceKind("pod-list", Text("the list of pods", "Pod の一覧"), "kubectl get pods -A -o wide"),
    EvidenceKind("pod-describe", Text("the pod's description with its events", "Pod の describe(イベントを含む)"),
                 "kubectl -n {namespace} describe pod {pod}"),
    EvidenceKind("pod-log", Text("the container's own log of its last run", "コンテナ自身の前回実行時のログ"),
                 "kubectl -n {namespace} logs {pod} --all-containers --previous"),
    EvidenceKind("node-describe", Text("the node's description with conditions and events", "ノードの describe(Conditions とイベントを含む)"),
                 "kubectl describe node {node}"),
    EvidenceKind("node-list", Text("the list of nodes", "ノードの一覧"), "kubectl get nodes -o wide"),
    EvidenceKind("events", Text("the cluster's events", "クラスターのイベント"), "kubectl get events -A --sort-by=.lastTimestamp"),
    EvidenceKind("kubelet-log", Text("the kubelet's log around the onset", "発生時刻前後の kubelet のログ"),
                 "journalctl -u kubelet --since '{since}' --until '{until}' --no-pager"),
    EvidenceKind("runtime-log", Text("the container runtime's log around the onset (dockerd, containerd or CRI-O)",
                                     "発生時刻前後のコンテナランタイム(dockerd / containerd / CRI-O)のログ"),
                 "journalctl -u docker -u containerd -u crio --since '{since}' --until '{until}' --no-pager"),
    EvidenceKind("container-list", Text("the runtime's list of containers and sandboxes on the node", "ノード上のコンテナと PodSandbox の一覧"),
                 "crictl pods; crictl ps -a  # with Docker: docker ps -a --no-trunc"),
    EvidenceKind("cni-processes", Text("the CNI plugin processes on the node, with their age", "ノード上の CNI プラグインのプロセスとその経過時間"),
                 "ps -eo pid,ppid,etime,stat,wchan:32,args | grep -E '/opt/cni/bin|host-local|calico|flannel' | grep -v grep"),
    EvidenceKind("processes", Text("the node's processes with their state", "ノードのプロセス一覧と状態"),
                 "ps -eo pid,ppid,etime,stat,wchan:32,args"),
    EvidenceKind("dockershim-checkpoints", Text("dockershim's sandbox checkpoints", "dockershim の sandbox チェックポイント"),
                 "ls -l --time-style=full-iso /var/lib/dockershim/sandbox"),
    EvidenceKind("cni-config", Text("the node's CNI configuration", "ノードの CNI 設定"), "ls -l /etc/cni/net.d /opt/cni/bin; cat /etc/cni/net.d/*"),
    EvidenceKind("cni-ipam-state", Text("the IPAM reservations on the node", "ノード上の IPAM の予約"), "ls /var/lib/cni/networks/*"),
    EvidenceKind("kernel-log", Text("the kernel log", "カーネルログ"), "dmesg -T"),
    EvidenceKind("disk-usage", Text("disk and inode usage", "ディスクと inode の使用量"), "df -h; df -i"),
    EvidenceKind("runtime-config", Text("the runtime's configuration", "ランタイムの設定"), "containerd config dump  # Docker: docker info"),
    EvidenceKind("kubelet-config", Text("the kubelet's configuration", "kubelet の設定"), "kubectl get --raw /api/v1/nodes/{node}/proxy/configz"),
    EvidenceKind("apiserver-log", Text("the API server's log", "API サーバーのログ"), "kubectl -n kube-system logs -l component=kube-apiserver --tail=2000"),
    EvidenceKind("etcd-log", Text("etcd's log", "etcd のログ"), "kubectl -n kube-system logs -l component=etcd --tail=2000"),
    EvidenceKind("controller-log", Text("the controller manager's log", "controller-manager のログ"),
                 "kubectl -n kube-system logs -l component=kube-controller-manager --tail=2000"),
    EvidenceKind("cni-agent-log", Text("the CNI agent's own log on that node", "そのノードの CNI エージェント自身のログ"),
                 "kubectl -n kube-system logs -l k8s-app --field-selector spec.nodeName={node} --prefix --tail=500"),
    EvidenceKind("workloads", Text("the owners of the pods (Deployments, DaemonSets, ...)", "Pod の所有者(Deployment、DaemonSet など)"),
                 "kubectl get deploy,rs,sts,ds,job -A -o wide"),
    EvidenceKind("storage-objects", Text("claims, volumes and attachments", "PVC・PV・VolumeAttachment"), "kubectl get pvc,pv,volumeattachments -A"),
    EvidenceKind("services", Text("services and their endpoints", "Service と Endpoint"), "kubectl get svc,endpointslices -A -o wide"),
)  # fmt: skip

EVIDENCE_KINDS = {kind.id: kind for kind in _KINDS}

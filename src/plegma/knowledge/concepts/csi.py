"""How storage vendors' drivers plug into Kubernetes."""

from plegma.knowledge.concept import Concept, Look, Number
from plegma.model.texts import Text

CONCEPT = Concept(
    id="csi",
    title=Text("CSI (Container Storage Interface)", "CSI(Container Storage Interface)"),
    what=Text(
        "A CSI driver comes in two parts. The controller part runs once in the cluster, with sidecars that watch the API: external-provisioner creates volumes for claims, external-attacher attaches them to nodes by way of VolumeAttachment objects, resizer and snapshotter do theirs. The node part is a DaemonSet; node-driver-registrar makes its socket known to the kubelet, and the kubelet calls NodeStageVolume (mount once for the node) and NodePublishVolume (bind into the pod). A driver is on a node if it stands in the CSINode object, which also holds the number of volumes that the node may have.",
        "CSI ドライバーは 2 つの部分からなる。コントローラー部はクラスターに 1 つ動き、サイドカーが API を監視する。external-provisioner が PVC に対するボリュームを作り、external-attacher が VolumeAttachment を介してノードに接続し、resizer と snapshotter がそれぞれの処理を行う。ノード部は DaemonSet で、node-driver-registrar がソケットを kubelet に登録し、kubelet が NodeStageVolume(ノードに一度マウント)と NodePublishVolume(Pod へ bind)を呼ぶ。ノードにドライバーがあるかどうかは CSINode に現れ、接続できるボリューム数の上限もそこにある。",
    ),
    fails=Text(
        "The gRPC code helps again. 'driver name X not found in the list of registered CSI drivers': the node part is not running on this node, or registered late. DeadlineExceeded, then 'an operation with the given Volume ID already exists' (Aborted): the first call still runs; look at what it waits for. Internal with text from mount, iscsiadm or rbd: read that text. PermissionDenied or UnauthorizedOperation: the driver's cloud role. A claim that stays Pending with 'waiting for a volume to be created' and no further event: the provisioner does not run, or is another one's.",
        "ここでも gRPC のコードが手がかりになる。「driver name X not found in the list of registered CSI drivers」は、そのノードでノード部が動いていないか、登録が間に合っていない。DeadlineExceeded の後の「an operation with the given Volume ID already exists」(Aborted)は、最初の呼び出しがまだ続いている状態で、何を待っているかを調べる。Internal に mount・iscsiadm・rbd の文章が付くなら、その文章を読む。PermissionDenied や UnauthorizedOperation はドライバーのクラウド権限である。「waiting for a volume to be created」のまま後続のイベントがない PVC は、provisioner が動いていないか、別の名前を指している。",
    ),
    look=(
        Look("kubectl get csidrivers; kubectl get csinode {node} -o yaml", Text("is the driver registered on the node, with what limit (allocatable.count)", "ノードへの登録と上限(allocatable.count)")),
        Look("kubectl get volumeattachments -o custom-columns=PV:.spec.source.persistentVolumeName,NODE:.spec.nodeName,ATTACHED:.status.attached,ERROR:.status.attachError.message", Text("what is attached where, and the last error", "どのノードに接続されているか、直近のエラー")),
        Look("kubectl -n kube-system logs -l app=CSI-NODE-DRIVER -c CSI-PLUGIN --prefix --tail=500", Text("the driver's own words (its namespace and labels vary)", "ドライバー自身のログ(名前空間とラベルは製品による)")),
    ),
    numbers=(
        Number(Text("deadline of a CSI call from the kubelet and the attach controller", "kubelet と attach コントローラーからの CSI 呼び出しの期限"), "2 m", "pkg/volume/csi/csi_plugin.go"),
        Number(Text("deadline of a call from the sidecars (--timeout)", "サイドカーからの呼び出しの期限(--timeout)"), "10 s (attacher: 15 s)", "kubernetes-csi/external-provisioner: cmd/csi-provisioner; kubernetes-csi/external-attacher: cmd/csi-attacher"),
    ),
    see=("volumes-attach-mount", "daemonset", "controller-manager"),
    modes=(
        "csi-driver-not-registered", "csi-node-stage-failure", "csi-volume-operation-stuck", "csi-attacher-not-answering", "volume-provisioner-not-running",
        "volume-provisioning-failed", "volume-resize-pending", "snapshot-restore-failure", "secrets-store-csi-failure", "ceph-volume-map-failure",
        "cloud-disk-permission-denied", "storageclass-missing", "pvc-not-bound",
    ),
    aliases=("container storage interface", "csi driver", "VolumeAttachment", "CSINode"),
    references=("https://kubernetes-csi.github.io/docs/",),
)

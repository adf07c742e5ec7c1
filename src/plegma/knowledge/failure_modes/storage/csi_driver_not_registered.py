"""The CSI driver has not registered with this node's kubelet."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="csi-driver-not-registered",
    layer="storage",
    role="cause",
    subject="Node",
    title=Text("CSI driver not registered on the node", "CSI ドライバーがノードに登録されていない"),
    summary=Text(
        "The node plugin (DaemonSet with node-driver-registrar) does not run on this node, is not ready yet, or registers in another kubelet directory. Volumes of the driver can neither be mounted nor, if CSINode lacks it, attached here.",
        "ノードプラグイン(node-driver-registrar を持つ DaemonSet)がこのノードで動いていない、まだ準備中、または別の kubelet ディレクトリに登録している。このドライバーのボリュームはこのノードでマウントできず、CSINode になければアタッチもできない。",
    ),
    signatures=(
        Signature(r"driver name \S+ not found in the list of registered", "kubelet", "states", source="pkg/volume/csi/csi_client.go"),
        Signature(r"CSINode (?P<node>\S+) does not contain driver", "any", "states", source="pkg/volume/csi/csi_attacher.go, external-attacher"),
        Signature(r"ailed to get CSI client: driver name", "kubelet", "states", source="pkg/volume/csi/csi_mounter.go"),
        Signature(r"/csi\.sock: (?:connect: )?(?:no such file or directory|connection refused)", "any", "shows", source="gRPC dial of the plugin's socket"),
        Signature(r"failed to create newCsiDriverClient: driver name", "kubelet", "states", source="pkg/volume/csi/csi_attacher.go"),
    ),
    leads_to=(
        Link("volume-mount-failing", "node", Text("no client for the driver can be made", "ドライバーのクライアントを作れない"), strength=0.9),
        Link("volume-attach-failing", "node", Text("the node does not offer the driver", "ノードがドライバーを提供していない"), strength=0.4),
        Link("volume-unmount-failing", "node", Text("volumes cannot be unmounted without the driver either", "アンマウントもドライバーなしではできない"), strength=0.4),
        Link("pod-stuck-terminating", "node", Text("tear-down waits for the driver", "後片付けがドライバーを待つ"), strength=0.3),
    ),
    asks=(
        Ask("kubectl get csinode {node} -o yaml; kubectl get pods -A -o wide --field-selector spec.nodeName={node} | grep -i csi; ls /var/lib/kubelet/plugins_registry", Text("the driver is not in spec.drivers, and its pod is absent, not ready or tolerates too little", "spec.drivers にドライバーがなく、その Pod が不在・未 Ready・taint 不許容である"), ("volume-multi-attach", "nfs-mount-failure", "volumeattachment-stuck-deleting", "csi-node-stage-failure"), "storage-objects"),
    ),
    remedies=(
        Remedy("temporary", Text("get the driver's node pod running on that node (tolerations, image, nodeSelector); the kubelet retries", "該当ノードでドライバーの node Pod を起動する(toleration、イメージ、nodeSelector)。kubelet は自動で再試行する"), Text("restarting the node plugin does not touch existing mounts (FUSE based drivers excepted)", "node プラグインの再起動は既存マウントに影響しない(FUSE 系を除く)"), "kubectl -n <driver namespace> delete pod <node plugin pod on {node}>", "kubectl get csinode {node} -o jsonpath='{.spec.drivers[*].name}'"),
        Remedy("permanent", Text("tolerate all taints and use priority system-node-critical for the DaemonSet, give it the real kubelet directory (microk8s, k0s, Rancher differ), taint new nodes until the driver is up", "DaemonSet に全 taint の toleration と system-node-critical を付け、実際の kubelet ディレクトリを指定し(microk8s、k0s、Rancher は異なる)、起動完了まで新ノードに taint を付ける"), Text("none", "なし"), verify="kubectl get csinode", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'MountVolume.MountDevice failed for volume "pvc-5c" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name disk.csi.lab.example not found in the list of registered CSI drivers', "FailedMount"),
        hit("k8s-event", 'AttachVolume.Attach failed for volume "pvc-5c" : CSINode wk-3 does not contain driver disk.csi.lab.example', "FailedAttachVolume"),
        hit("kubelet", "kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver name disk.csi.lab.example not found"),
        hit("kubelet", 'connection error: desc = "transport: Error while dialing dial unix /var/lib/kubelet/plugins/disk.csi.lab.example/csi.sock: connect: connection refused"'),
        hit("k8s-event", "MountVolume.MountDevice failed for volume \"pvc-7a1\" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name nfs.csi.k8s.io not fou", reason="FailedMount"),
        near_miss("k8s-event", 'Multi-Attach error for volume "pvc-5c" Volume is already exclusively attached to one node', "FailedAttachVolume"),
        near_miss("k8s-event", 'MountVolume.MountDevice failed for volume "pvc-5c" : rpc error: code = Internal desc = mount failed: exit status 32', "FailedMount"),
        near_miss("kubelet", "kubernetes.io/csi: Register new plugin with name: disk.csi.lab.example at endpoint: /var/lib/kubelet/plugins/disk.csi.lab.example/csi.sock"),
    ),
    versions="CSI: v1.10 and later",
    references=(
        "https://kubernetes-csi.github.io/docs/node-driver-registrar.html",
        "https://kubernetes.io/docs/concepts/storage/volumes/#csi",
    ),
)

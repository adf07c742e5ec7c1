"""The device plugin has no healthy device to give, so the kubelet rejects the pod."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="device-plugin-unhealthy",
    layer="kubelet",
    role="cause",
    subject="Node",
    title=Text("device plugin offers no healthy device", "デバイスプラグインに正常なデバイスがない"),
    summary=Text(
        "The kubelet knows the resource (GPU, NIC, FPGA), but the plugin is restarting, has not registered again since a reboot, or reports its devices unhealthy. Pods that ask for it are rejected with UnexpectedAdmissionError; bare pods and those of ReplicaSets stay behind as Failed.",
        "kubelet はそのリソース(GPU、NIC、FPGA など)を認識しているが、プラグインが再起動中、ノード再起動後に未登録、またはデバイスを Unhealthy と報告している。要求した Pod は UnexpectedAdmissionError で拒否され、Failed のまま残る。",
    ),
    signatures=(
        Signature(r"no healthy devices present; cannot allocate unhealthy devices", "kubelet", "states", source="pkg/kubelet/cm/devicemanager/manager.go"),
        Signature(r"previously allocated devices are no longer healthy", "kubelet", "states", source="pkg/kubelet/cm/devicemanager/manager.go"),
        Signature(r"cannot allocate unregistered device", "kubelet", "states", source="pkg/kubelet/cm/devicemanager/manager.go"),
        Signature(r"requested number of devices unavailable for", "kubelet", "shows", source="pkg/kubelet/cm/devicemanager/manager.go"),
        Signature(r"listAndWatch ended unexpectedly for device plugin", "kubelet", "suggests", source="pkg/kubelet/cm/devicemanager/endpoint.go"),
        Signature(r"Allocate failed due to (device plugin|rpc error)", "kubelet", "shows", source="pkg/kubelet/cm/devicemanager: the plugin's Allocate or GetPreferredAllocation failed"),
        Signature(r"XidCriticalError: Xid=\d+.{0,80}(?:will go unhealthy|marking device as unhealthy)", source="NVIDIA k8s-device-plugin internal/rm/health.go: it stays so until the plugin is restarted"),
        Signature(r"device marked unhealthy: ", source="NVIDIA k8s-device-plugin server.go"),
    ),
    leads_to=(
        Link("pod-rejected", "node", Text("Allocate fails during admission: UnexpectedAdmissionError", "admission 中の Allocate が失敗し UnexpectedAdmissionError になる"), strength=0.9),
    ),
    refutes=(
        Refutation(Text("the device itself is lost: the plugin is right", "デバイス自体が失われており、プラグインの報告は正しい"), mode="gpu-device-lost", weight=0.5),
    ),
    asks=(
        Ask("kubectl get pods -A -o wide --field-selector spec.nodeName={node} | grep -i device-plugin; kubectl get node {node} -o jsonpath='{.status.capacity}{.status.allocatable}'; ls /var/lib/kubelet/device-plugins", Text("the plugin's pod restarts or is absent, and allocatable is 0 while capacity is not", "プラグインの Pod が再起動中または不在で、capacity はあるのに allocatable が 0 である"), ("gpu-device-lost", "gpu-driver-library-mismatch", "kubelet-node-affinity-race"), "node-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("bring the plugin's pod up, wait until allocatable is right again, then delete the rejected pods so that new ones are made", "プラグインの Pod を復旧し、allocatable が戻ったのを確認してから、拒否された Pod を削除して作り直させる"), Text("pods that use a device keep it while the plugin restarts", "使用中の Pod はプラグイン再起動中もデバイスを保持する"), "kubectl -n {namespace} delete pod {pod}", "kubectl get node {node} -o jsonpath='{.status.allocatable}'"),
        Remedy("permanent", Text("run such pods under a controller, give the plugin high priority (system-node-critical) and a start-up taint on the node until it has registered", "該当 Pod はコントローラー配下で動かし、プラグインを system-node-critical にし、登録完了までノードに起動時 taint を付ける"), Text("none", "なし"), verify="kubectl get pods -A | grep -c UnexpectedAdmissionError", risk_level="none"),
    ),
    examples=(
        hit("status", "Pod was rejected: Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu, which is unexpected", "UnexpectedAdmissionError"),
        hit("k8s-event", "Allocate failed due to previously allocated devices are no longer healthy; cannot allocate unhealthy devices intel.com/sriov, which is unexpected", "UnexpectedAdmissionError"),
        hit("status", "Allocate failed due to cannot allocate unregistered device amd.com/gpu, which is unexpected", "UnexpectedAdmissionError"),
        hit("k8s-event", "Update plugin resources failed due to requested number of devices unavailable for nvidia.com/gpu. Requested: 1, Available: 0, which is unexpected.", "UnexpectedAdmissionError"),
        hit("kubelet", 'listAndWatch ended unexpectedly for device plugin nvidia.com/gpu with error rpc error: code = Unavailable desc = error reading from server: EOF'),
        hit("k8s-event", "Allocate failed due to device plugin GetPreferredAllocation rpc failed with err: rpc error: code = Unknown desc = error getting list of preferred allocation devices, which is unexpected", reason="UnexpectedAdmissionError"),
        hit("pod-log", "XidCriticalError: Xid=69 on Device=GPU-0aa11bb2-3344-5566-7788-99aabbccddee; marking device as unhealthy."),
        hit("pod-log", "'nvidia.com/gpu' device marked unhealthy: GPU-0aa11bb2-3344-5566-7788-99aabbccddee"),
        near_miss("pod-log", "Marking device GPU-0aa11bb2-3344-5566-7788-99aabbccddee as healthy"),
        near_miss("status", 'Pod Update plugin resources failed due to failed to write checkpoint file "kubelet_internal_checkpoint": open /var/lib/kubelet/device-plugins/.312: read-only file system, which is unexpected.', "UnexpectedAdmissionError"),
        near_miss("k8s-event", "0/4 nodes are available: 4 Insufficient nvidia.com/gpu.", "FailedScheduling"),
        near_miss("status", "Allocate failed due to not enough cpus available to satisfy request: requested=8, available=3, which is unexpected", "UnexpectedAdmissionError"),
        near_miss("pod-log", "Unable to determine the device handle for GPU 0000:3B:00.0: GPU is lost.  Reboot the system to recover this GPU"),
    ),
    versions="device plugins since v1.8; `no healthy devices present` since v1.25",
    references=(
        "https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/device-plugins/",
        "https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/cm/devicemanager/manager.go",
    ),
)

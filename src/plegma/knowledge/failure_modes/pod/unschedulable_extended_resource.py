"""No node offers the device or extended resource that the pod asks for."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Refutation, Remedy, Signature, hit, near_miss
from plegma.knowledge.phrases import alone, among
from plegma.model.texts import Text

_DEVICE = r"Insufficient [\w-]+(?:\.[\w-]+)+/[\w.-]*\w"

MODE = FailureMode(
    id="unschedulable-extended-resource",
    layer="pod",
    role="cause",
    subject="Pod",
    title=Text("no node has the requested device or extended resource free (GPU and the like)", "要求された拡張リソース(GPU など)の空きがあるノードが無い"),
    summary=Text(
        "The resource (nvidia.com/gpu, a NIC, an FPGA, a custom one) is all given out, or no node offers it at all: the device plugin is not running or not registered there, the node group is at zero, or the name differs (MIG profile, shared GPU).",
        "nvidia.com/gpu・NIC・FPGA・独自リソースなどが全て割り当て済みか、どのノードも提供していない。device plugin が動いていない/登録されていない、ノードグループが 0 台、名前が違う(MIG プロファイルや共有 GPU)など。",
    ),
    signatures=(
        Signature(alone(_DEVICE), component="controller", proof="states", source="pkg/scheduler/framework/plugins/noderesources/fit.go"),
        Signature(among(_DEVICE), component="controller", source="pkg/scheduler/framework/plugins/noderesources/fit.go"),
        Signature(among("cannot allocate all claims"), component="controller", source="pkg/scheduler/framework/plugins/dynamicresources"),
    ),
    leads_to=(
        Link("pod-pending", "pod", Text("no node can give the device", "デバイスを割り当てられるノードが無い"), strength=0.95),
        Link("unschedulable-insufficient-resources", "pod", Text("the device is the resource that is short", "不足しているのはそのデバイス"), strength=0.95),
    ),
    refutes=(
        Refutation(Text("the pod was given a node after all (unless it is a newer pod of the same name)", "その後 Pod にノードが割り当てられている(同名の新しい Pod でない限り)"), pattern=r"^Successfully assigned ", component="controller", reason="Scheduled", weight=0.6),
    ),
    asks=(
        Ask("kubectl describe nodes | grep -E '^Name:|nvidia.com|Allocatable|Allocated' ; kubectl get resourceslices", Text("capacity 0 or absent (no device plugin), or all of it allocated", "capacity が 0 または項目が無い(device plugin が無い)、または全て割り当て済み"),
            ("device-plugin-unhealthy", "gpu-device-lost", "gpu-driver-library-mismatch", "unschedulable-taint", "unschedulable-node-selector", "unschedulable-insufficient-cpu", "unschedulable-insufficient-memory", "unschedulable-no-matching-node", "aws-pod-eni-not-attached"), evidence="node-describe"),
        Ask("kubectl get pods -A -o wide | grep -iE 'device-plugin|gpu-operator|dra'", Text("a plugin pod on that node that is not Running and ready", "そのノードの plugin Pod が Running・Ready でない"), ("device-plugin-unhealthy",), evidence="pod-list"),
    ),
    remedies=(
        Remedy("temporary", Text("free a device (end a pod that holds one) or repair the device plugin on the node", "デバイスを占有する Pod を終了するか、ノードの device plugin を直す"), Text("the pod that gives it up is interrupted", "解放する側の Pod が中断する"), "kubectl -n PLUGIN_NAMESPACE rollout restart daemonset PLUGIN", "kubectl describe node {node} | grep -A8 Allocatable", "restart"),
        Remedy("permanent", Text("more nodes of that kind (autoscaler with a template that knows the resource), sharing (MIG, time slicing, MPS), quotas per team", "該当ノードの増設(リソースを認識する autoscaler テンプレート)、共有(MIG・time slicing・MPS)、チームごとの quota"), Text("cost", "費用"), "", "kubectl describe nodes | grep -A8 Allocatable", "none"),
    ),
    versions="device plugins from 1.8; ResourceClaims (DRA) from 1.26, GA in 1.34",
    references=("https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/", "https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/"),
    examples=(
        hit("k8s-event", "0/4 nodes are available: 4 Insufficient nvidia.com/gpu. preemption: 0/4 nodes are available: 4 No preemption victims found for incoming pod.", reason="FailedScheduling"),
        hit("k8s-event", "0/6 nodes are available: 2 Insufficient lab.example/fpga, 4 node(s) didn't match Pod's node affinity/selector.", reason="FailedScheduling"),
        hit("k8s-event", "0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 cannot allocate all claims. still not schedulable, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/4 nodes are available: 4 Insufficient cpu.", reason="FailedScheduling"),
        near_miss("k8s-event", "0/4 nodes are available: 4 Insufficient ephemeral-storage.", reason="FailedScheduling"),
        near_miss("status", "Pod was rejected: Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu", reason="UnexpectedAdmissionError"),
    ),
)

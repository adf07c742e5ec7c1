"""The pod names a RuntimeClass that does not exist."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="runtime-class-missing",
    layer="pod",
    role="cause",
    subject="Workload",
    title=Text("the pod's RuntimeClass object does not exist", "Pod が参照する RuntimeClass オブジェクトが存在しない"),
    summary=Text(
        "runtimeClassName names an object that the cluster does not have; the API refuses the pod before any node sees it (a handler that is missing on the node is another fault and shows as FailedCreatePodSandBox).",
        "runtimeClassName が存在しないオブジェクトを指しており、ノードに届く前に API が拒否する(ノード側に handler が無い場合は別の障害で、FailedCreatePodSandBox になる)。",
    ),
    signatures=(
        Signature(r"pod rejected: RuntimeClass \\*\"[^\"\\]+\\*\" not found", proof="states", source="plugin/pkg/admission/runtimeclass/admission.go"),
        Signature(r"failed to get RuntimeClass \S+: .*not found", component="kubelet", proof="states", source="pkg/kubelet/runtimeclass/runtimeclass_manager.go"),
        Signature(r"failed to look up RuntimeClass ", component="kubelet", source="pkg/kubelet/runtimeclass/runtimeclass_manager.go"),
    ),
    leads_to=(
        Link("pod-not-created", "pod", Text("the API refuses every such pod", "API が該当する Pod の作成をすべて拒否する"), strength=0.9),
        Link("sandbox-creation-failing", "pod", Text("the kubelet does not know which handler to ask for", "kubelet が handler を決められない"), strength=0.3),
    ),
    asks=(Ask("kubectl get runtimeclasses", Text("the name is not in the list", "その名前が一覧に無い"), ("runtime-handler-not-configured", "priority-class-missing")),),
    remedies=(
        Remedy("temporary", Text("create the RuntimeClass with the handler that the nodes have", "ノードにある handler で RuntimeClass を作成する"), Text("pods fail on nodes without that handler: give the class a scheduling.nodeSelector", "handler の無いノードでは失敗するため scheduling.nodeSelector を付ける"), "kubectl apply -f runtimeclass.yaml", "kubectl -n {namespace} get pods", "none"),
        Remedy("permanent", Text("install the class with the runtime that it stands for (operator, node image)", "対応するランタイムの導入(operator やノードイメージ)と同時に RuntimeClass を配る"), Text("none", "なし"), "", "kubectl get runtimeclasses", "none"),
    ),
    versions="from 1.14",
    references=("https://kubernetes.io/docs/concepts/containers/runtime-class/",),
    examples=(
        hit("k8s-event", 'Error creating: pods "infer-6f4-" is forbidden: pod rejected: RuntimeClass "nvidia" not found', reason="FailedCreate"),
        hit("k8s-event", 'Failed to create pod sandbox: failed to get sandbox runtime: failed to get RuntimeClass gvisor: runtimeclass.node.k8s.io "gvisor" not found', reason="FailedCreatePodSandBox"),
        hit("kubelet", "failed to look up RuntimeClass gvisor: timed out"),
        near_miss("k8s-event", 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "nvidia" is configured', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'Error creating: pods "pay-7d5c-" is forbidden: no PriorityClass with name gold was found', reason="FailedCreate"),
    ),
)

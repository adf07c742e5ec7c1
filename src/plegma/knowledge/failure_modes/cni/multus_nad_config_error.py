"""The extra network that the pod asks for is absent or does not parse."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="multus-nad-config-error",
    layer="cni",
    role="cause",
    subject="Pod",
    title=Text("NetworkAttachmentDefinition is missing or wrong", "NetworkAttachmentDefinition がない、または誤っている"),
    summary=Text(
        "The pod's annotation k8s.v1.cni.cncf.io/networks names a NetworkAttachmentDefinition that is not in that namespace, or annotation or definition hold invalid JSON, so Multus cannot make its delegates. Only pods that ask for it fail.",
        "Pod の annotation k8s.v1.cni.cncf.io/networks が指す NetworkAttachmentDefinition がその Namespace にない、または annotation や定義の JSON が不正で、Multus が delegate を作れない。それを要求する Pod だけが失敗する。",
    ),
    signatures=(
        Signature(r"cannot find (?:get )?a network-attachment-definition", component="cni", proof="states", source="multus-cni pkg/k8sclient"),
        Signature(r"network-attachment-definitions\.k8s\.cni\.cncf\.io .{1,120}not found", component="cni", proof="states", source="API server's answer quoted by multus"),
        Signature(r"failed to parse pod Network Attachment Selection Annotation", component="cni", proof="states", source="multus-cni pkg/k8sclient"),
        Signature(r"LoadDelegateNetConf: ", component="cni", source="multus-cni pkg/types"),
        Signature(r"parsePodNetworkAnnotation: ", component="cni", source="multus-cni pkg/k8sclient"),
        Signature(r"parsePodNetworkObjectName: ", component="cni", source="multus-cni pkg/k8sclient"),
        Signature(r"in getting k8s network f(?:or|rom) pod", component="cni", proof="suggests", source="multus-cni pkg/k8sclient"),
        Signature(r"failed getting the delegate: ", component="cni", source="multus-cni"),
        Signature(r"failed to get delegates", component="cni", source="multus-cni"),
        Signature(r"error loading k8s delegates", component="cni", proof="suggests", source="multus-cni"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "pod", Text("Multus stops before it calls a plugin", "プラグインを呼ぶ前に Multus が停止する"), strength=0.95),
    ),
    asks=(
        Ask("kubectl -n {namespace} get net-attach-def; kubectl -n {namespace} get pod {pod} -o yaml | grep -A3 k8s.v1.cni.cncf.io/networks",
            Text("the name is not in the pod's namespace (or misspelt), or spec.config does not parse", "名前が Pod の Namespace にない(または綴り違い)、あるいは spec.config が解釈できない"),
            ("cni-binary-missing", "multus-token-unauthorized", "cni-version-incompatible", "cni-config-invalid"), "pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("Create the definition in the pod's namespace or correct annotation (namespace/name) and JSON.", "Pod の Namespace に定義を作る、または annotation(namespace/name)と JSON を修正する。"),
               Text("a changed annotation re-creates the pods", "annotation の変更で Pod が作り直される"), command="kubectl -n {namespace} get net-attach-def -o yaml",
               verify="kubectl -n {namespace} describe pod {pod}", risk_level="restart"),
        Remedy("permanent", Text("Deploy definition and workload together, and check the JSON (net-attach-def admission webhook, CI).",
                                 "定義とワークロードを一緒にデプロイし、JSON を検査する(admission webhook、CI)。"), Text("none", "なし"), verify="kubectl get net-attach-def -A", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'Multus: [shop/web-0/77aa]: error loading k8s delegates k8s args: TryLoadPodDelegates: error in getting k8s network for pod: GetNetworkDelegates: failed getting the delegate: getKubernetesDelegate: cannot find a network-attachment-definition (storage-net) in namespace (shop): network-attachment-definitions.k8s.cni.cncf.io "storage-net" not found', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'network-attachment-definitions.k8s.cni.cncf.io "storage-net" not found', reason="FailedCreatePodSandBox"),
        hit("kubelet", "parsePodNetworkAnnotation: failed to parse pod Network Attachment Selection Annotation JSON format: invalid character '}' looking for beginning of object key string"),
        hit("containerd", "Multus: [shop/web-0]: error loading k8s delegates: LoadDelegateNetConf: unmarshalling delegate config: unexpected end of JSON input"),
        hit("kubelet", "Multus: failed to get delegates: invalid character"),
        hit("kubelet", "parsePodNetworkObjectName: Invalid network object (failed at '/')"),
        near_miss("k8s-event", 'Multus: [shop/web-0/77aa:macvlan-lab]: error adding container to network "macvlan-lab": failed to find plugin "macvlan" in path [/opt/cni/bin]', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "Multus: [shop/web-0]: error getting pod: Unauthorized", reason="FailedCreatePodSandBox"),
    ),
    versions="Multus 3.x and 4.x",
    references=("https://github.com/k8snetworkplumbingwg/multus-cni/blob/master/docs/how-to-use.md", "https://github.com/k8snetworkplumbingwg/multus-cni/issues/1195"),
)

"""SR-IOV CNI gets no usable virtual function."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="sriov-vf-not-allocated",
    layer="cni",
    role="cause",
    subject="Pod",
    title=Text("no SR-IOV virtual function for the pod", "Pod に SR-IOV の仮想ファンクションが渡されない"),
    summary=Text(
        "The SR-IOV plugin needs the PCI address of a virtual function that the device plugin allocated. The definition lacks the resourceName annotation, the pod does not request the resource, the device plugin lost its state, or the function is bound to another driver or gone.",
        "SR-IOV プラグインには、デバイスプラグインが割り当てた仮想ファンクションの PCI アドレスが必要。定義に resourceName の annotation がない、Pod がリソースを要求していない、デバイスプラグインが状態を失った、VF が別のドライバーに結び付いている、または消えている。",
    ),
    signatures=(
        Signature(r"VF pci addr is required", component="cni", proof="states", source="sriov-cni pkg/config LoadConf"),
        Signature(r"SRIOV-CNI failed to ", component="cni", source="sriov-cni cmd"),
        Signature(r"LoadConf\(\): failed to get VF information", component="cni", proof="states", source="sriov-cni pkg/config"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "pod", Text("the SR-IOV delegate refuses without a function", "VF がないため SR-IOV の delegate が失敗する"), strength=0.95),
        Link("cni-del-error-loop", "pod", Text("DEL does not find what ADD never cached", "ADD が保存しなかった情報を DEL が見つけられない"), strength=0.3),
    ),
    asks=(
        Ask("kubectl -n {namespace} get net-attach-def -o yaml | grep -B2 -A2 resourceName; kubectl get node {node} -o yaml | grep -E 'sriov|openshift.io/|intel.com/'; kubectl -n {namespace} get pod {pod} -o yaml | grep -A6 limits",
            Text("no resourceName, or the pod does not request it, or the node has 0 allocatable", "resourceName がない、Pod が要求していない、またはノードの allocatable が 0"), ("multus-nad-config-error", "device-plugin-unhealthy"), "pod-describe"),
    ),
    remedies=(
        Remedy("temporary", Text("Add annotation and resource request; restart the SR-IOV device plugin on the node, then re-create the pod.", "annotation とリソース要求を追加する。ノードの SR-IOV デバイスプラグインを再起動し、Pod を作り直す。"), Text("the pod restarts", "Pod が再起動する"),
               command="kubectl -n {namespace} delete pod {pod}", verify="kubectl -n {namespace} get pods -o wide"),
        Remedy("permanent", Text("Let the network operator write definition and device plugin together; injector webhook for the request.", "ネットワークオペレーターに定義とデバイスプラグインをまとめて管理させ、injector webhook で要求を付与する。"), Text("none", "なし"),
               verify="kubectl get node {node} -o yaml | grep -A20 allocatable", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", '[data/dpdk-0:sriov-net]: error adding container to network "sriov-net": SRIOV-CNI failed to load netconf: LoadConf(): VF pci addr is required', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'SRIOV-CNI failed to configure VF "failed to set vf 28 link state to 1: operation not supported"', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'LoadConf(): failed to get VF information: "lstat /sys/bus/pci/devices/0000:3b:02.1/physfn/net: no such file or directory"'),
        near_miss("k8s-event", "cannot find a network-attachment-definition (sriov-net) in namespace (data)", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "0/3 nodes are available: 3 Insufficient openshift.io/sriovnic.", reason="FailedScheduling"),
    ),
    versions="sriov-cni 2.x with Multus",
    references=("https://github.com/k8snetworkplumbingwg/sriov-network-device-plugin/issues/258", "https://github.com/k8snetworkplumbingwg/sriov-cni"),
)

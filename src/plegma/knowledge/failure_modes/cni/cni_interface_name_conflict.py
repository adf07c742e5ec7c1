"""The interface that the plugin wants to make is there already."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-interface-name-conflict",
    layer="cni",
    role="cause",
    subject="Pod",
    title=Text("the pod's interface exists already (left-over or duplicate name)", "Pod のインターフェースが既に存在する(残骸または名前の重複)"),
    summary=Text(
        "ADD finds the interface name taken in the pod's or host's network namespace, or the IPAM finds an address already given to this sandbox: an earlier ADD was cut off and not rolled back, two networks want the same name, or a plugin ran twice.",
        "ADD の際、Pod またはホストの network namespace に同名のインターフェースがある、あるいは IPAM にこの PodSandbox の予約が既にある。以前の ADD が途中で切れて巻き戻されていない、2 つのネットワークが同じ名前を要求している、プラグインが二重に実行された、のいずれか。",
    ),
    signatures=(
        Signature(r"container veth name .{0,100}already exists", component="cni", proof="states", source="containernetworking/plugins pkg/ip/link_linux.go"),
        Signature(r"move veth to host netns: file exists", component="cni", proof="states", source="containernetworking/plugins pkg/ip/link_linux.go"),
        Signature(r"requested interface name \\*\"[^\" ]{1,20}\" already assigned", component="cni", proof="suggests", source="cri-o/ocicni; in DEL it is a plugin fault"),
        Signature(r"duplicate allocation is not allowed", component="cni", proof="states", source="containernetworking/plugins host-local allocator"),
        Signature(r"failed to (?:create|make|add) veth(?: pair)?.{0,100}file exists", component="cni", source="netlink EEXIST"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "pod", Text("the interface cannot be made a second time", "インターフェースを二重に作れない"), strength=0.95),
        Link("sandbox-kill-failing", "pod", Text("the network is taken for attached under another record", "別の記録で接続済みとみなされる"), strength=0.3),
        Link("cni-del-error-loop", "pod", Text("DEL stumbles over the same record", "DEL も同じ記録で失敗する"), strength=0.3),
    ),
    asks=(
        Ask("ip -br link | grep -E 'veth|cali|lxc|eni'; ls /var/lib/cni/results | grep {sandbox_id}; crictl pods --name {pod}",
            Text("host interfaces or results without a running sandbox", "稼働中の PodSandbox がないのに残っているインターフェースや結果"),
            ("cni-bridge-address-mismatch", "pod-ip-conflict", "host-local-ipam-exhausted"), "container-list"),
    ),
    remedies=(
        Remedy("temporary", Text("Delete the pod (a new sandbox gets a new namespace and name), and remove the left-over interface or reservation.",
                                 "Pod を削除し(新しい PodSandbox は新しい namespace と名前になる)、残骸のインターフェースや予約を消す。"),
               Text("check that no running pod owns the interface", "稼働中の Pod のインターフェースでないことを確認する"), command="kubectl -n {namespace} delete pod {pod}", verify="kubectl -n {namespace} get pods -o wide"),
        Remedy("permanent", Text("Upgrade runtime and plugins (roll-back by DEL after a failed ADD), distinct interface names for extra networks.",
                                 "失敗した ADD の後に DEL で巻き戻す版へランタイムとプラグインを更新する。追加ネットワークのインターフェース名は重複させない。"),
               Text("rolling update", "ローリング更新"), verify="ip -br link | wc -l"),
    ),
    examples=(
        hit("k8s-event", 'plugin type="bridge" failed (add): container veth name provided (eth0) already exists', reason="FailedCreatePodSandBox"),
        hit("containerd", 'plugin type="ptp" failed (add): container veth name ("eth0") peer provided ("veth12ab34cd") already exists'),
        hit("kubelet", "failed to move veth to host netns: file exists"),
        hit("crio", 'network "podnet" requested interface name "eth0" already assigned'),
        hit("kubelet", r'network \"podnet\" requested interface name \"eth0\" already assigned'),
        hit("k8s-event", "failed to allocate for range 0: 10.244.1.7 has been allocated to 88aa, duplicate allocation is not allowed", reason="FailedCreatePodSandBox"),
        hit("kubelet", "failed to make veth pair: file exists"),
        near_miss("k8s-event", '"cni0" already has an IP address different from 10.244.3.1/24', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "error adding host side routes for interface: cali1, error: route (Ifindex: 436, Dst: 10.80.1.62/32, Scope: link) already exists for an interface other than 'cali1'", reason="FailedCreatePodSandBox"),
        near_miss("kubelet", 'failed to reserve sandbox name "web-0_shop_77_0": name is reserved for "88aa"'),
    ),
    versions="all",
    references=("https://github.com/containernetworking/plugins/blob/main/pkg/ip/link_linux.go", "https://github.com/k8snetworkplumbingwg/multus-cni/issues/669"),
)

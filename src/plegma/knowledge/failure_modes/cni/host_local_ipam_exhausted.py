"""The host-local address range of the node is used up."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="host-local-ipam-exhausted",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("host-local has no free address on the node", "host-local の空きアドレスがノードに残っていない"),
    summary=Text(
        "host-local keeps one file per address under /var/lib/cni/networks. When DELs get lost (reboot, runtime restart, deadlines, force deletion) the files stay "
        "and the range is full although few pods run; more rarely the node really has more pods than its range.",
        "host-local は /var/lib/cni/networks に 1 アドレス 1 ファイルの予約を置く。再起動、ランタイム再起動、タイムアウト、強制削除などで DEL が失われると予約が残り、"
        "Pod が少なくても範囲が埋まる。まれに本当に Pod の数が範囲を超えている。",
    ),
    signatures=(
        Signature(r"no IP addresses available in range set", component="cni", proof="states", source="containernetworking/plugins host-local allocator"),
        Signature(r"no IP addresses available in network", component="cni", proof="states", source="host-local before 0.7"),
    ),
    states=(
        StateTest("AddressRange", {"free": "<=0"}, proof="states"),
        StateTest("File", {"path": r"^/var/lib/cni/networks/", "entries": ">=254"}, proof="suggests"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD gets no address", "ADD がアドレスを得られない"), strength=0.95),
        Link("sandbox-changed-loop", "node", Text("each failed sandbox is killed and made anew", "失敗した PodSandbox を破棄しては作り直す"), strength=0.5),
    ),
    asks=(
        Ask("ls /var/lib/cni/networks/* | wc -l; crictl pods --state Ready -q | wc -l",
            Text("many more reservation files than Ready sandboxes: leaked; about equal: really too many pods",
                 "予約ファイルが Ready の PodSandbox より大幅に多ければリーク、同程度なら本当に Pod が多すぎる"),
            ("aws-cni-ip-exhausted", "node-podcidr-not-assigned", "cni-del-error-loop"), "cni-ipam-state"),
    ),
    remedies=(
        Remedy("temporary", Text("Delete the reservation files whose content names no existing sandbox (after a drain: all of them), then let the pods retry.",
                                 "中身の sandbox id が存在しない予約ファイルを削除する(drain 後ならすべて)。その後 Pod の再試行を待つ。"),
               Text("deleting the file of a running sandbox gives its address to a second pod", "稼働中の PodSandbox のファイルを消すとアドレスが重複する"),
               command="cd /var/lib/cni/networks && grep -rl . . # compare each id with: crictl pods -q --no-trunc", verify="ls /var/lib/cni/networks/* | wc -l", risk_level="restart", action="release-addresses"),
        Remedy("permanent", Text("Upgrade runtime and plugins (DEL always called; CNI 1.1 GC), find what loses DELs, alarm on files minus sandboxes, give nodes a larger range or lower max-pods.",
                                 "DEL を必ず呼ぶ版(CNI 1.1 の GC を含む)へランタイムとプラグインを更新し、DEL が失われる原因を除く。ファイル数と PodSandbox 数の差を監視し、必要なら範囲を広げるか max-pods を下げる。"),
               Text("a new range per node means re-creating nodes", "ノードごとの範囲の変更にはノードの作り直しが必要"), verify="ls /var/lib/cni/networks/* | wc -l", risk_level="restart"),
    ),
    examples=(
        hit("kubelet", 'RunPodSandbox from runtime service failed: rpc error: code = Unknown desc = NetworkPlugin cni failed to set up pod "api-2_shop" network: failed to allocate for range 0: no IP addresses available in range set: 10.244.7.1-10.244.7.254'),
        hit("k8s-event", 'NetworkPlugin cni failed to set up pod "api-2_shop" network: no IP addresses available in network: cbr0', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'failed to allocate for range 0: requested IP address 10.244.7.9 is not available in range set 10.244.7.1-10.244.7.254', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'add cmd: failed to assign an IP address to container', reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'unable to allocate IP via local cilium agent: [POST /ipam][502] postIpamFailure range is full', reason="FailedCreatePodSandBox"),
        near_miss("pod-log", 'Error registering network: failed to acquire lease: node "n4" pod cidr not assigned'),
    ),
    state_examples=(
        StateExample("AddressRange", {"network": "podnet", "reserved": 253, "leaked": 251, "free": 0}, True),
        StateExample("AddressRange", {"network": "podnet", "reserved": 90, "leaked": 12, "free": 163}, False),
        StateExample("AddressRange", {"network": "podnet", "reserved": 253, "leaked": 251}, False),
        StateExample("File", {"path": "/var/lib/cni/networks/cbr0", "entries": 256}, True),
        StateExample("File", {"path": "/var/lib/cni/networks/cbr0", "entries": 31}, False),
    ),
    versions="all CNIs that use host-local: flannel, bridge, kubenet, kube-router, calico with host-local, canal",
    references=("https://www.cni.dev/plugins/current/ipam/host-local/", "https://github.com/rancher/rancher/issues/14504",
                "https://github.com/kubernetes/kubernetes/issues/57280"),
)

"""Configurations of two CNIs are in the directory; the first one wins."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-config-conflict",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("two CNI configurations on one node", "1 つのノードに 2 つの CNI 設定がある"),
    summary=Text(
        "The runtime takes the file that comes first in lexical order. After a migration (flannel to Calico, Weave to Cilium...) or a package that brings its own file (cri-o's 100-crio-bridge, podman's 87-podman) an old or foreign configuration is first: new pods get another network, or errors of a CNI that is no longer there. Meta-plugins (Multus) and chained set-ups use several files on purpose.",
        "ランタイムは辞書順で先頭のファイルを使う。移行後(flannel から Calico、Weave から Cilium など)や、パッケージが自分のファイルを置く場合(cri-o の 100-crio-bridge、podman の 87-podman)、古いまたは無関係な設定が先頭になり、新しい Pod が別のネットワークに付くか、もう存在しない CNI のエラーになる。Multus やチェーン構成で複数あるのは正常。",
    ),
    signatures=(
        Signature(r"(?:calico|canal|cilium|antrea|azure)[a-z-]*\.conf(?:list)?\s.{0,120}(?:flannel|weave|kuberouter|crio-bridge|podman)[a-z-]*\.conf", component="shell", proof="suggests", source="output of ls /etc/cni/net.d"),
        Signature(r"Found CNI network (?:crio|podman|cbr0|weave|k8s-pod-network)\b.{0,200}Found CNI network ", component="runtime", proof="suggests", source="cri-o/ocicni"),
    ),
    states=(
        StateTest("File", {"path": r"^/etc/cni/net\.d/[0-9]*-?(?:flannel|calico|canal|cilium|weave|kuberouter|antrea|azure|crio-bridge|podman)[^/]*\.conf(?:list)?$"}, proof="suggests", at_least=2),
    ),
    leads_to=(
        Link("flannel-subnet-env-missing", "node", Text("flannel's old configuration is still first although flanneld is gone", "flanneld は撤去済みなのに古い flannel の設定が先頭に残る"), strength=0.5),
        Link("weave-net-down", "node", Text("Weave's old configuration is still first", "古い Weave の設定が先頭に残る"), strength=0.4),
        Link("cilium-agent-down", "node", Text("Cilium's old configuration is still first", "古い Cilium の設定が先頭に残る"), strength=0.4),
        Link("calico-cni-token-unauthorized", "node", Text("Calico's old configuration and kubeconfig are still first", "古い Calico の設定と kubeconfig が先頭に残る"), strength=0.4),
        Link("calico-node-not-ready", "node", Text("Calico's old configuration asks for an agent that is gone", "古い Calico の設定が、もうないエージェントを必要とする"), strength=0.3),
        Link("multus-token-unauthorized", "node", Text("Multus' old configuration is still first", "古い Multus の設定が先頭に残る"), strength=0.5),
        Link("cni-bridge-address-mismatch", "node", Text("two networks use the same bridge", "2 つのネットワークが同じブリッジを使う"), strength=0.3),
        Link("sandbox-creation-failing", "node", Text("ADD goes to a CNI that is not installed any more", "もう導入されていない CNI に ADD が送られる"), strength=0.6),
        Link("service-unreachable", "node", Text("new pods are on another network than the rest", "新しい Pod だけ別のネットワークに付く"), strength=0.4),
    ),
    asks=(
        Ask("ls -l /etc/cni/net.d; kubectl get pods -A -o wide --field-selector spec.nodeName={node}; kubectl get ds -A",
            Text("more than one CNI's file, the first of a CNI without DaemonSet, or pod addresses from two ranges", "複数の CNI のファイルがあり先頭の CNI に DaemonSet がない、または Pod のアドレスが 2 つの範囲に分かれている"),
            ("flannel-subnet-env-missing", "multus-token-unauthorized", "cni-config-missing", "weave-net-down"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Move the old file out of the directory and re-create the pods that got the wrong network.", "古いファイルをディレクトリから退避し、誤ったネットワークに付いた Pod を作り直す。"),
               Text("new pods of the node use the other network at once; re-created pods restart", "以後の新しい Pod は直ちに別のネットワークを使う。作り直した Pod は再起動する"),
               command="mv /etc/cni/net.d/10-flannel.conflist /root/", verify="crictl info | grep -A3 lastCNILoadStatus"),
        Remedy("permanent", Text("A migration plan that drains each node, removes old files, interfaces and iptables rules and reboots; package default files masked in the node image.",
                                 "移行手順に drain、古いファイル・インターフェース・iptables ルールの削除、再起動を含める。パッケージ既定のファイルはノードイメージで無効化する。"),
               Text("each node is drained once", "各ノードを一度 drain する"), verify="ls /etc/cni/net.d", risk_level="disruptive"),
    ),
    examples=(
        hit("shell", "10-calico.conflist  10-flannel.conflist  calico-kubeconfig"),
        hit("crio", "Found CNI network crio (type=bridge) at /etc/cni/net.d/100-crio-bridge.conf Found CNI network k8s-pod-network (type=calico) at /etc/cni/net.d/10-calico.conflist"),
        near_miss("shell", "10-calico.conflist  calico-kubeconfig"),
        near_miss("shell", "00-multus.conf  10-calico.conflist  calico-kubeconfig  multus.d"),
    ),
    state_examples=(
        StateExample("File", {"path": "/etc/cni/net.d/10-flannel.conflist", "size": 292}, True),
        StateExample("File", {"path": "/etc/cni/net.d/calico-kubeconfig", "size": 2781}, False),
    ),
    versions="all",
    references=("https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/", "https://docs.tigera.io/calico/latest/getting-started/kubernetes/flannel/migration-from-flannel"),
)

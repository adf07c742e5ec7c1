"""The node's bridge has no port and so no MAC address when the plugin wants to pin it."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="cni-bridge-mac-zero",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the bridge lost its last port and its MAC address with it", "ブリッジが最後のポートとともに MAC アドレスを失っている"),
    summary=Text(
        "The kernel sets a bridge's MAC address to zero when its last port is removed. The bridge plugin reads the address before it attaches the pod's veth, gives the bridge its gateway address and then pins the MAC that it read: all zeros, which the kernel refuses (EINVAL). It comes after an ADD that failed and left the bridge without a port. The gateway address stays, so that the next ADD skips this step and mostly succeeds, with a bridge whose MAC changes as ports come and go.",
        "カーネルは最後のポートが外れるとブリッジの MAC アドレスをゼロにする。bridge プラグインは Pod の veth をつなぐ前に MAC を読み、ゲートウェイアドレスを付けてから読んだ値で固定しようとするため、ゼロの MAC がカーネルに拒否される(EINVAL)。失敗した ADD によってポートが無くなった後に起きる。ゲートウェイアドレスは残るので次の ADD はこの処理を飛ばして大抵成功するが、ブリッジの MAC はポートの増減で変わるようになる。",
    ),
    signatures=(
        Signature(r"could not set bridge's mac: invalid argument", component="cni", proof="states", source="containernetworking/plugins bridge ensureAddr"),
    ),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("the ADD ends with the error although the pod's veth was made", "Pod の veth は作られたが ADD がエラーで終わる"), strength=0.95),
        Link("sandbox-changed-loop", "node", Text("each failed sandbox is killed and made anew", "失敗した PodSandbox を破棄しては作り直す"), strength=0.4),
    ),
    asks=(
        Ask("ip -br link show cni0; bridge link show; ip -br addr show cni0",
            Text("the bridge's MAC is 00:00:00:00:00:00 and no port is attached", "ブリッジの MAC が 00:00:00:00:00:00 で、ポートが 1 つも無い"), ("cni-bridge-address-mismatch", "cni-config-conflict"), "cni-config"),
    ),
    remedies=(
        Remedy("temporary", Text("Wait for the kubelet's next try; where it goes on, delete the bridge while it has no port, and the next ADD makes it anew with a MAC of its own.",
                                 "kubelet の次の試行を待つ。続く場合は、ポートが無いうちにブリッジを削除すれば、次の ADD が MAC を持つブリッジを作り直す。"),
               Text("none while the bridge has no port; with ports, their pods lose their network", "ポートが無ければ影響なし。ポートがあればその Pod は通信できなくなる"), command="ip link set cni0 down && ip link delete cni0",
               verify="ip -br link show cni0", risk_level="disruptive"),
        Remedy("permanent", Text("Mend what made the earlier ADD fail (its error comes before this one), and take a bridge plugin that gives a bridge without ports a MAC before it pins it.",
                                 "先に ADD を失敗させた原因(このエラーの前のエラー)を直し、ポートの無いブリッジに MAC を与えてから固定する版の bridge プラグインに上げる。"),
               Text("none", "なし"), verify="ip -br link show cni0", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'failed to setup network for sandbox "31": plugin type="bridge" failed (add): failed to set bridge addr: could not set bridge\'s mac: invalid argument', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'NetworkPlugin cni failed to set up pod "web-0_shop" network: failed to set bridge addr: could not set bridge\'s mac: invalid argument'),
        near_miss("k8s-event", "failed to set bridge addr: could not set bridge's mac: operation not permitted", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", 'failed to set bridge addr: "cni0" already has an IP address different from 10.244.3.1/24', reason="FailedCreatePodSandBox"),
    ),
    versions="bridge plugin (reported from 2021 on); a mend is proposed in containernetworking/plugins pull 1265",
    references=(
        "https://github.com/containernetworking/plugins/pull/1265",
        "https://github.com/containernetworking/plugins/issues/620",
        "https://github.com/containerd/nerdctl/issues/4283",
    ),
)

"""The Weave Net router of the node does not answer."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="weave-net-down",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("Weave Net is down on the node", "ノードの Weave Net が停止している"),
    summary=Text(
        "The plugin asks the weave router on 127.0.0.1:6784 for an address and gets no answer, or the router refuses to start because its peers do not agree about who owns which addresses (ring inconsistency after removed nodes or restored disks).",
        "プラグインは 127.0.0.1:6784 の weave ルーターにアドレスを要求するが応答がない。または、ノード削除やディスク復元の後にアドレス所有情報(ring)が食い違い、ルーターが起動を拒否している。",
    ),
    signatures=(
        Signature(r"127\.0\.0\.1:6784.{0,160}connection refused", component="cni", proof="states", source="weave plugin/net and plugin/ipam"),
        Signature(r"unable to allocate IP address: Post .{0,20}127\.0\.0\.1:6784", component="cni", source="weave plugin/ipam"),
        Signature(r"Inconsistent entries for ", component="network", proof="states", source="weave ipam/ring"),
        Signature(r"IP allocation was seeded by different peers", component="network", proof="states", source="weave ipam/ring"),
    ),
    states=(StateTest("Pod", {"pod": r"^weave-net-", "status": r"CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|Init:|Unknown|OOMKilled|Evicted|CreateContainer"}, proof="suggests"),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD gets no address from the router", "ADD がルーターからアドレスを得られない"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL cannot give the address back", "DEL がアドレスを返却できない"), strength=0.4),
        Link("service-unreachable", "node", Text("the node is cut off from the mesh", "ノードがメッシュから切り離される"), strength=0.5),
        Link("crash-loop-back-off", "node", Text("the weave container exits at each start", "weave コンテナが起動のたびに終了する"), strength=0.5),
    ),
    asks=(
        Ask("kubectl -n kube-system get pods -l name=weave-net -o wide --field-selector spec.nodeName={node}; curl -s 127.0.0.1:6784/status",
            Text("the weave pod is not 2/2, or status shows unreachable peers and an IPAM that waits", "weave の Pod が 2/2 でない、または status に到達不能な peer や待機中の IPAM が出る"),
            ("cni-config-conflict", "aws-ipamd-not-running"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart the weave pod; for ring inconsistency remove dead peers (weave rmpeer) or the node's weavedb.",
                                 "weave の Pod を再起動する。ring の不整合なら死んだ peer を削除(weave rmpeer)するか、そのノードの weavedb を消す。"),
               Text("without its database the node gets new ranges; pods of the node must be re-created", "データベースを消すと新しい範囲になり、ノードの Pod は作り直しが必要"),
               command="kubectl -n kube-system delete pod -l name=weave-net --field-selector spec.nodeName={node}", verify="curl -s 127.0.0.1:6784/status", risk_level="disruptive"),
        Remedy("permanent", Text("Weave Net is no longer maintained (2024): plan a migration; until then reclaim peers of removed nodes.",
                                 "Weave Net は保守が終了(2024 年)しているため移行を計画する。それまでは削除ノードの peer を回収する。"),
               Text("a migration drains each node", "移行では各ノードの drain が必要"), verify="kubectl get ds -A", risk_level="disruptive"),
    ),
    examples=(
        hit("k8s-event", 'plugin type="weave-net" name="weave" failed (add): unable to allocate IP address: Post "http://127.0.0.1:6784/ip/88aa": dial tcp 127.0.0.1:6784: connect: connection refused', reason="FailedCreatePodSandBox"),
        hit("kubelet", 'unable to allocate IP address: Post http://127.0.0.1:6784/ip/88aa: EOF'),
        hit("pod-log", "Inconsistent entries for 10.36.0.0: owned by 6e:be:1d:00:00:01 but incoming message says 9a:2b:00:00:00:02"),
        hit("pod-log", "IP allocation was seeded by different peers (received: [a1] ours: [b2])"),
        near_miss("k8s-event", "dial tcp 127.0.0.1:50051: connect: connection refused", reason="FailedCreatePodSandBox"),
        near_miss("pod-log", "Effective MTU verified at 8939"),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "weave-net-8x2z7", "status": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "weave-net-8x2z7", "status": "Running"}, False),
    ),
    versions="Weave Net 1.x and 2.x",
    references=("https://github.com/weaveworks/weave/issues/2822", "https://github.com/weaveworks/weave/issues/3998"),
)

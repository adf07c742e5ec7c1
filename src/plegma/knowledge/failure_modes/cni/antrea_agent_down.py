"""The Antrea agent of the node does not answer the plugin."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="antrea-agent-down",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the Antrea agent is down on the node", "ノードの Antrea エージェントが停止している"),
    summary=Text(
        "The plugin hands its request to antrea-agent over /var/run/antrea/cni.sock and nobody listens: the agent is starting, crashes (OVS, certificates, no pod CIDR) or is not scheduled on the node.",
        "プラグインは /var/run/antrea/cni.sock で antrea-agent に要求を渡すが、相手がいない。エージェントが起動中、クラッシュ中(OVS、証明書、Pod CIDR なし)、またはそのノードに配置されていない。",
    ),
    signatures=(
        Signature(r"/var/run/antrea/cni\.sock.{0,40}connect: (?:connection refused|no such file or directory)", component="cni", proof="states", source="antrea pkg/cni"),
        Signature(r"/var/run/antrea/cni\.sock", component="cni", source="antrea pkg/cni client"),
        Signature(r"Not connected yet, will try again in \d+s", component="any", at_least=5, source="antrea pkg/ovs/ovsconfig: no OVSDB to connect to"),
    ),
    states=(StateTest("Pod", {"pod": r"^antrea-agent-", "status": r"CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|Init:|Unknown|OOMKilled|Evicted|CreateContainer"}, proof="suggests"),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD cannot reach the agent", "ADD がエージェントに届かない"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL cannot reach the agent", "DEL がエージェントに届かない"), strength=0.7),
        Link("cni-config-missing", "node", Text("its init container writes the CNI configuration", "init コンテナが CNI 設定を書く"), strength=0.4),
    ),
    asks=(
        Ask("kubectl -n kube-system get pods -l component=antrea-agent -o wide --field-selector spec.nodeName={node}; kubectl -n kube-system logs -l component=antrea-agent -c antrea-agent --tail=40",
            Text("the agent is not 2/2, and its log tells why", "エージェントが 2/2 でなく、ログに理由がある"), ("ovn-agent-down", "cilium-agent-down", "node-podcidr-not-assigned"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart the agent's pod on the node.", "そのノードのエージェント Pod を再起動する。"), Text("flows are installed again", "フローが再設定される"),
               command="kubectl -n kube-system delete pod -l component=antrea-agent --field-selector spec.nodeName={node}", verify="kubectl -n kube-system get pods -l component=antrea-agent -o wide"),
        Remedy("permanent", Text("Act on its log: openvswitch module, certificates, API reachability, pod CIDR.", "ログに従って対処する(openvswitch モジュール、証明書、API への到達性、Pod CIDR)。"), Text("none", "なし"),
               verify="kubectl -n kube-system rollout status ds/antrea-agent", risk_level="none"),
    ),
    examples=(
        hit("k8s-event", 'plugin type="antrea" failed (add): rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial unix /var/run/antrea/cni.sock: connect: connection refused"', reason="FailedCreatePodSandBox"),
        hit("kubelet", "could not connect to antrea agent at /var/run/antrea/cni.sock: deadline exceeded"),
        hit("pod-log", "Not connected yet, will try again in 8s", count=9),
        near_miss("pod-log", "Not connected yet, will try again in 2s"),
        near_miss("k8s-event", "dial unix /var/run/cilium/cilium.sock: connect: connection refused", reason="FailedCreatePodSandBox"),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "antrea-agent-8x2z7", "status": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "antrea-agent-8x2z7", "status": "Running"}, False),
    ),
    versions="Antrea",
    references=("https://github.com/antrea-io/antrea/blob/main/docs/troubleshooting.md",),
)

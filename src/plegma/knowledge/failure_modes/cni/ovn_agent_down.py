"""The node agent of OVN-Kubernetes, Kube-OVN or OpenShift SDN does not answer the plugin."""

from plegma.knowledge.failure_mode import Ask, FailureMode, Link, Remedy, Signature, StateExample, StateTest, hit, near_miss
from plegma.model.texts import Text

MODE = FailureMode(
    id="ovn-agent-down",
    layer="cni",
    role="cause",
    subject="Node",
    title=Text("the OVN (or OpenShift SDN) agent is down on the node", "ノードの OVN(または OpenShift SDN)エージェントが停止している"),
    summary=Text(
        "The small CNI binary hands each request to the agent over a unix socket, and nobody listens there: ovnkube-node, kube-ovn-cni or sdn is not up, crashes or is being upgraded. ADD and DEL fail on that node.",
        "CNI バイナリは要求を unix ソケットでエージェントに渡すだけで、その相手がいない。ovnkube-node、kube-ovn-cni、sdn が未起動、クラッシュ中、または更新中。そのノードで ADD も DEL も失敗する。",
    ),
    signatures=(
        Signature(r"ovn-cni-server\.sock: connect: (?:connection refused|no such file or directory)", component="cni", proof="states", source="ovn-kubernetes go-controller/pkg/cni"),
        Signature(r"kube-ovn-daemon\.sock: connect: (?:connection refused|no such file or directory)", component="cni", proof="states", source="kube-ovn cmd/cni"),
        Signature(r"openshift-sdn/cni-?server/socket: connect: (?:connection refused|no such file or directory)", component="cni", proof="states", source="openshift/sdn"),
    ),
    states=(StateTest("Pod", {"pod": r"^(?:ovnkube-node|kube-ovn-cni)-", "status": r"CrashLoopBackOff|Error|ImagePullBackOff|ErrImagePull|Init:|Unknown|OOMKilled|Evicted|CreateContainer"}, proof="suggests"),),
    leads_to=(
        Link("sandbox-creation-failing", "node", Text("ADD cannot reach the agent", "ADD がエージェントに届かない"), strength=0.95),
        Link("sandbox-kill-failing", "node", Text("DEL cannot reach the agent", "DEL がエージェントに届かない"), strength=0.8),
        Link("cni-del-error-loop", "node", Text("DEL fails for as long as the agent is away", "エージェント停止中は DEL が失敗し続ける"), strength=0.4),
        Link("cni-config-missing", "node", Text("the agent writes the CNI configuration when it is ready", "エージェントは準備ができてから CNI 設定を書く"), strength=0.5),
    ),
    asks=(
        Ask("kubectl get pods -A -o wide --field-selector spec.nodeName={node} | grep -E 'ovnkube-node|kube-ovn-cni|sdn-'",
            Text("the agent's pod is not Running or not all of its containers are ready", "エージェントの Pod が Running でない、または一部のコンテナが Ready でない"), ("ovn-port-not-wired", "cilium-agent-down", "antrea-agent-down"), "cni-agent-log"),
    ),
    remedies=(
        Remedy("temporary", Text("Restart the agent's pod on the node.", "そのノードのエージェント Pod を再起動する。"), Text("existing flows stay in OVS", "既存のフローは OVS に残る"),
               command="kubectl -n openshift-ovn-kubernetes delete pod -l app=ovnkube-node --field-selector spec.nodeName={node}", verify="kubectl get pods -A -o wide --field-selector spec.nodeName={node}"),
        Remedy("permanent", Text("Act on its previous log (OVS down, certificates, API reachability, memory), upgrade.", "前回のログに従って対処する(OVS 停止、証明書、API への到達性、メモリ)。必要なら更新する。"), Text("rolling update", "ローリング更新"),
               verify="kubectl get co network"),
    ),
    examples=(
        hit("k8s-event", 'plugin type="ovn-k8s-cni-overlay" name="ovn-kubernetes" failed (add): failed to send CNI request: Post "http://dummy/": dial unix /var/run/ovn-kubernetes/cni//ovn-cni-server.sock: connect: connection refused', reason="FailedCreatePodSandBox"),
        hit("k8s-event", 'plugin type="kube-ovn" failed (add): RPC failed; Post "http://dummy/api/v1/add": dial unix /run/openvswitch/kube-ovn-daemon.sock: connect: no such file or directory', reason="FailedCreatePodSandBox"),
        hit("kubelet", "failed to send CNI request: Post http://dummy/: dial unix /var/run/openshift-sdn/cniserver/socket: connect: connection refused"),
        near_miss("k8s-event", "CNI request failed with status 400: '[shop/web-0 88aa] failed to configure pod interface: timed out waiting for OVS port binding'", reason="FailedCreatePodSandBox"),
        near_miss("k8s-event", "dial unix /var/run/cilium/cilium.sock: connect: connection refused", reason="FailedCreatePodSandBox"),
    ),
    state_examples=(
        StateExample("Pod", {"pod": "ovnkube-node-8x2z7", "status": "CrashLoopBackOff"}, True),
        StateExample("Pod", {"pod": "ovnkube-node-8x2z7", "status": "Running"}, False),
    ),
    versions="ovn-kubernetes, Kube-OVN, OpenShift 3/4",
    references=("https://github.com/kubeovn/kube-ovn/issues/5836", "https://github.com/cozystack/cozystack/issues/452", "https://github.com/okd-project/okd/issues/1220"),
)
